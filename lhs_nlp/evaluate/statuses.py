"""Statuses beside gold, where gold has the benefit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import Documents, Estimate, Mean, estimate, mean, ratio
from lhs_nlp.framework import Framework


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `support` cases were right.

    Attributes
    ----------
    support
        Number of cases.
    accuracy
        Not defined without a case.
    """

    support: int
    accuracy: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {"support": self.support, "accuracy": self.accuracy.to_dict()}


@dataclass(frozen=True, slots=True)
class StatusScores:
    """Accuracy of the status, whether or not the model found the benefit.

    Attributes
    ----------
    overall
        All benefits in all passages that have them.
    by_benefit, by_status
        The cases of one benefit, and those of one status in gold (its recall).
    macro
        Mean over the statuses that gold has: a rare status counts as much as a frequent one.
    confusion
        Status in gold to status predicted to number of cases.
    """

    overall: Share
    by_benefit: Mapping[str, Share]
    by_status: Mapping[str, Share]
    macro: Mean
    confusion: Mapping[str, Mapping[str, int]]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "overall": self.overall.to_dict(),
            "by_benefit": {benefit: share.to_dict() for benefit, share in self.by_benefit.items()},
            "by_status": {status: share.to_dict() for status, share in self.by_status.items()},
            "macro": self.macro.to_dict(),
            "confusion": {status: dict(row) for status, row in self.confusion.items()},
        }


def score_statuses(
    predicted: NDArray[np.integer], gold: NDArray[np.integer], documents: Documents, framework: Framework
) -> StatusScores:
    """Score statuses.

    Parameters
    ----------
    predicted
        Index of the status, [n, B].
    gold
        The same, -1 where the benefit is absent, [n, B].
    documents
        Of the n passages.
    framework
        Names the columns and the statuses.
    """
    benefits, statuses = framework.benefit_ids, framework.status_ids
    tables = _confusions(predicted, gold, documents, len(statuses))
    flat = tables.reshape(documents.count, -1)
    values = documents.resampled(lambda weights: _accuracies((weights @ flat).reshape(-1, *tables.shape[1:])))
    total = tables.sum(0).astype(int)
    cases = np.column_stack([tables.sum((1, 2, 3)), tables.sum((2, 3)), tables.sum((1, 3))])
    bearing = (cases > 0).sum(0)
    shares = [Share(int(support), estimate(values[:, at], bearing[at])) for at, support in enumerate(cases.sum(0))]
    return StatusScores(
        overall=shares[0],
        by_benefit=dict(zip(benefits, shares[1 : 1 + len(benefits)], strict=True)),
        by_status=dict(zip(statuses, shares[1 + len(benefits) :], strict=True)),
        macro=mean(values[:, 1 + len(benefits) :], bearing[0]),
        confusion={
            of: dict(zip(statuses, map(int, row), strict=True)) for of, row in zip(statuses, total.sum(0), strict=True)
        },
    )


def _confusions(
    predicted: NDArray[np.integer], gold: NDArray[np.integer], documents: Documents, statuses: int
) -> NDArray[np.float64]:
    """Return the number of cases by document, benefit, status in gold and status predicted, [D, B, T, T]."""
    tables = np.zeros((documents.count, gold.shape[1], statuses, statuses))
    rows, benefits = np.nonzero(gold >= 0)
    np.add.at(tables, (documents.of_row[rows], benefits, gold[rows, benefits], predicted[rows, benefits]), 1)
    return tables


def _accuracies(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return accuracy overall, by benefit and by status in gold, [r, 1 + B + T], from tables [r, B, T, T]."""
    right, cases = np.diagonal(tables, axis1=2, axis2=3), tables.sum(3)
    return np.column_stack(
        [
            ratio(right.sum((1, 2)), cases.sum((1, 2))),
            ratio(right.sum(2), cases.sum(2)),
            ratio(right.sum(1), cases.sum(1)),
        ]
    )
