"""Yes-or-no decisions beside gold: counts, ranking and calibration, for each benefit and together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import Documents, Estimate, Mean, Values, estimate, mean, ratio
from lhs_nlp.evaluate.calibration import binned_residuals, calibration_error
from lhs_nlp.evaluate.ranking import Ranking

COUNTED = ("precision", "recall", "f1")
MEASURES = (*COUNTED, "average_precision", "ece", "brier")


@dataclass(frozen=True, slots=True)
class Counted:
    """Decisions beside gold. Without a positive in gold precision, recall and F1 are not defined.

    Attributes
    ----------
    support
        Positives in gold.
    predicted
        Positives predicted.
    precision
        Not defined either when nothing was predicted.
    recall, f1
        Between 0 and 1.
    """

    support: int
    predicted: int
    precision: Estimate
    recall: Estimate
    f1: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {"support": self.support, "predicted": self.predicted} | {
            name: getattr(self, name).to_dict() for name in COUNTED
        }


@dataclass(frozen=True, slots=True)
class Detection:
    """Decisions and probabilities beside gold.

    Attributes
    ----------
    counted
        What follows from the decisions.
    average_precision
        Of the ranking by probability; not defined without a positive.
    ece
        Expected calibration error in bins of equal mass. The bins are those of the whole
        data; resampling adds noise to each, so that the interval leans upward.
    brier
        Brier score.
    """

    counted: Counted
    average_precision: Estimate
    ece: Estimate
    brier: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return self.counted.to_dict() | {name: getattr(self, name).to_dict() for name in MEASURES[len(COUNTED) :]}


@dataclass(frozen=True, slots=True)
class DetectionScores:
    """One task, such as claims, over all benefits.

    Attributes
    ----------
    by_benefit
        Scores of each benefit, in the framework's order.
    macro
        Mean of each of `MEASURES` over the benefits for which it is defined.
    pooled
        All decisions on all benefits counted as one (micro average).
    """

    by_benefit: Mapping[str, Detection]
    macro: Mapping[str, Mean]
    pooled: Detection

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "by_benefit": {benefit: scores.to_dict() for benefit, scores in self.by_benefit.items()},
            "macro": {name: value.to_dict() for name, value in self.macro.items()},
            "pooled": self.pooled.to_dict(),
        }


def score_detection(
    probabilities: NDArray[np.floating],
    chosen: NDArray[np.bool_],
    gold: NDArray[np.integer],
    documents: Documents,
    benefits: Sequence[str],
) -> DetectionScores:
    """Score decisions on all benefits.

    Parameters
    ----------
    probabilities, chosen, gold
        Probability, decision, and truth (0 or 1), [n, B].
    documents
        Of the n rows.
    benefits
        Ids of the columns.
    """
    columns = [_Column(probabilities[:, at], chosen[:, at], gold[:, at], documents) for at in range(len(benefits))]
    each_row = documents.take(np.repeat(np.arange(len(gold)), len(benefits)))
    pooled = _Column(probabilities.ravel(), chosen.ravel(), gold.ravel(), each_row)
    values = documents.resampled(
        lambda weights: np.stack([column.measures(weights) for column in (*columns, pooled)], axis=1)
    )
    return DetectionScores(
        by_benefit={benefit: columns[at].scores(values[:, at]) for at, benefit in enumerate(benefits)},
        macro={name: mean(values[:, :-1, at], pooled.documents[at]) for at, name in enumerate(MEASURES)},
        pooled=pooled.scores(values[:, -1]),
    )


def score_counts(chosen: NDArray[Any], gold: NDArray[Any], documents: Documents) -> Counted:
    """Score decisions [n] that have no probability against gold [n], 0 or 1."""
    counts = _counts(chosen, gold, documents)
    return _counted(counts, documents.resampled(lambda weights: precision_recall_f1(weights @ counts)))


def precision_recall_f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return precision, recall and F1, [r, 3], from hits, positives predicted and positives in gold, [r, 3]."""
    hits, chosen, positive = counts.T
    scores = np.stack([ratio(hits, chosen), ratio(hits, positive), ratio(2 * hits, chosen + positive)], axis=1)
    scores[positive == 0] = np.nan
    return scores


class _Column:
    """Decisions of one kind, [n] each, added up by document once for all weightings of the documents."""

    def __init__(
        self,
        probabilities: NDArray[np.floating],
        chosen: NDArray[np.bool_],
        gold: NDArray[np.integer],
        documents: Documents,
    ) -> None:
        self._counts = _counts(chosen, gold, documents)
        self._ranking = Ranking.of(probabilities, gold, documents)
        self._residuals = binned_residuals(probabilities, gold, documents)
        self._squares = documents.sums((gold - probabilities) ** 2)
        self._rows = documents.sums(np.ones(len(gold)))

    @property
    def documents(self) -> tuple[int, ...]:
        """How many documents bear on each of `MEASURES`: those with a positive in gold, or on calibration all."""
        with_positive, with_rows = _with_positive(self._counts), int((self._rows > 0).sum())
        return tuple(with_rows if name in ("ece", "brier") else with_positive for name in MEASURES)

    def measures(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return all of `MEASURES`, [r, 6], for weights [r, D]."""
        return np.column_stack(
            [
                precision_recall_f1(weights @ self._counts),
                self._ranking.average_precision(weights),
                calibration_error(self._residuals, weights, self._rows),
                ratio(weights @ self._squares, weights @ self._rows),
            ]
        )

    def scores(self, values: Values) -> Detection:
        """Return the scores from the values of all measures, [1 + R, 6]."""
        counted = _counted(self._counts, values)
        others = range(len(COUNTED), len(MEASURES))
        return Detection(counted, *(estimate(values[:, at], self.documents[at]) for at in others))


def _counts(chosen: NDArray[Any], gold: NDArray[Any], documents: Documents) -> NDArray[np.float64]:
    decided, positive = np.asarray(chosen, bool), np.asarray(gold) == 1
    return documents.sums(np.stack([decided & positive, decided, positive], axis=1))


def _counted(counts: NDArray[np.float64], values: Values) -> Counted:
    _, predicted, support = counts.sum(0)
    rates = (estimate(values[:, at], _with_positive(counts)) for at in range(len(COUNTED)))
    return Counted(int(support), int(predicted), *rates)


def _with_positive(counts: NDArray[np.float64]) -> int:
    return int((counts[:, 2] > 0).sum())
