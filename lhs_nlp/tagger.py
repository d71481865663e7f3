"""The corridor: files, texts or tables in, summaries out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lhs_nlp.bundle import load_bundle
from lhs_nlp.classifier import BenefitClassifier, list_of_texts
from lhs_nlp.documents import DEFAULT_LIMITS, Document, Limits, read, read_bytes, read_text
from lhs_nlp.errors import ReadError
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Framework, read_framework
from lhs_nlp.passages import Passage, split_document
from lhs_nlp.standing import Strength, passages_of, strength
from lhs_nlp.summary import DocumentSummary, summarise

if TYPE_CHECKING:
    import pandas as pd

DOCUMENTS_PER_CALL = 64
"""Documents whose passages are classified together: enough to fill batches, few enough to hold."""


class Tagger:
    """Reads documents and says which benefits they claim.

    Parameters
    ----------
    classifier
        Finds benefits in passages.
    limits
        How large a document may be.

    Examples
    --------
    >>> import lhs_nlp
    >>> tagger = lhs_nlp.load()
    >>> summary = tagger.tag_texts(["Medication errors fell by 40% in the first year."])[0]
    >>> [benefit.benefit for benefit in summary.benefits if benefit.verdict == "claimed"]
    ['safety']
    """

    def __init__(self, classifier: BenefitClassifier, limits: Limits = DEFAULT_LIMITS) -> None:
        self.classifier = classifier
        self.limits = limits

    @property
    def framework(self) -> Framework:
        """What is looked for."""
        return self.classifier.framework

    def tag(self, path: str | Path) -> DocumentSummary:
        """Read a file and summarise what it claims.

        Raises
        ------
        ReadError
            The file cannot be read; `reason` says why.
        """
        return self.tag_document(read(path, limits=self.limits))

    def tag_bytes(self, data: bytes, name: str) -> DocumentSummary:
        """Summarise a file's content; `name` stands for its path. Raises ReadError like `tag`."""
        return self.tag_document(read_bytes(data, name=name, limits=self.limits))

    def tag_document(self, document: Document) -> DocumentSummary:
        """Summarise a document that was read before."""
        return next(self.tag_documents([document]))

    def tag_documents(self, documents: Iterable[Document]) -> Iterator[DocumentSummary]:
        """Summarise many documents, in order; passages of several are classified together."""
        waiting = iter(documents)
        while batch := list(islice(waiting, DOCUMENTS_PER_CALL)):
            passages = [split_document(document) for document in batch]
            found = iter(self.classifier.find([passage for row in passages for passage in row]))
            for document, row in zip(batch, passages, strict=True):
                yield self._summarise(document, row, list(islice(found, len(row))))

    def tag_texts(self, texts: Iterable[str]) -> list[DocumentSummary]:
        """Summarise texts, each a document of its own.

        Raises
        ------
        ReadError
            `empty`: one is blank. It is named by its number, and none is tagged.
        TypeError
            One is no text, e.g. a missing value, or a single text or a table was given in place of several texts.
        """
        return list(self.tag_documents(_documents(texts)))

    def tag_frame(self, frame: pd.DataFrame, text: str = "text") -> pd.DataFrame:
        """Return a copy of a table with columns added for what each row's text claims.

        Parameters
        ----------
        frame
            One document a row.
        text
            Column that holds the text. Where it is missing, blank or says that there is none ("[No abstract
            available]"), results are missing, not negative.

        Returns
        -------
        DataFrame
            Same index; per benefit the columns ``<benefit>_verdict``, ``<benefit>_confidence``
            (0 to 1; NaN where there is none) and ``<benefit>_quotation``, and ``benefits_summary`` in
            words: for a row without a text why it has no results. Other columns have None where there is none.

        Raises
        ------
        LhsNlpError
            The table has no such column, or several of that name, or verdicts would take its place.
        TypeError
            It is no table, e.g. a column alone.
        """
        from lhs_nlp.frames import add_verdicts, texts_of

        documents = [_document_or_none(text) for text in texts_of(frame, text, self.framework)]
        summaries = self.tag_documents(document for document in documents if document)
        return add_verdicts(frame, [next(summaries) if document else None for document in documents], self.framework)

    def classify_texts(self, texts: Iterable[str]) -> list[dict[str, Any]]:
        """Classify passages as they are.

        A text longer than a passage is split (see `lhs_nlp.standing`), and for each benefit its
        strongest passage stands for it: one that claims the benefit, else one that speaks of it,
        else the one most likely to claim it.

        Returns
        -------
        list of dict
            One a text: ``{"benefits": {benefit: {"probability", "present", "status",
            "status_probabilities", "claim_probability", "claimed", "dimension", "concepts",
            "stakeholders"}}}``.

        Raises
        ------
        ReadError
            `empty`: one is blank. It is named by its number, and none is classified.
        """
        texts = list_of_texts(texts)
        passages = [passages_of(text, document) for text, document in zip(texts, _documents(texts), strict=True)]
        found = iter(self.classifier.find([passage for row in passages for passage in row]))
        return [{"benefits": _strongest(list(islice(found, len(row))))} for row in passages]

    def explain(self, summary: DocumentSummary) -> DocumentSummary:
        """Return a summary whose quotations carry explanations: words that decided, and like passages."""
        from lhs_nlp.explanation import explain

        return explain(summary, self.classifier)

    def _summarise(
        self, document: Document, passages: Sequence[Passage], findings: list[tuple[Finding, ...]]
    ) -> DocumentSummary:
        return summarise(document, passages, findings, self.framework, self.classifier.bundle)


def load(
    model: str | Path | None = None,
    framework: Framework | str | Path | None = None,
    *,
    limits: Limits = DEFAULT_LIMITS,
    threads: int | None = None,
) -> Tagger:
    """Load the model and return a tagger.

    Parameters
    ----------
    model
        Folder of a bundle; None for the one that ships with the library.
    framework
        A framework, or a TOML file of one; None for the Framework of LHS Benefits.
    limits
        How large a document may be.
    threads
        Threads of the encoder; None leaves the choice to ONNX Runtime.

    Raises
    ------
    BundleError
        The model is missing or damaged.
    FrameworkError
        The framework is malformed, or the model was trained for another.
    """
    if isinstance(framework, str | Path):
        framework = read_framework(framework)
    return Tagger(BenefitClassifier(load_bundle(model), framework, threads=threads), limits)


def _documents(texts: Iterable[str]) -> list[Document]:
    """Return texts as documents that are named by their numbers; raise ReadError where one is blank."""
    return [read_text(text, name=f"text {at}") for at, text in enumerate(list_of_texts(texts), 1)]


def _document_or_none(text: str) -> Document | None:
    try:
        return read_text(text)
    except ReadError:
        return None


def _strongest(rows: list[tuple[Finding, ...]]) -> dict[str, dict[str, Any]]:
    columns = zip(*rows, strict=True)
    best = (max(column, key=_strength) for column in columns)
    return {finding.benefit: finding.to_dict() for finding in best}


def _strength(finding: Finding) -> Strength:
    return strength(finding.claimed, finding.present, finding.claim_probability, finding.probability)
