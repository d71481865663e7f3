"""Agreement on one task, for each benefit and together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import Documents, Estimate, Mean, Values, estimate, mean
from lhs_nlp.evaluate.coefficients import cohen_kappa, krippendorff_alpha, observed_agreement

COEFFICIENTS = ("observed", "kappa", "alpha")


@dataclass(frozen=True, slots=True)
class Coefficients:
    """How far two labellers agree on one question.

    Attributes
    ----------
    units
        How many cases both decided.
    first, second
        How often each labeller gave each label.
    observed
        Share of the cases with the same label.
    kappa, alpha
        Cohen's kappa and Krippendorff's alpha.
    undefined
        Why there is no kappa and alpha; None when there are.
    """

    units: int
    first: Mapping[str, int]
    second: Mapping[str, int]
    observed: Estimate
    kappa: Estimate
    alpha: Estimate
    undefined: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, with the prevalence of each label: its share of all that both gave."""
        given = {label: self.first[label] + self.second[label] for label in self.first}
        return {
            "units": self.units,
            "first": dict(self.first),
            "second": dict(self.second),
            "prevalence": {
                label: round(count / (2 * self.units), 4) if self.units else None for label, count in given.items()
            },
            **{name: getattr(self, name).to_dict() for name in COEFFICIENTS},
            "undefined": self.undefined,
        }


@dataclass(frozen=True, slots=True)
class TaskAgreement:
    """Agreement on one task, such as claims.

    Attributes
    ----------
    by_benefit
        In the framework's order.
    macro
        Mean of `COEFFICIENTS` over the benefits for which they are defined.
    pooled
        The cases of all benefits taken together.
    """

    by_benefit: Mapping[str, Coefficients]
    macro: Mapping[str, Mean]
    pooled: Coefficients

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "by_benefit": {benefit: entry.to_dict() for benefit, entry in self.by_benefit.items()},
            "macro": {name: value.to_dict() for name, value in self.macro.items()},
            "pooled": self.pooled.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of labels [n, k], each of one benefit.

    Attributes
    ----------
    documents
        Of the n passages.
    benefit_of
        Number of each column's benefit, [k].
    benefits
        Ids of the benefits.
    """

    documents: Documents
    benefit_of: NDArray[np.int64]
    benefits: Sequence[str]

    def agreement(
        self, first: NDArray[np.int64], second: NDArray[np.int64], compared: NDArray[np.bool_], labels: Sequence[str]
    ) -> TaskAgreement:
        """Compare labels [n, k], indices into `labels`, where `compared`."""
        rows, columns = np.nonzero(compared)
        size = len(labels)
        tables = np.zeros((self.documents.count, len(self.benefits) + 1, size, size))
        of = self.documents.of_row[rows], self.benefit_of[columns], first[compared], second[compared]
        np.add.at(tables, of, 1)
        tables[:, -1] = tables.sum(1)
        flat = tables.reshape(len(tables), -1)
        values = self.documents.resampled(
            lambda weights: _coefficients((weights @ flat).reshape(-1, *tables.shape[1:]))
        )
        entries = [_entry(tables[:, at], values[:, at], labels) for at in range(len(self.benefits) + 1)]
        bearing = enumerate(_bearing(tables[:, -1]))
        return TaskAgreement(
            by_benefit=dict(zip(self.benefits, entries[:-1], strict=True)),
            macro={name: mean(values[:, :-1, at], documents) for at, (name, documents) in bearing},
            pooled=entries[-1],
        )


def _coefficients(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `COEFFICIENTS` of tables [r, k, K, K], float64 [r, k, 3]."""
    flat = tables.reshape(-1, *tables.shape[2:])
    values = np.stack([observed_agreement(flat), cohen_kappa(flat), krippendorff_alpha(flat)], axis=1)
    return values.reshape(*tables.shape[:2], len(COEFFICIENTS))


def _entry(tables: NDArray[np.float64], values: Values, labels: Sequence[str]) -> Coefficients:
    observed, kappa, alpha = (estimate(values[:, at], bearing) for at, (_, bearing) in enumerate(_bearing(tables)))
    table = tables.sum(0)
    return Coefficients(
        units=int(table.sum()),
        first=dict(zip(labels, map(int, table.sum(1)), strict=True)),
        second=dict(zip(labels, map(int, table.sum(0)), strict=True)),
        observed=observed,
        kappa=kappa,
        alpha=alpha,
        undefined=_why_undefined(table) if kappa.value is None else None,
    )


def _bearing(tables: NDArray[np.float64]) -> list[tuple[str, int]]:
    """Return each of `COEFFICIENTS` with how many documents bear on it, from their tables, [D, K, K].

    On the share of the same labels that is every document with cases. Kappa and alpha rest on those in which either
    labeller gave another label than the most frequent one, e.g. saw a benefit that is mostly absent.
    """
    cases, table = tables.sum((1, 2)), tables.sum(0)
    usual = (table.sum(0) + table.sum(1)).argmax()
    with_cases, with_others = (int((number > 0).sum()) for number in (cases, cases - tables[:, usual, usual]))
    return list(zip(COEFFICIENTS, (with_cases, with_others, with_others), strict=True))


def _why_undefined(table: NDArray[np.float64]) -> str:
    return "both gave every case the same label" if table.any() else "no case that both labelled"
