"""A simulation in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lhs_nlp.report.display import one_line
from lhs_nlp.review.screening.stopping import TARGET
from lhs_nlp.review.simulation.replay import SimulationResult
from lhs_nlp.wording import counted


def simulation_lines(result: SimulationResult) -> Iterator[str]:
    """Yield the measures of a simulation, and its recall curve."""
    meaning = ", ".join(map(one_line, result.included_as))
    yield f"{counted(result.records, 'record')}, {result.relevant:,} included ({meaning})"
    if result.without_label:
        yield f"{counted(result.without_label, 'record')} without a label left out"
    yield f"mean of {counted(len(result.curves), 'run')}, least to most:"
    for name, key in (("WSS@95", "wss_95"), ("RRF@10", "rrf_10"), ("ATD", "atd")):
        values = [curve.to_dict()[key] for curve in result.curves]
        yield f"  {name}  {sum(values) / len(values):.3f}  ({min(values):.3f} to {max(values):.3f})"
    stops = result.stops
    screened = sum(1 - stop.saved for stop in stops) / len(stops)
    yield (
        f"stopping criterion: met after {screened:.0%} of the records; "
        f"recall of at least {TARGET:.0%} in {result.reached_target} of {len(stops)} "
        f"(least {min(stop.recall for stop in stops):.3f})"
    )
    yield "records screened, recall:"
    for percent in (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100):
        recall = sum(curve.to_dict()["recall_by_percent"][percent] for curve in result.curves) / len(result.curves)
        yield f"  {percent:3d}%  {recall:.3f}  {'#' * round(40 * recall)}"
