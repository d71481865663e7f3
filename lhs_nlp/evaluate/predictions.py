"""Predictions as arrays, from a file, from what the tagger returns, or from calibrated probabilities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration import Calibration
from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate.gold import check_concepts, claims
from lhs_nlp.evaluate.lines import check_known, read_lines
from lhs_nlp.framework import Framework
from lhs_nlp.scores import Scores
from lhs_nlp.wording import counted

_MISSING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Predictions:
    """What a model says of n passages, columns in the framework's order.

    Attributes
    ----------
    presence_probability, claim_probability
        Between 0 and 1, float64 [n, B].
    present, claimed
        The decisions, bool [n, B].
    status
        Index of the status that is shown, [n, B]: what it is if the benefit is present.
    concepts
        Whether each key concept was found, [n, C], -1 where that is not told; None when it is nowhere told.
    """

    presence_probability: NDArray[np.float64]
    present: NDArray[np.bool_]
    claim_probability: NDArray[np.float64]
    claimed: NDArray[np.bool_]
    status: NDArray[np.int64]
    concepts: NDArray[np.integer] | NDArray[np.bool_] | None = None

    def take(self, rows: Sequence[int]) -> Predictions:
        """Return the predictions of these rows, in this order."""
        at = list(rows)
        return Predictions(
            presence_probability=self.presence_probability[at],
            present=self.present[at],
            claim_probability=self.claim_probability[at],
            claimed=self.claimed[at],
            status=self.status[at],
            concepts=None if self.concepts is None else self.concepts[at],
        )


def read_predictions(path: str | Path, ids: Sequence[str], framework: Framework) -> tuple[Predictions, int]:
    """Read the predictions of these passages from JSON lines as `lhs-nlp classify` writes them.

    Returns
    -------
    Predictions
        In the order of `ids`.
    int
        How many predictions are of passages that are not among `ids`; they are left out.

    Raises
    ------
    GoldError
        A passage has no prediction, or an error in its place; a probability is not between 0
        and 1; a benefit, status or concept is not in the framework; the file is malformed.
    """
    lines = {line.id: line for line in read_lines(path, leave_out="error")}
    missing = [passage for passage in ids if passage not in lines]
    if missing:
        named = ", ".join(missing[:_MISSING_SHOWN]) + (", ..." if len(missing) > _MISSING_SHOWN else "")
        of_all = f"{len(missing):,} of {counted(len(ids), 'passage')}"
        raise GoldError(f"{path}: no prediction for {of_all}: {named}. Classify them too.")
    wanted = [lines[passage] for passage in ids]
    rows = [_Row.of(line.mapping("benefits"), framework, line.place) for line in wanted]
    return _stacked(rows), len(lines) - len(ids)


def to_predictions(results: Sequence[Mapping[str, Any]], framework: Framework) -> Predictions:
    """Turn what `Tagger.classify_texts` returns into arrays; raise GoldError when it is malformed."""
    rows = [_Row.of(result["benefits"], framework, f"prediction {at}") for at, result in enumerate(results, 1)]
    return _stacked(rows)


def decided(scores: Scores, calibration: Calibration, framework: Framework) -> Predictions:
    """Return what is decided by calibrated probabilities, as `BenefitClassifier.find` does; no key concepts are told.

    A benefit is present from its threshold on, and claimed where its likeliest status then makes a claim.
    """
    present, status = scores.presence >= calibration.presence_thresholds, scores.status.argmax(2)
    claimed = present & (claims(status, framework) == 1)
    return Predictions(scores.presence, present, scores.claim, claimed, status)


@dataclass(frozen=True, slots=True)
class _Row:
    """One passage: lists over the benefits, and over the key concepts."""

    presence: list[float]
    present: list[bool]
    claim: list[float]
    claimed: list[bool]
    status: list[int]
    concepts: list[int]

    @classmethod
    def of(cls, benefits: Mapping[str, Any], framework: Framework, place: str) -> _Row:
        for benefit in benefits:
            check_known(benefit, framework.benefit_ids, "benefit", place)
        cells = [_Cell(benefits.get(benefit), benefit, place) for benefit in framework.benefit_ids]
        return cls(
            presence=[cell.probability("probability") for cell in cells],
            present=[cell.decision("present") for cell in cells],
            claim=[cell.probability("claim_probability") for cell in cells],
            claimed=[cell.decision("claimed") for cell in cells],
            status=[cell.status(framework) for cell in cells],
            concepts=[known for cell in cells for known in cell.concepts(framework)],
        )


class _Cell:
    """One benefit of one passage, checked as it is read."""

    def __init__(self, data: object, benefit: str, place: str) -> None:
        if not isinstance(data, dict):
            raise GoldError(f"{place}: there is no prediction for {benefit}.")
        self._data, self._benefit, self._place = data, benefit, place

    def probability(self, key: str) -> float:
        value = self._data.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1 or math.isnan(value):
            raise GoldError(
                f"{self._place}: `{key}` of {self._benefit} must be a number between 0 and 1, not {value!r}."
            )
        return float(value)

    def decision(self, key: str) -> bool:
        value = self._data.get(key)
        if not isinstance(value, bool):
            raise GoldError(f"{self._place}: `{key}` of {self._benefit} must be true or false, not {value!r}.")
        return value

    def status(self, framework: Framework) -> int:
        known = framework.status_ids
        return known.index(check_known(self._data.get("status"), known, f"the status of {self._benefit},", self._place))

    def concepts(self, framework: Framework) -> list[int]:
        columns = framework.benefit(self._benefit).concepts
        if self._data.get("concepts") is None:
            return [-1] * len(columns)
        found = check_concepts(self._data["concepts"], self._benefit, framework, self._place)
        return [int(concept.id in found) for concept in columns]


def _stacked(rows: Sequence[_Row]) -> Predictions:
    concepts = np.array([row.concepts for row in rows], np.int64).reshape(len(rows), -1)
    return Predictions(
        presence_probability=np.array([row.presence for row in rows], np.float64),
        present=np.array([row.present for row in rows], np.bool_),
        claim_probability=np.array([row.claim for row in rows], np.float64),
        claimed=np.array([row.claimed for row in rows], np.bool_),
        status=np.array([row.status for row in rows], np.int64),
        concepts=concepts if (concepts >= 0).any() else None,
    )
