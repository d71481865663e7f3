"""What was decided, as labelled passages: what a model can learn from, or be measured by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lhs_nlp.archive.store.connection import translated_errors
from lhs_nlp.corrections.agreement import reviewers_of
from lhs_nlp.corrections.labels import Label, Review, review_of
from lhs_nlp.corrections.log import decisions, decisions_known
from lhs_nlp.corrections.types import Decision, Desk

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary, Tagging

_DECIDED = """
    SELECT DISTINCT sha256 FROM decisions
    JOIN summaries ON summaries.id = summary_id JOIN documents ON documents.id = summaries.document_id
    WHERE model_id = ? AND framework_id = ? ORDER BY documents.id
"""
_REVIEWERS = """
    SELECT DISTINCT reviewer FROM decisions JOIN summaries ON summaries.id = summary_id
    JOIN documents ON documents.id = summaries.document_id
    WHERE sha256 = ? AND model_id = ? AND framework_id = ? AND role = 'review' ORDER BY reviewer
"""


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage on which reviewers have decided.

    Attributes
    ----------
    id
        Of the passage: its document's, and its position in it.
    doc
        Of its document.
    text
        Its words.
    labels
        Benefit to status.
    decided
        Benefits that somebody decided on: all where the document was read to its end. What is said of others is the
        model's.
    """

    id: str
    doc: str
    text: str
    labels: Mapping[str, str]
    decided: frozenset[str]


def labelled(store: Store, tagging: Tagging, *, blind: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the passages that reviewers have decided on, in the form that `evaluate` and `learn` read.

    See `labelled_passages`.

    Yields
    ------
    dict
        ``id``, ``doc``, ``text`` and ``labels``, benefit to status.
    """
    for passage in labelled_passages(store, tagging, blind=blind):
        yield {"id": passage.id, "doc": passage.doc, "text": passage.text, "labels": dict(passage.labels)}


def labelled_passages(store: Store, tagging: Tagging, *, blind: bool = False) -> Iterator[LabelledPassage]:
    """Yield the passages that reviewers have decided on.

    These are all passages of documents that were read to their end, and of others those with a
    decision. What was decided between reviewers counts first; a passage on which they differ, and
    nobody decided, is left out. Of independent reviews only documents count that two have read to
    their end, as nobody may see the other's decisions before.

    Parameters
    ----------
    store, tagging
        Whose results were reviewed.
    blind
        Whether reviewers worked independently; else the latest decision counts, whoever made it.
    """
    with translated_errors(store.path):
        owner = tagging.model_id, tagging.framework_id
        finished = reviewers_of(store, tagging)
        for (sha256,) in store.connection.execute(_DECIDED, owner).fetchall():
            if blind and len(finished.get(sha256, ())) < 2:
                continue
            names = [name for (name,) in store.connection.execute(_REVIEWERS, (sha256, *owner))]
            stored = store.summary(sha256, tagging)
            if stored is not None:
                if blind:
                    several = [decisions_known(store, sha256, tagging, name) for name in names]
                else:
                    several = [decisions(store, sha256, tagging, Desk(""))]
                yield from _passages(store, stored, tagging, several)


def _passages(
    store: Store, stored: StoredSummary, tagging: Tagging, several: Sequence[Sequence[Decision]]
) -> Iterator[LabelledPassage]:
    sha256 = stored.summary.document.sha256
    framework = tagging.framework

    def sheet_of(decided: Sequence[Decision]) -> _Sheet:
        return _Sheet(review_of(stored.summary.findings, decided, framework))

    settled = sheet_of(decisions(store, sha256, tagging, Desk("", "adjudication")))
    sheets = [sheet_of(decided) for decided in several]
    for passage in stored.summary.passages:
        at = passage.index
        speaking = [sheet for sheet in sheets if sheet.finished or at in sheet.decided]
        if not speaking and at not in settled.decided:
            continue
        labels = _agreed(settled, speaking or [settled], at)
        if labels is not None:
            row = {benefit: status for benefit in framework.benefit_ids if (status := labels.get(benefit)) is not None}
            whole = any(sheet.finished for sheet in speaking)
            decided = (
                framework.benefit_ids if whole else (b for sheet in (settled, *sheets) for b in sheet.benefits(at))
            )
            yield LabelledPassage(f"{sha256[:16]}#{at}", sha256[:16], passage.text, row, frozenset(decided))


class _Sheet:
    """A review by passages."""

    def __init__(self, review: Review) -> None:
        self.finished = review.finished is not None
        self.labels: dict[int, dict[str, Label]] = {}
        for label in review.labels.values():
            self.labels.setdefault(label.position, {})[label.benefit] = label
        self.decided = {label.position for label in review.labels.values() if label.decision is not None}

    def benefits(self, position: int) -> list[str]:
        """Return the benefits of a passage that somebody decided on."""
        labels = self.labels.get(position, {}).values()
        return [label.benefit for label in labels if label.decision is not None]

    def statuses(self, position: int) -> dict[str, str | None]:
        """Return the statuses of a passage by benefit."""
        return {benefit: label.status for benefit, label in self.labels.get(position, {}).items()}


def _agreed(settled: _Sheet, speaking: Sequence[_Sheet], position: int) -> dict[str, str | None] | None:
    """Return the statuses on which all agree, or that were decided between them; None where neither is so."""
    between = {
        benefit: label.status
        for benefit, label in settled.labels.get(position, {}).items()
        if label.decision is not None
    }
    rows = [{**sheet.statuses(position), **between} for sheet in speaking]
    present = [{benefit: status for benefit, status in row.items() if status is not None} for row in rows]
    return rows[0] if all(row == present[0] for row in present) else None
