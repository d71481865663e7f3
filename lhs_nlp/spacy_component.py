"""A spaCy component: ``nlp.add_pipe("lhs_benefits")`` fills ``doc.spans["lhs_benefits"]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from lhs_nlp.documents import Document, blocks_of
from lhs_nlp.passages import split_document
from lhs_nlp.tagger import Tagger, load

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding

SPANS = "lhs_benefits"
"""Key of the span group, and name of the component."""


class BenefitComponent:
    """Marks the passages of a Doc that speak of a benefit.

    Headings, lists and lists of references are recognised as in a text file.

    Each span is one finding: ``span.label_`` is the benefit, ``span.id_`` the status. The
    group's ``attrs`` hold the probabilities: ``probabilities`` and ``claim_probabilities``,
    one number a span, in order.

    Parameters
    ----------
    tagger
        What classifies the passages.
    claims_only
        Leave out findings that are no claims.
    """

    def __init__(self, tagger: Tagger, claims_only: bool = False) -> None:
        self._tagger = tagger
        self._claims_only = claims_only

    def __call__(self, doc: Doc) -> Doc:
        """Return the same Doc with its spans filled."""
        passages = split_document(_document(doc.text))
        rows = self._tagger.classifier.find(passages)
        findings = [finding for row in rows for finding in row if self._wanted(finding)]
        spans = [_span(doc, finding) for finding in findings]
        doc.spans[SPANS] = SpanGroup(
            doc,
            name=SPANS,
            spans=spans,
            attrs={
                "probabilities": [finding.probability for finding in findings],
                "claim_probabilities": [finding.claim_probability for finding in findings],
            },
        )
        return doc

    def _wanted(self, finding: Finding) -> bool:
        return finding.claimed or (finding.present and not self._claims_only)


@Language.factory(SPANS, default_config={"model": None, "claims_only": False}, assigns=["doc.spans"])
def make_lhs_benefits(nlp: Language, name: str, model: str | None, claims_only: bool) -> BenefitComponent:
    """Build the component; `model` is a bundle's folder, None for the shipped one."""
    return BenefitComponent(load(model), claims_only)


def _document(text: str) -> Document:
    """Wrap a Doc's text unchanged, so that offsets of passages are offsets of the Doc."""
    return Document(id="", title=None, source="", format="text", text=text, blocks=blocks_of(text), sha256="")


def _span(doc: Doc, finding: Finding) -> Span:
    passage = finding.passage
    span = doc.char_span(
        passage.start, passage.end, label=finding.benefit, span_id=finding.status, alignment_mode="expand"
    )
    if span is None:  # cannot happen: passages lie inside the text and are not empty
        raise ValueError(f"Passage {passage.index} is outside the Doc.")
    return span
