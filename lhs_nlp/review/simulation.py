"""Play a finished screening again, to see how soon a ranking would have found what was included."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import ReviewError
from lhs_nlp.references import read_references
from lhs_nlp.references.types import Reference
from lhs_nlp.review.curves import RecallCurve, recall_curve
from lhs_nlp.review.ranking import Learner, Ranking, ranking_of
from lhs_nlp.review.stopping import TARGET, Stop, stop_of

INCLUDED = ("i", "include", "included", "yes", "true", "relevant", "y")
"""Labels that mean included; without any of them in the column, ``1`` does."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Decisions that were read from a column.

    Parameters
    ----------
    rows
        Numbers of the references that have a label, from 0.
    included
        Whether each of them was included, [len(rows)].
    included_as, excluded_as
        Which values were taken for what.
    """

    rows: tuple[int, ...]
    included: NDArray[np.bool_]
    included_as: tuple[str, ...]
    excluded_as: tuple[str, ...]


def read_labels(references: Sequence[Reference], column: str, included: str | None = None) -> Labels:
    """Return the decisions in a field of the references; those without a value are left out.

    Parameters
    ----------
    references
        Records of a file.
    column
        Name of the field: a column of a table, a tag of RIS.
    included
        The value that means included; None to take it from those that are usual.

    Raises
    ------
    ReviewError
        No reference has such a field, or all labels are alike.
    """
    values = {
        row: value.strip()
        for row, reference in enumerate(references)
        for tag, value in reference.fields
        if tag == column and value.strip()
    }
    if not values:
        known = ", ".join(sorted({tag for reference in references[:100] for tag, _ in reference.fields}))
        raise ReviewError(f"No record has a value in a field {column!r}; there are {known or 'no fields'}.")
    found = set(values.values())
    usual = {value for value in found if value.casefold() in INCLUDED} or found & {"1"}
    chosen = {included} if included is not None else usual
    labels = np.array([value in chosen for value in values.values()], bool)
    if labels.all() or not labels.any():
        raise ReviewError(
            f"The field {column!r} holds {', '.join(sorted(found)[:10])}; say which value means included, "
            "and see that others are there: --included VALUE."
        )
    return Labels(tuple(values), labels, tuple(sorted(chosen & found)), tuple(sorted(found - chosen)))


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
    ranking = ranking_of([references[row] for row in labels.rows], learner=learner)
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


def read_screened(path: Path) -> Sequence[Reference]:
    """Return the references of a file, which may be compressed by gzip."""
    if path.suffix != ".gz":
        return read_references(path).records
    with TemporaryDirectory() as folder:
        plain = Path(folder) / path.stem
        try:
            with gzip.open(path) as packed, plain.open("wb") as file:
                shutil.copyfileobj(packed, file)
        except (OSError, EOFError, zlib.error) as error:
            raise ReviewError(f"{path}: cannot be unpacked ({error}).") from error
        return read_references(plain).records


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
