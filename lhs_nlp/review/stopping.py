"""When to stop screening: how many relevant records may be left, judged from the last ones that were screened.

Records screened in the order of a ranking are treated as if they had been drawn by chance from those
that were left: the hypothesis that recall is still below the target is tested with the
hypergeometric distribution, for a sample that begins after any of the records found so far, and
the clearest of these counts (Callaghan and Müller-Hansen 2020, doi:10.1186/s13643-020-01521-4). As a ranking
finds relevant records sooner than chance does, what is left is rather fewer than is said here. The
same test turned round bounds the number that is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.review.curves import RecallCurve

TARGET = 0.95
"""Recall to be reached, and how sure one wants to be of it."""

SAMPLES = 100
"""Samples that are tried at most: more cost time and tell hardly more."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """What screening so far says about the records that were not screened.

    Parameters
    ----------
    screened, found
        Records that were decided, and how many of them were included.
    unscreened
        Records that wait.
    likely_left, most_left
        Relevant records that wait: at most so many as likely as not, and with a confidence of `target`.
        None are the fewest.
    recall_likely, recall_least
        Share of all relevant records that was found, if so many are left; None while nothing was found.
    p_value
        Of the hypothesis that recall is below `target`.
    target
        Recall to be reached, and the confidence that is wanted.
    """

    screened: int
    found: int
    unscreened: int
    likely_left: int
    most_left: int
    p_value: float
    target: float = TARGET

    @property
    def recall_likely(self) -> float | None:
        """Recall if as many are left as is likely."""
        return self._recall(self.likely_left)

    @property
    def recall_least(self) -> float | None:
        """Recall if the most are left."""
        return self._recall(self.most_left)

    @property
    def reached(self) -> bool:
        """Whether screening may stop: recall is at least the target with the confidence that is wanted."""
        return self.found > 0 and self.p_value < 1 - self.target

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        recall = {"recall_likely": self.recall_likely, "recall_least": self.recall_least}
        return {**asdict(self), **recall, "reached": self.reached}

    def _recall(self, left: int) -> float | None:
        return self.found / (self.found + left) if self.found else None


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a simulated screening would have stopped.

    Parameters
    ----------
    screened
        Records that were screened by then; all of them where the criterion was never met before.
    recall
        Share of relevant records that was found by then.
    saved
        Share of records that need not be screened.
    """

    screened: int
    recall: float
    saved: float


def stopping_of(included: Sequence[bool], records: int, target: float = TARGET) -> Stopping:
    """Return what is known of the records that were not screened.

    Parameters
    ----------
    included
        Of each screened record whether it was included, in the order of screening.
    records
        How many there are, screened or not.
    target
        Recall to be reached, and the confidence that is wanted.
    """
    labels = np.asarray(included, bool)
    found_at, screened = np.flatnonzero(labels) + 1, len(labels)
    chance = _chances(found_at, screened, records)
    left = records - screened
    return Stopping(
        screened=screened,
        found=len(found_at),
        unscreened=left,
        likely_left=_largest(chance, left, 0.5),
        most_left=_largest(chance, left, 1 - target),
        p_value=chance(_fewest_missed(len(found_at), target)),
        target=target,
    )


def stop_of(curve: RecallCurve, target: float = TARGET) -> Stop:
    """Return where screening in the order of a curve would stop first."""
    ends = [*(curve.found_at[1:] - 1), curve.records]
    for found, (begin, end) in enumerate(zip(curve.found_at, ends, strict=True), start=1):
        missed = _fewest_missed(found, target)

        def reached(screened: int, known: int = found, missed: int = missed) -> bool:
            return _chances(curve.found_at[:known], screened, curve.records)(missed) < 1 - target

        if reached(int(end)):
            # The longer nothing is found, the clearer it gets.
            screened = _first(reached, int(begin), int(end))
            return Stop(screened, curve.recall(screened), 1 - screened / curve.records)
    return Stop(curve.records, 1.0, 0.0)


def _fewest_missed(found: int, target: float) -> int:
    """Return how many are left at least when recall is below the target."""
    # Rounded first: 19 of 20 is 0.95, not a hair less.
    return int(np.floor(round(found / target, 9))) + 1 - found


def _chances(found_at: NDArray[np.int64], screened: int, records: int) -> Callable[[int], float]:
    """Return the chance to have found as few as were found, by how many relevant records are left."""
    from scipy.stats import hypergeom

    # A sample that begins anywhere else is weaker than the one that begins after the record found before.
    begins = np.unique(np.concatenate([[0], found_at]))
    begins = begins[begins < screened] if screened else begins[:1]
    if len(begins) > SAMPLES:
        begins = begins[np.linspace(0, len(begins) - 1, SAMPLES).round().astype(int)]
    found = len(found_at) - np.searchsorted(found_at, begins, side="right")

    def chance(left: int) -> float:
        if left > records - screened:
            return 0.0
        return float(hypergeom.cdf(found, records - begins, found + left, screened - begins).min())

    return chance


def _largest(chance: Callable[[int], float], most: int, least_chance: float) -> int:
    """Return the most records that may be left, so that what was found is not too unlikely."""
    return _first(lambda left: chance(left) <= least_chance, 0, most + 1) - 1


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the first number from which on something holds; it does at the last one."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
