"""What to screen next: undecided publications, those most like the included ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.review.columns import words_of
from lhs_nlp.review.decisions import outcome, standing
from lhs_nlp.review.project import Project
from lhs_nlp.review.publications import Publication, publications_of
from lhs_nlp.review.ranking import Ranking, features_of
from lhs_nlp.review.tagging import results_of, summary_of
from lhs_nlp.review.types import Stage


@dataclass(frozen=True, slots=True)
class Queue:
    """Publications that wait for a decision.

    Parameters
    ----------
    waiting
        In the order in which to screen them.
    included, excluded
        How many publications are decided.
    ranked
        False while nothing was included: they wait in the order in which they were added.
    """

    waiting: tuple[Publication, ...]
    included: int
    excluded: int
    ranked: bool


def queue_of(project: Project, stage: Stage = "title_abstract", *, benefits: bool = False) -> Queue:
    """Return what to screen next.

    Parameters
    ----------
    project
        Whose decisions the ranking learns from; maybes and conflicts teach nothing, and wait.
    stage
        Which decisions count.
    benefits
        Let the ranking see which benefits each publication claims, too; they must be tagged.

    Raises
    ------
    LhsNlpError
        Benefits are asked for, and nothing was tagged yet.
    """
    publications = publications_of(project)
    claims = claims_of(project, publications) if benefits else None
    decided = _decided(publications, project, stage)
    rows, labels = list(decided), list(decided.values())
    waiting: Sequence[int] = [at for at in range(len(publications)) if at not in decided]
    ranked = len(waiting) > 1 and any(labels)
    if ranked:
        features = features_of([words_of(publication.reference) for publication in publications], claims)
        scores = Ranking(features).scores(rows, labels)
        waiting = sorted(waiting, key=lambda at: (-scores[at], at))
    return Queue(tuple(publications[at] for at in waiting), sum(labels), len(labels) - sum(labels), ranked)


def claims_of(project: Project, publications: Sequence[Publication]) -> NDArray[np.float64]:
    """Return the confidence that each publication claims each benefit, [n, B]; 0 for what is not tagged."""
    tagging, results = results_of(project)
    claims = np.zeros((len(publications), len(tagging.framework.benefits)))
    for at, publication in enumerate(publications):
        if found := summary_of(publication, results):
            claims[at] = [benefit.confidence for benefit in found.summary.benefits]
    return claims


def _decided(publications: Sequence[Publication], project: Project, stage: Stage) -> dict[int, bool]:
    at = {publication.number: place for place, publication in enumerate(publications)}
    said = {at[number]: outcome(decisions) for number, decisions in standing(project, stage).items()}
    return {place: choice == "include" for place, choice in said.items() if choice in ("include", "exclude")}
