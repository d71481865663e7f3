"""What to screen next: undecided publications, those most like the included ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.bundle import general_encoder
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import Publication, publications_of
from lhs_nlp.review.project.types import Decision, Outcome, Stage
from lhs_nlp.review.project.vectors import Progress, vectors_of
from lhs_nlp.review.screening.decisions import decisions_of, latest_of, rulings, screener_of
from lhs_nlp.review.screening.ranking import Ranking, ranking_of, titles_of
from lhs_nlp.review.screening.rule import outcome, reaches, rule_of
from lhs_nlp.review.screening.stopping import Stopping, stopping_of
from lhs_nlp.review.tagging.results import results_of, summary_of


@dataclass(frozen=True, slots=True)
class Queue:
    """Publications that wait for a decision.

    Parameters
    ----------
    waiting
        In the order in which to screen them.
    included, excluded
        How many publications are decided.
    incomplete
        On how many fewer screeners have decided than the project's rule wants.
    ranked
        False while nothing can be learned or one waits at most: they wait in the order in which they were added.
    stopping
        How many relevant ones may be among those that nobody has decided on.
    """

    waiting: tuple[Publication, ...]
    included: int
    excluded: int
    incomplete: int
    ranked: bool
    stopping: Stopping


@dataclass(frozen=True, slots=True)
class _Said:
    """What was decided on one publication."""

    final: Outcome
    learned: bool | None
    order: int
    by: Mapping[str, Decision]


class Pile:
    """The publications of a project, read once, to be ranked again after each decision.

    Parameters
    ----------
    project
        Read when the pile is made; records that are added later are not in it.
    benefits
        Let the ranking see which benefits each publication claims, too; they must be tagged.

    Raises
    ------
    LhsNlpError
        Benefits are asked for, and nothing was tagged yet.
    """

    def __init__(self, project: Project, *, benefits: bool = False) -> None:
        self.publications = publications_of(project)
        self._claims = claims_of(project, self.publications) if benefits else None
        self._ranking: Ranking | None = None

    def publication(self, record: int) -> Publication | None:
        """Return the publication that a record is of, by the record's number; None when there is no such record."""
        return self._publication_of.get(record)

    @cached_property
    def _publication_of(self) -> Mapping[int, Publication]:
        return {record.id: publication for publication in self.publications for record in publication.records}

    def ranking(self, project: Project, on_progress: Progress | None = None) -> Ranking | None:
        """Return what ranks the publications; None when they have no words.

        The first time, a vector of each title is made, more than a hundred in a second; they are kept in the project.
        """
        if self._ranking is None:
            references = [publication.reference for publication in self.publications]
            titles = vectors_of(project, titles_of(references), *general_encoder(), on_progress)
            with suppress(ReviewError):
                self._ranking = ranking_of(references, self._claims, titles=titles)
        return self._ranking

    def queue(
        self,
        project: Project,
        stage: Stage = "title_abstract",
        by: str | None = None,
        on_progress: Progress | None = None,
    ) -> Queue:
        """Return what to screen next.

        Parameters
        ----------
        project
            Whose decisions the ranking learns from; maybes and conflicts teach nothing.
        stage
            Which decisions count. What waits has reached the stage: see `reaches`.
        by
            A screener: what has no final decision, waits for no adjudicator, and what they have not decided on,
            last what they were in doubt about. None for all that has no final decision.
        on_progress
            Is told how many titles are read, where some are not yet.
        """
        by = None if by is None else screener_of(project, by)
        said, reached = _said(project, stage), reaches(project, stage)
        known = [said.get(publication.number) for publication in self.publications]
        here = [reached(publication.number) for publication in self.publications]
        learned = {at: each for at, each in enumerate(known) if here[at] and each and each.learned is not None}
        rows = sorted(learned, key=lambda at: learned[at].order)
        labels = [bool(learned[at].learned) for at in rows]
        waiting = [at for at, each in enumerate(known) if here[at] and _waits(each, by)]
        # While nothing is excluded, two must be left: one is presumed to be.
        learnable = any(labels) and len(known) - len(rows) > all(labels)
        ranking = self.ranking(project, on_progress) if learnable and len(waiting) > 1 else None
        if ranking is not None:
            scores = ranking.scores(rows, labels)
            waiting.sort(key=lambda at: (_in_doubt(known[at], by), -scores[at], at))
        else:
            waiting.sort(key=lambda at: (_in_doubt(known[at], by), at))
        finals = [each.final for each in known if each]
        return Queue(
            waiting=tuple(self.publications[at] for at in waiting),
            included=finals.count("include"),
            excluded=finals.count("exclude"),
            incomplete=finals.count("incomplete"),
            ranked=ranking is not None,
            stopping=stopping_of(labels, sum(here)),
        )


def queue_of(
    project: Project,
    stage: Stage = "title_abstract",
    *,
    benefits: bool = False,
    by: str | None = None,
    on_progress: Progress | None = None,
) -> Queue:
    """Return what to screen next: see `Pile`."""
    return Pile(project, benefits=benefits).queue(project, stage, by, on_progress)


def stopping_at(project: Project, publications: int, stage: Stage = "title_abstract") -> Stopping:
    """Return how many relevant ones may be among those of so many publications that nobody has decided on."""
    decided = [each for each in _said(project, stage).values() if each.learned is not None]
    labels = [bool(each.learned) for each in sorted(decided, key=lambda each: each.order)]
    return stopping_of(labels, max(publications, len(labels)))


def claims_of(project: Project, publications: Sequence[Publication]) -> NDArray[np.float64]:
    """Return the confidence that each publication claims each benefit, [n, B]; 0 for what is not tagged."""
    tagging, results = results_of(project)
    claims = np.zeros((len(publications), len(tagging.framework.benefits)))
    for at, publication in enumerate(publications):
        if found := summary_of(publication, results):
            claims[at] = [benefit.confidence for benefit in found.summary.benefits]
    return claims


def _said(project: Project, stage: Stage) -> dict[int, _Said]:
    rule, screened, ruled = rule_of(project), decisions_of(project, stage, "screen"), rulings(project, stage)
    said, found = latest_of(screened), {}
    # Whoever decides anew does not screen anew: it is the place of the first decision that counts.
    begun = {number: decision.id for number, decision in (*ruled.items(), *reversed(screened))}
    # The ranking learns from the first decision on, and from conflicts only where they are included.
    first = replace(rule, screeners=1)
    for number in filter(reaches(project, stage), said.keys() | ruled.keys()):
        by, ruling = said.get(number, {}), ruled.get(number)
        choice = outcome(by, ruling, first)
        learned = choice == "include" if choice in ("include", "exclude") else None
        found[number] = _Said(outcome(by, ruling, rule), learned, begun[number], by)
    return found


def _waits(said: _Said | None, by: str | None) -> bool:
    if said is None:
        return True
    if by is None:
        return said.final not in ("include", "exclude")
    return said.final in ("incomplete", "maybe") and (by not in said.by or _in_doubt(said, by))


def _in_doubt(said: _Said | None, by: str | None) -> bool:
    return said is not None and by is not None and by in said.by and said.by[by].choice == "maybe"
