"""Key concepts beside gold, where gold has the benefit and its concepts were labelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate.bootstrap import Documents
from lhs_nlp.evaluate.detection import Counted, score_counts
from lhs_nlp.framework import Framework


@dataclass(frozen=True, slots=True)
class ConceptScores:
    """Key concepts found and missed: every concept of every benefit present is one decision.

    Attributes
    ----------
    overall
        All decisions counted as one (micro average).
    by_benefit
        The decisions on one benefit's concepts.
    """

    overall: Counted
    by_benefit: Mapping[str, Counted]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "overall": self.overall.to_dict(),
            "by_benefit": {benefit: counted.to_dict() for benefit, counted in self.by_benefit.items()},
        }


def score_concepts(
    predicted: NDArray[Any],
    gold: NDArray[np.integer],
    presence: NDArray[np.integer],
    documents: Documents,
    framework: Framework,
) -> ConceptScores | None:
    """Score key concepts; None when there is nothing to compare.

    Parameters
    ----------
    predicted, gold
        0 or 1, -1 where unknown, [n, C].
    presence
        0 or 1 in gold, [n, B]: concepts of an absent benefit are left out.
    documents
        Of the n passages.
    framework
        Names the columns.
    """
    benefit_of = benefit_columns(framework)
    compared = (np.asarray(predicted, np.int64) >= 0) & (gold >= 0) & (presence[:, benefit_of] == 1)
    if not compared.any():
        return None
    return ConceptScores(
        overall=_score(predicted, gold, compared, documents),
        by_benefit={
            benefit: _score(predicted, gold, compared & (benefit_of == at), documents)
            for at, benefit in enumerate(framework.benefit_ids)
        },
    )


def benefit_columns(framework: Framework) -> NDArray[np.int64]:
    """Return the column of each key concept's benefit, int64 [C]."""
    return np.array([framework.benefit_ids.index(benefit) for benefit, _ in framework.concept_keys], np.int64)


def _score(
    predicted: NDArray[Any], gold: NDArray[np.integer], compared: NDArray[np.bool_], documents: Documents
) -> Counted:
    return score_counts(predicted[compared], gold[compared], documents.take(np.nonzero(compared)[0]))
