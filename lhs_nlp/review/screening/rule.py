"""A project's rule: how decisions of several screeners become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from lhs_nlp.archive.store.columns import now, storable
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.connection import transaction, translated_errors
from lhs_nlp.review.project.types import Choice, Decision, Outcome, Stage
from lhs_nlp.review.screening.decisions import decide, rulings, standing

Decided = Literal["included", "excluded", "undecided"]
Conflicts = Literal["adjudicate", "include"]

MOST_SCREENERS = 20

_DECIDED: Mapping[Outcome, Decided] = {"include": "included", "exclude": "excluded"}
"""Outcomes that are final; after any other a publication is undecided."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How decisions of several screeners become one.

    Parameters
    ----------
    screeners
        How many must decide on a publication before anything is final.
    conflicts
        What becomes of a publication that one includes and another excludes: it waits until
        somebody adjudicates, or it is included, to be judged by its full text.
    """

    screeners: int = 1
    conflicts: Conflicts = "adjudicate"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A publication on which screeners differ, and that nobody has settled.

    Parameters
    ----------
    publication
        Its number.
    decisions
        Those that count, in the order of screeners' names.
    doubt
        What an adjudicator said who was in doubt, too; None when nobody tried.
    """

    publication: int
    decisions: tuple[Decision, ...]
    doubt: Decision | None = None


def rule_of(project: Project) -> Rule:
    """Return the rule of a project."""
    with translated_errors(project.path):
        row = project.connection.execute("SELECT screeners, conflicts FROM rule").fetchone()
    return Rule(row["screeners"], row["conflicts"])


def set_rule(project: Project, rule: Rule, by: str) -> None:
    """Change the rule of a project; what was decided before is judged by it, too.

    Raises
    ------
    ReviewError
        It needs no screener, or more than there are likely to be.
    """
    if not 1 <= rule.screeners <= MOST_SCREENERS:
        raise ReviewError(f"A rule needs 1 to {MOST_SCREENERS} screeners, not {rule.screeners}.")
    with transaction(project.connection, project.path) as connection:
        connection.execute(
            "UPDATE rule SET screeners = ?, conflicts = ?, made_by = ?, made_at = ?",
            (rule.screeners, rule.conflicts, storable(by), now()),
        )


def outcome(decisions: Mapping[str, Decision], ruling: Decision | None, rule: Rule) -> Outcome:
    """Return what decisions on one publication come to.

    Parameters
    ----------
    decisions
        Of each screener the one that counts.
    ruling
        What somebody decided between them; it counts for more than all others, but settles nothing when it is a maybe.
    rule
        The project's.
    """
    if ruling is not None and ruling.choice != "maybe":
        return ruling.choice
    choices = {decision.choice for decision in decisions.values()}
    if len(decisions) < rule.screeners:
        return "incomplete"
    if {"include", "exclude"} <= choices:
        return "include" if rule.conflicts == "include" else "conflict"
    # Whoever is in doubt gives way to whoever is not.
    return next(choice for choice in ("include", "exclude", "maybe") if choice in choices)


def reaches(project: Project, stage: Stage) -> Callable[[int], bool]:
    """Return what tells of a publication's number whether it reaches a stage: full texts are of what was included."""
    if stage == "title_abstract":
        return lambda _: True
    before = outcomes(project)
    return lambda number: before.get(number) == "include"


def outcomes(project: Project, stage: Stage = "title_abstract") -> dict[int, Outcome]:
    """Return what was decided on each publication that reaches a stage and on which anybody decided, by its number."""
    rule, said, ruled = rule_of(project), standing(project, stage), rulings(project, stage)
    numbers = sorted(filter(reaches(project, stage), said.keys() | ruled.keys()))
    return {number: outcome(said.get(number, {}), ruled.get(number), rule) for number in numbers}


def last_outcomes(project: Project) -> dict[int, Outcome]:
    """Return what was decided on publications, at the last stage that was decided on."""
    stages: tuple[Stage, ...] = ("title_abstract", "full_text")
    return {
        number: choice
        for stage in stages
        for number, choice in outcomes(project, stage).items()
        # A full text that waits for more screeners leaves what was decided before.
        if choice != "incomplete"
    }


def numbers_of(project: Project, which: Decided) -> set[int]:
    """Return the numbers of the publications that are included, excluded or neither: see `last_outcomes`."""
    known = last_outcomes(project)
    numbers = {record.publication for record in project.records(publications=True)}
    return {number for number in numbers if _DECIDED.get(known.get(number, "incomplete"), "undecided") == which}


def conflicts(project: Project, stage: Stage = "title_abstract") -> list[Conflict]:
    """Return publications that one screener includes and another excludes, and that wait for an adjudicator.

    Those that an adjudicator has looked at and was in doubt about come last.
    """
    said, ruled, final = standing(project, stage), rulings(project, stage), outcomes(project, stage)
    found = [
        Conflict(number, tuple(said[number][name] for name in sorted(said[number])), ruled.get(number))
        for number, choice in final.items()
        if choice == "conflict"
    ]
    return sorted(found, key=lambda conflict: conflict.doubt is not None)


def resolve(
    project: Project,
    record: int,
    choice: Choice,
    by: str,
    *,
    stage: Stage = "title_abstract",
    criterion: int | None = None,
    reason: str | None = None,
) -> int:
    """Decide between screeners who differ, and return the decision's number; parameters as of `decide`.

    Raises
    ------
    ReviewError
        There is no such record or criterion, or no screeners who differ, or differed, on it.
    """
    publication = project.record(record).publication
    choices = {decision.choice for decision in standing(project, stage).get(publication, {}).values()}
    if len(choices) < 2:
        raise ReviewError(
            f"{project.folder}: screeners do not differ on record {record}; `lhs-nlp review conflicts` shows where "
            "they do, and `lhs-nlp review decide` writes down a screener's own decision."
        )
    return decide(project, record, choice, by, stage=stage, criterion=criterion, reason=reason, role="adjudicate")
