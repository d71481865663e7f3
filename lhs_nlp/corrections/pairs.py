"""Two reviewers over documents that both have read to their end, each read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.corrections.labels import Review, review_of
from lhs_nlp.corrections.log import decisions, decisions_known
from lhs_nlp.corrections.types import Decision, Desk
from lhs_nlp.evaluate.agreement import Agreement, compare
from lhs_nlp.evaluate.gold import Gold

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary, Tagging


class KnownReviews:
    """What was compared before, so that a page that shows it need not read every document again.

    Until both reviewers have read a document to its end nothing of it counts, and what they decide later
    does not change what they had decided then. So a document is read once, and only a further one
    changes how far they agree.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._documents: dict[tuple[object, ...], _Pair] = {}
        self._agreements: dict[tuple[object, ...], tuple[tuple[str, ...], Agreement, bool]] = {}

    def agreement(
        self, store: Store, tagging: Tagging, first: str, second: str, both: tuple[str, ...], replicates: int
    ) -> tuple[Agreement, bool] | None:
        """Return how far two agree over documents, and whether they were blind; None when those have no passages."""
        owner = (tagging.model_id, tagging.framework_id, first, second)
        with self._lock:  # who asks for the same meanwhile waits for it
            known = self._agreements.get((*owner, replicates))
            if known and known[0] == both:
                return known[1:]
            pairs = []
            for sha256 in both:
                if (*owner, sha256) not in self._documents:
                    self._documents[*owner, sha256] = _pair(store, sha256, tagging, first, second)
                pairs.append(self._documents[*owner, sha256])
            if not any(pair.texts for pair in pairs):
                return None
            one, other = (_gold(pairs, at, tagging) for at in (0, 1))
            agreement = compare(one, other, tagging.framework, replicates=replicates)
            blind = all(pair.blind for pair in pairs)
            self._agreements[*owner, replicates] = both, agreement, blind
            return agreement, blind


@dataclass(frozen=True, slots=True)
class _Pair:
    """A document as two reviewers labelled it: `statuses` are two arrays [passages, B], -1 where absent."""

    sha256: str
    texts: tuple[str, ...]
    statuses: tuple[NDArray[np.int64], NDArray[np.int64]]
    blind: bool


def _pair(store: Store, sha256: str, tagging: Tagging, first: str, second: str) -> _Pair:
    stored = store.summary(sha256, tagging)
    if stored is None:  # it is there: somebody has decided on it
        return _Pair(sha256, (), (_no_statuses(0, tagging), _no_statuses(0, tagging)), True)
    reviews = _reviews(store, stored, tagging, first, second)
    texts = tuple(passage.text for passage in stored.summary.passages)
    one, other = (_statuses(len(texts), review, tagging) for review in reviews)
    blind = all(decision.blind for review in reviews for decision in review.decisions)
    return _Pair(sha256, texts, (one, other), blind)


def _no_statuses(passages: int, tagging: Tagging) -> NDArray[np.int64]:
    return np.full((passages, len(tagging.framework.benefits)), -1, np.int64)


def _statuses(passages: int, review: Review, tagging: Tagging) -> NDArray[np.int64]:
    framework = tagging.framework
    status = _no_statuses(passages, tagging)
    for label in review.labels.values():
        if label.status is not None:
            column = framework.benefit_ids.index(label.benefit)
            status[label.position, column] = framework.status_ids.index(label.status)
    return status


def _reviews(store: Store, stored: StoredSummary, tagging: Tagging, first: str, second: str) -> list[Review]:
    """Return what either saw when both had read the document to its end for the first time."""
    sha256 = stored.summary.document.sha256
    logs = [decisions(store, sha256, tagging, Desk(name, blind=True)) for name in (first, second)]
    last = _both_done(*logs)
    known = [decisions_known(store, sha256, tagging, name, until=last) for name in (first, second)]
    return [review_of(stored.summary.findings, decided, tagging.framework) for decided in known]


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


def _gold(pairs: Sequence[_Pair], reviewer: int, tagging: Tagging) -> Gold:
    """Return a reviewer's labels as labelled passages, ids being ``sha256#position``."""
    passages = [(pair.sha256, position) for pair in pairs for position in range(len(pair.texts))]
    status = np.concatenate([pair.statuses[reviewer] for pair in pairs])
    return Gold.of_statuses(
        ids=tuple(f"{sha256}#{position}" for sha256, position in passages),
        docs=tuple(sha256 for sha256, _ in passages),
        texts=tuple(text for pair in pairs for text in pair.texts),
        status=status,
        framework=tagging.framework,
    )
