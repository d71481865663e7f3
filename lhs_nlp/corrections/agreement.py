"""Two reviewers beside each other: where they differ, what was decided between them, and kappa."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lhs_nlp.archive.store.connection import sentences
from lhs_nlp.corrections.labels import Review, review_of
from lhs_nlp.corrections.log import decisions
from lhs_nlp.corrections.types import Decision, Desk
from lhs_nlp.evaluate.agreement import Agreement, Disagreement, compare
from lhs_nlp.evaluate.gold import OTHER, Gold

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary, Tagging

_FINISHED = """
    SELECT DISTINCT sha256, reviewer FROM decisions
    JOIN summaries ON summaries.id = summary_id JOIN documents ON documents.id = summaries.document_id
    WHERE model_id = ? AND framework_id = ? AND role = 'review' AND action = 'done'
        AND decisions.id NOT IN (SELECT undoes FROM decisions WHERE undoes IS NOT NULL)
    ORDER BY documents.id, reviewer
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
    with sentences(store.path):
        for sha256, reviewer in store.connection.execute(_FINISHED, (tagging.model_id, tagging.framework_id)):
            finished[sha256] = (*finished.get(sha256, ()), reviewer)
    return finished


def compare_reviewers(
    store: Store, tagging: Tagging, first: str, second: str, *, replicates: int = 200
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

    Returns
    -------
    Comparison or None
        None while there is no such document.
    """
    both = [sha256 for sha256, done in reviewers_of(store, tagging).items() if {first, second} <= set(done)]
    stored = [summary for sha256 in both if (summary := store.summary(sha256, tagging))]
    if not any(summary.summary.passages for summary in stored):
        return None
    pairs = [_reviews(store, summary, tagging, first, second) for summary in stored]
    one, other = (_gold(stored, reviews, tagging) for reviews in zip(*pairs, strict=True))
    agreement = compare(one, other, tagging.framework, replicates=replicates)
    chair = Desk("", "adjudication")
    settled = {}
    for summary in stored:
        sha256 = summary.summary.document.sha256
        decided = decisions(store, sha256, tagging, chair)
        settled[sha256] = review_of(summary.summary.findings, decided, tagging.framework)
    differences = tuple(_differences(agreement.disagreements, settled))
    blind = all(decision.blind for pair in pairs for review in pair for decision in review.decisions)
    return Comparison(first, second, agreement, differences, blind)


def _differences(cases: Sequence[Disagreement], settled: dict[str, Review]) -> Iterator[Difference]:
    for case in cases:
        sha256, position = case.id.split("#")
        label = settled[sha256].label(int(position), case.benefit)
        decided = label.decision is not None
        yield Difference(sha256, int(position), case, decided, label.status if decided else None, label.version)


def _reviews(store: Store, stored: StoredSummary, tagging: Tagging, first: str, second: str) -> list[Review]:
    """Return what either had decided when both had read the document to its end for the first time."""
    sha256 = stored.summary.document.sha256
    logs = [decisions(store, sha256, tagging, Desk(name, blind=True)) for name in (first, second)]
    last = _both_done(*logs)
    apart = [[decision for decision in log if decision.id <= last] for log in logs]
    return [review_of(stored.summary.findings, decided, tagging.framework) for decided in apart]


def _both_done(first: Sequence[Decision], second: Sequence[Decision]) -> int:
    """Return the number of the decision with which both had read a document to its end for the first time."""
    done: dict[str, set[int]] = {decision.reviewer: set() for decision in (*first, *second)}
    for decision in sorted((*first, *second), key=lambda each: each.id):
        standing = done[decision.reviewer]
        if decision.action == "done":
            standing.add(decision.id)
        elif decision.undoes is not None:
            standing.discard(decision.undoes)
        if all(done.values()):
            return decision.id
    return 0


def _gold(stored: Sequence[StoredSummary], reviews: Sequence[Review], tagging: Tagging) -> Gold:
    """Return a reviewer's labels as labelled passages, ids being ``sha256#position``."""
    framework = tagging.framework
    passages = [(each.summary.document.sha256, passage) for each in stored for passage in each.summary.passages]
    columns = {benefit: at for at, benefit in enumerate(framework.benefit_ids)}
    statuses = {status: at for at, status in enumerate(framework.status_ids)}
    status = np.full((len(passages), len(columns)), -1, np.int64)
    first = 0
    for each, review in zip(stored, reviews, strict=True):
        for label in review.labels.values():
            if label.status is not None:
                status[first + label.position, columns[label.benefit]] = statuses[label.status]
        first += len(each.summary.passages)
    return Gold(
        ids=tuple(f"{sha256}#{passage.index}" for sha256, passage in passages),
        docs=tuple(sha256 for sha256, _ in passages),
        kinds=(OTHER,) * len(passages),
        texts=tuple(passage.text for _, passage in passages),
        presence=(status >= 0).astype(np.int64),
        status=status,
        concepts=np.full((len(passages), len(framework.concept_keys)), -1, np.int64),
    )
