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

    def reached(screened: int) -> bool:
        known = curve.found_at[curve.found_at <= screened]
        chance = chances(known, screened, curve.records)
        return screened == curve.records or chance(fewest_missed(len(known), target)) < 1 - target

    ends = [*(curve.found_at[1:] - 1).tolist(), curve.records]
    begin, end = next(span for span in zip(curve.found_at.tolist(), ends, strict=True) if reached(span[1]))
    # The longer nothing is found, the clearer it gets.
    screened = begin + bisect_left(range(begin, end), True, key=reached)
    return Stop(screened, curve.recall(screened), 1 - screened / curve.records)
