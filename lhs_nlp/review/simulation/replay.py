"""Play a finished screening again, to see how soon a ranking would have found what was included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.bundle import general_encoder
from lhs_nlp.encoders.vectors import directions
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.screening.ranking import Learner, Ranking, ranking_of, titles_of
from lhs_nlp.review.screening.stopping import TARGET
from lhs_nlp.review.simulation.curves import RecallCurve, recall_curve
from lhs_nlp.review.simulation.screened import read_labels, read_screened
from lhs_nlp.review.simulation.stops import Stop, stop_of


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """What simulations of one file gave.

    Parameters
    ----------
    records, relevant
        How many records have a label, and how many of them were included.
    without_label
        Records that were left out.
    included_as, excluded_as
        Which values were taken for what.
    learner
        What learned.
    curves
        One a run.
    stops
        Where the stopping criterion would have ended each run.
    """

    records: int
    relevant: int
    without_label: int
    included_as: tuple[str, ...]
    excluded_as: tuple[str, ...]
    learner: Learner
    curves: tuple[RecallCurve, ...]
    stops: tuple[Stop, ...]

    @property
    def reached_target(self) -> int:
        """Number of runs in which recall was at least the target when the stopping criterion ended them."""
        return sum(stop.recall >= TARGET for stop in self.stops)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "records": self.records,
            "relevant": self.relevant,
            "without_label": self.without_label,
            "included_as": list(self.included_as),
            "excluded_as": list(self.excluded_as),
            "learner": self.learner,
            "runs": [
                {**curve.to_dict(), "stop": asdict(stop)} for curve, stop in zip(self.curves, self.stops, strict=True)
            ],
        }


def simulate_file(
    path: Path, column: str, included: str | None = None, *, runs: int = 5, learner: Learner = "svm"
) -> SimulationResult:
    """Simulate the screening of a file's references.

    Parameters
    ----------
    path
        Any format that is read; also compressed, with ``.gz`` behind its name.
    column, included
        As `read_labels` takes them.
    runs
        How many times to start, from other records each.
    learner
        What learns.

    Raises
    ------
    LhsNlpError
        The file cannot be read, or its labels do not serve.
    """
    references = read_screened(path)
    labels = read_labels(references, column, included)
    labelled = [references[row] for row in labels.rows]
    titles = directions(titles_of(labelled), general_encoder().encoder) if learner == "svm" else None
    ranking = ranking_of(labelled, learner=learner, titles=titles)
    starts = [starting_records(labels.included, seed) for seed in range(runs)]
    curves = tuple(simulate(ranking, labels.included, start) for start in starts)
    return SimulationResult(
        records=len(labels.rows),
        relevant=int(labels.included.sum()),
        without_label=len(references) - len(labels.rows),
        included_as=labels.included_as,
        excluded_as=labels.excluded_as,
        learner=learner,
        curves=curves,
        stops=tuple(stop_of(curve) for curve in curves),
    )


def starting_records(included: NDArray[np.bool_], seed: int) -> tuple[int, int]:
    """Return an included and an excluded record by chance: what a screener is supposed to know before."""
    chance = np.random.default_rng(seed)
    return int(chance.choice(np.flatnonzero(included))), int(chance.choice(np.flatnonzero(~included)))


def simulate(ranking: Ranking, included: NDArray[np.bool_], start: Sequence[int]) -> RecallCurve:
    """Screen the record that ranks highest, again and again, until all included ones are found.

    Parameters
    ----------
    ranking
        Ranks the records.
    included
        What a screener would decide on each record, [n].
    start
        Records that are known before, of both kinds; they count nowhere.

    Raises
    ------
    ReviewError
        Nothing is left to be found.
    """
    known = list(start)
    left = int(included.sum() - included[known].sum())
    if not left:
        raise ReviewError("At least two included records are needed: one to start from and one to find.")
    waiting = np.ones(len(included), bool)
    waiting[known] = False
    while left:
        scores = np.where(waiting, ranking.scores(known, included[known].tolist()), -np.inf)
        best = int(scores.argmax())
        waiting[best] = False
        known.append(best)
        left -= int(included[best])
    # The order of the rest, none of it included, changes no measure.
    order = [*known[len(start) :], *np.flatnonzero(waiting).tolist()]
    return recall_curve(included[order].astype(np.int64))
