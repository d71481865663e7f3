"""Counts for the PRISMA 2020 flow diagram (Page et al. 2021, doi:10.1136/bmj.n71)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.connection import translated_errors
from lhs_nlp.review.project.types import Decision, Stage
from lhs_nlp.review.screening.decisions import criteria, rulings, standing
from lhs_nlp.review.screening.rule import outcomes


@dataclass(frozen=True, slots=True)
class Screening:
    """Publications of one stage by what was decided.

    Parameters
    ----------
    to_screen
        Publications that reach the stage.
    included, excluded, maybe, conflict
        By what was decided in the end.
    undecided
        Nobody has decided, or not as many screeners as the project's rule wants.
    incomplete
        Those of them on which somebody has decided.
    excluded_for
        Excluded publications by the reason that was given, the most frequent first. Of several reasons the
        adjudicator's counts, else the last one.
    """

    to_screen: int
    included: int
    excluded: int
    maybe: int
    conflict: int
    undecided: int
    incomplete: int
    excluded_for: dict[str, int]


@dataclass(frozen=True, slots=True)
class Flow:
    """How records went through the review.

    Parameters
    ----------
    identified
        Records of each file.
    duplicates
        Records that are of a publication which another record stands for.
    publications
        What is left to screen.
    title_abstract, full_text
        What became of them; full texts are assessed of what was included before.
    """

    identified: dict[str, int]
    duplicates: int
    publications: int
    title_abstract: Screening
    full_text: Screening

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def flow_of(project: Project) -> Flow:
    """Count the records of a project at each step of the review."""
    grouping = project.work_out_duplicates()
    with translated_errors(project.path):
        rows = project.connection.execute(
            "SELECT name, count(records.id) AS records FROM sources LEFT JOIN records ON source_id = sources.id"
            " GROUP BY sources.id ORDER BY sources.id"
        )
        identified: Counter[str] = Counter()
        for row in rows:
            identified[row["name"]] += row["records"]
    first = _screening(project, "title_abstract", grouping.publications)
    return Flow(
        identified=dict(identified),
        duplicates=grouping.records - grouping.publications,
        publications=grouping.publications,
        title_abstract=first,
        full_text=_screening(project, "full_text", first.included),
    )


def _screening(project: Project, stage: Stage, to_screen: int) -> Screening:
    texts = {criterion.id: criterion.text for criterion in criteria(project)}
    choices: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    said, ruled = standing(project, stage), rulings(project, stage)
    for number, choice in outcomes(project, stage).items():
        choices[choice] += 1
        if choice == "exclude":
            reasons[_reason(said.get(number, {}).values(), ruled.get(number), texts)] += 1
    return Screening(
        to_screen=to_screen,
        included=choices["include"],
        excluded=choices["exclude"],
        maybe=choices["maybe"],
        conflict=choices["conflict"],
        undecided=to_screen - choices.total() + choices["incomplete"],
        incomplete=choices["incomplete"],
        excluded_for=dict(reasons.most_common()),
    )


def _reason(decisions: Iterable[Decision], ruling: Decision | None, texts: Mapping[int, str]) -> str:
    """Return why a publication was excluded: whoever excludes without a word does not unsay what another one wrote."""
    newest_first = sorted(decisions, key=lambda each: -each.id)
    excluding = [each for each in (ruling, *newest_first) if each is not None and each.choice == "exclude"]
    given = (texts.get(each.criterion or 0) or each.reason for each in excluding)
    return next(filter(None, given), "no reason given")
