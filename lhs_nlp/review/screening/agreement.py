"""How far screeners agree, by pairs, on what each decided before the other's decision could be known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Any, get_args

import numpy as np

from lhs_nlp.evaluate.bootstrap import REPLICATES, Documents
from lhs_nlp.evaluate.tasks import Coefficients, Columns
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.types import Choice, Decision, Stage
from lhs_nlp.review.screening.decisions import decisions_of

CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two screeners over the publications on which both decided.

    Parameters
    ----------
    first, second
        Their names.
    coefficients
        Share of the same decisions, Cohen's kappa, Krippendorff's alpha, with intervals of 95%.
    """

    first: str
    second: str
    coefficients: Coefficients

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {"screeners": [self.first, self.second], **self.coefficients.to_dict()}


def agreement_of(
    project: Project, stage: Stage = "title_abstract", *, replicates: int = REPLICATES
) -> list[PairAgreement]:
    """Compare each two screeners who decided on the same publications, in the order of names.

    What either changed after both had decided, or took back to decide anew, does not count, as it may be what
    the other said: whoever follows would raise the agreement. Decisions between screeners do not count either.

    Parameters
    ----------
    project
        Whose screeners.
    stage
        Which decisions count.
    replicates
        How often publications are resampled for the intervals.
    """
    logs: defaultdict[str, defaultdict[int, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for number, decision in decisions_of(project, stage, "screen", undone=True):
        logs[decision.by][number].append(decision)
    stand = {(each.by, number) for number, each in decisions_of(project, stage, "screen")}
    compared = []
    for first, second in combinations(sorted(logs), 2):
        both = sorted(logs[first].keys() & logs[second].keys())
        pairs = [
            _apart(logs[first][number], logs[second][number])
            for number in both
            if {(first, number), (second, number)} <= stand
        ]
        if pairs:
            compared.append(PairAgreement(first, second, _coefficients(pairs, replicates)))
    return compared


def _apart(first: list[Decision], second: list[Decision]) -> tuple[Choice, Choice]:
    """Return the choice of either when those of both stood for the first time; in the end both do."""
    moments = sorted((*first, *second), key=lambda each: each.id)
    choices = ((_choice_at(moment, first), _choice_at(moment, second)) for moment in moments)
    return next((one, other) for one, other in choices if one and other)


def _choice_at(moment: Decision, log: list[Decision]) -> Choice | None:
    """Return what a screener's log said when a decision was made; None when nothing stood."""
    stood = [
        each.choice for each in log if each.id <= moment.id and (each.undone_at is None or each.undone_at >= moment.at)
    ]
    return stood[-1] if stood else None


def _coefficients(pairs: list[tuple[Choice, Choice]], replicates: int) -> Coefficients:
    labels = np.array([[CHOICES.index(choice) for choice in pair] for pair in pairs], np.int64)
    documents = Documents(np.arange(len(pairs)), len(pairs), replicates)
    columns = Columns(documents, np.zeros(1, np.int64), ("screening",))
    everywhere = np.ones((len(pairs), 1), bool)
    return columns.agreement(labels[:, :1], labels[:, 1:], everywhere, CHOICES).pooled
