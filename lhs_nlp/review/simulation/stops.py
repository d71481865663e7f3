"""Where a simulated screening would have stopped."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from lhs_nlp.review.screening.stopping import TARGET, chances, fewest_missed
from lhs_nlp.review.simulation.curves import RecallCurve


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


def stop_of(curve: RecallCurve, target: float = TARGET) -> Stop:
    """Return where screening in the order of a curve would stop first."""
    ends = [*(curve.found_at[1:] - 1), curve.records]
    for found, (begin, end) in enumerate(zip(curve.found_at, ends, strict=True), start=1):
        missed = fewest_missed(found, target)

        def reached(screened: int, known: int = found, missed: int = missed) -> bool:
            return chances(curve.found_at[:known], screened, curve.records)(missed) < 1 - target

        if reached(int(end)):
            # The longer nothing is found, the clearer it gets.
            screened = int(begin) + bisect_left(range(int(begin), int(end)), True, key=reached)
            return Stop(screened, curve.recall(screened), 1 - screened / curve.records)
    return Stop(curve.records, 1.0, 0.0)
