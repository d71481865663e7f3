"""When to stop screening: how many relevant records may be left, judged from the last ones that were screened.

Records screened in the order of a ranking are treated as if they had been drawn by chance from those
that were left: the hypothesis that recall is still below the target is tested with the
hypergeometric distribution, for a sample that begins after any of the records found so far, and
the clearest of these counts (Callaghan and Müller-Hansen 2020, doi:10.1186/s13643-020-01521-4). As a ranking
finds relevant records sooner than chance does, what is left is rather fewer than is said here. The
same test turned round bounds the number that is left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        """Whether screening may stop: nothing is left, or recall is the target at least with the wanted confidence.

        What has not begun, as there is nothing to screen, may not.
        """
        if not self.unscreened:
            return self.screened > 0
        return self.found > 0 and self.p_value < 1 - self.target

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        recall = {"recall_likely": self.recall_likely, "recall_least": self.recall_least}
        return {**asdict(self), **recall, "reached": self.reached}

    def _recall(self, left: int) -> float | None:
        return self.found / (self.found + left) if self.found else None


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
    chance = chances(found_at, screened, records)
    left = records - screened
    return Stopping(
        screened=screened,
        found=len(found_at),
        unscreened=left,
        likely_left=_largest(chance, left, 0.5),
        most_left=_largest(chance, left, 1 - target),
        p_value=chance(fewest_missed(len(found_at), target)),
        target=target,
    )


def fewest_missed(found: int, target: float) -> int:
    """Return how many are left at least when recall is below the target."""
    # Rounded first: 19 of 20 is 0.95, not a hair less.
    return int(np.floor(round(found / target, 9))) + 1 - found


def chances(found_at: NDArray[np.int64], screened: int, records: int) -> Callable[[int], float]:
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
    return bisect_left(range(most + 1), True, key=lambda left: chance(left) <= least_chance) - 1
