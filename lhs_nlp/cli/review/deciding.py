"""Several screeners: the project's rule, conflicts and their adjudication, agreement, and where screening stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from lhs_nlp.cli.options import Output, ResultFormat, TextOrJson, format_of
from lhs_nlp.cli.person import name_of
from lhs_nlp.cli.review.common import By, ProjectFolder, RecordNumber, keep_project
from lhs_nlp.cli.review.screening import AtStage, ByCriterion, Chosen, Reason, Stage

AGREEMENT_SCHEMA = "lhs-nlp/review-agreement/1"
STATUS_SCHEMA = "lhs-nlp/review-status/1"


class Conflicts(StrEnum):
    """What becomes of publications on which screeners differ."""

    ADJUDICATE = "adjudicate"
    INCLUDE = "include"


def rule(
    project: ProjectFolder,
    screeners: Annotated[
        int | None,
        typer.Option(
            min=1, max=20, help="How many must decide on a publication.", show_default="as it is", metavar="N"
        ),
    ] = None,
    conflicts: Annotated[
        Conflicts | None,
        typer.Option(help="Conflicts wait for an adjudicator, or are included.", show_default="as it is"),
    ] = None,
    by: By = None,
) -> None:
    """Show or change how decisions of several screeners become one.

    At first one screener is enough, and conflicts wait for an adjudicator.
    """
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.rule import Rule, rule_of, set_rule
    from lhs_nlp.wording import counted

    with Project(project) as opened:
        known = rule_of(opened)
        wanted = Rule(screeners or known.screeners, conflicts.value if conflicts else known.conflicts)
        if wanted != known:
            set_rule(opened, wanted, name_of(by))
        typer.echo(f"{counted(wanted.screeners, 'screener')} a publication; conflicts: {wanted.conflicts}.")


def conflicts(project: ProjectFolder, stage: AtStage = Stage.TITLE_ABSTRACT) -> None:
    """Show publications that one screener includes and another excludes, with what each of them said."""
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.decisions import criteria
    from lhs_nlp.review.screening.rule import conflicts
    from lhs_nlp.review.screening.text import conflict_lines

    with Project(project) as opened:
        found, texts = conflicts(opened, stage.value), {each.id: each.text for each in criteria(opened)}
        if not found:
            typer.echo("There are no conflicts.")
        for conflict in found:
            typer.echo("\n".join(conflict_lines(opened, conflict, texts)))


def resolve(
    project: ProjectFolder,
    record: RecordNumber,
    choice: Chosen,
    criterion: ByCriterion = None,
    reason: Reason = None,
    stage: AtStage = Stage.TITLE_ABSTRACT,
    by: By = None,
) -> None:
    """Decide between screeners; it counts for more than what they said, and `undo` takes it back.

    A maybe settles nothing: the conflict waits for somebody else, with what was said.
    """
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.rule import resolve
    from lhs_nlp.review.screening.text import decided_lines

    with Project(project) as opened:
        resolve(opened, record, choice.value, name_of(by), stage=stage.value, criterion=criterion, reason=reason)
        typer.echo("\n".join(decided_lines(opened, record, choice.value, stage.value)))


def agreement(
    project: ProjectFolder,
    stage: AtStage = Stage.TITLE_ABSTRACT,
    format: ResultFormat = None,
    output: Output = None,
) -> None:
    """Compare each two screeners: share of the same decisions, Cohen's kappa, with intervals.

    What somebody changed or took back after both had decided does not count, nor does what was adjudicated.
    """
    from lhs_nlp.cli.output import opened, write_json
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.agreement import agreement_of
    from lhs_nlp.review.screening.text import agreement_lines

    keep_project(project, output)
    chosen = format_of(format, output, TextOrJson.TEXT)
    with opened(output, data=chosen is TextOrJson.JSON) as file, Project(project) as source:
        pairs = agreement_of(source, stage.value)
        if chosen is TextOrJson.JSON:
            entries = [pair.to_dict() for pair in pairs]
            write_json(file, {"schema": AGREEMENT_SCHEMA, "stage": stage.value, "pairs": entries})
        else:
            file.write("\n".join(agreement_lines(pairs)) + "\n")


def status(
    project: ProjectFolder,
    stage: AtStage = Stage.TITLE_ABSTRACT,
    format: ResultFormat = None,
    output: Output = None,
) -> None:
    """Show where screening stands, and how many relevant publications may be left to find.

    The estimate takes what was screened last for a sample by chance of what was left, which is
    cautious where the ranking was followed (Callaghan and Müller-Hansen 2020).
    """
    from lhs_nlp.cli.output import opened, write_json
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.status import status_of
    from lhs_nlp.review.screening.text import status_lines

    keep_project(project, output)
    chosen = format_of(format, output, TextOrJson.TEXT)
    with opened(output, data=chosen is TextOrJson.JSON) as file, Project(project) as source:
        found = status_of(source, stage.value)
        if chosen is TextOrJson.JSON:
            write_json(file, {"schema": STATUS_SCHEMA, **found.to_dict()})
        else:
            file.write("\n".join(status_lines(found)) + "\n")
