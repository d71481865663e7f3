"""Two reviewers beside each other: where they differ, what was decided between them, and kappa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.connection import translated_errors
from lhs_nlp.corrections.labels import Review, review_of
from lhs_nlp.corrections.log import decisions
from lhs_nlp.corrections.pairs import KnownReviews
from lhs_nlp.corrections.types import Desk
from lhs_nlp.evaluate.agreement import Agreement, Disagreement

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, Tagging

_FINISHED = """
    SELECT DISTINCT sha256, reviewer FROM decisions
    JOIN summaries ON summaries.id = summary_id JOIN documents ON documents.id = summaries.document_id
    WHERE model_id = ? AND framework_id = ? AND role = 'review' AND action = 'done'
        AND decisions.id NOT IN (SELECT undoes FROM decisions WHERE undoes IS NOT NULL)
    ORDER BY documents.id, reviewer
"""
_BETWEEN = """
    SELECT DISTINCT sha256 FROM decisions
    JOIN summaries ON summaries.id = summary_id JOIN documents ON documents.id = summaries.document_id
    WHERE model_id = ? AND framework_id = ? AND role = 'adjudication'
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A benefit of a passage that two reviewers see differently.

    Attributes
    ----------
    sha256, position
        The document and the passage.
    case
        What each of the two says.
    settled
        Whether it was decided between them.
    status
        What was decided; None for "absent", and while it was not.
    version
        Of the decision between them: `Label.version`.
    """

    sha256: str
    position: int
    case: Disagreement
    settled: bool
    status: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reviewers over the documents that both have read to their end.

    Attributes
    ----------
    first, second
        Their names.
    agreement
        How far they agree.
    differences
        In the order of documents and passages.
    blind
        Whether all that counts was decided while others' decisions were hidden.
    """

    first: str
    second: str
    agreement: Agreement
    differences: tuple[Difference, ...]
    blind: bool


def reviewers_of(store: Store, tagging: Tagging) -> dict[str, tuple[str, ...]]:
    """Return SHA-256s of documents to those who have read them to their end, in the order of names."""
    finished: dict[str, tuple[str, ...]] = {}
    with translated_errors(store.path):
        for sha256, reviewer in store.connection.execute(_FINISHED, (tagging.model_id, tagging.framework_id)):
            finished[sha256] = (*finished.get(sha256, ()), reviewer)
    return finished


def compare_reviewers(
    store: Store,
    tagging: Tagging,
    first: str,
    second: str,
    *,
    replicates: int = 200,
    known: KnownReviews | None = None,
) -> Comparison | None:
    """Compare two reviewers passage by passage.

    Only documents count that both have read to their end, as what neither marked, both then saw as
    absent; and of each only what was decided until both had done so for the first time. From then
    on each may see what the other decided, and whoever followed the other would raise the agreement.

    Parameters
    ----------
    store, tagging
        Whose results were reviewed.
    first, second
        Names of the reviewers.
    replicates
        How often documents are resampled for the intervals.
    known
        What was compared before in this store; it is added to.

    Returns
    -------
    Comparison or None
        None while there is no such document.
    """
    done = reviewers_of(store, tagging)
    both = tuple(sha256 for sha256, names in done.items() if {first, second} <= set(names))
    found = (known or KnownReviews()).agreement(store, tagging, first, second, both, replicates) if both else None
    if found is None:
        return None
    agreement, blind = found
    differences = tuple(_differences(agreement.disagreements, _settled(store, tagging)))
    return Comparison(first, second, agreement, differences, blind)


def _settled(store: Store, tagging: Tagging) -> dict[str, Review]:
    """Return what was decided between reviewers, by documents."""
    with translated_errors(store.path):
        rows = store.connection.execute(_BETWEEN, (tagging.model_id, tagging.framework_id)).fetchall()
    chair = Desk("", "adjudication")
    # What the model found says nothing of what was decided.
    return {sha256: review_of((), decisions(store, sha256, tagging, chair), tagging.framework) for (sha256,) in rows}


def _differences(cases: Sequence[Disagreement], settled: Mapping[str, Review]) -> Iterator[Difference]:
    for case in cases:
        sha256, position = case.id.split("#")
        label = settled[sha256].label(int(position), case.benefit) if sha256 in settled else None
        decided = label is not None and label.decision is not None
        status = label.status if label is not None and decided else None
        yield Difference(sha256, int(position), case, decided, status, label.version if label is not None else 0)
