"""Screen references: criteria, decisions, what to read next, and how soon a ranking finds it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.options import Output, ResultFormat, TextOrJson, format_of
from lhs_nlp.cli.person import name_of
from lhs_nlp.cli.review.common import By, ProjectFolder, RecordNumber

SIMULATION_SCHEMA = "lhs-nlp/review-simulation/1"


class Choice(StrEnum):
    """What a screener decides."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"


class Stage(StrEnum):
    """What is decided on."""

    TITLE_ABSTRACT = "title_abstract"
    FULL_TEXT = "full_text"


class Learner(StrEnum):
    """What learns from decisions."""

    SVM = "svm"
    NAIVE_BAYES = "naive_bayes"


AtStage = Annotated[Stage, typer.Option("--stage", help="What is decided on.")]
Chosen = Annotated[Choice, typer.Argument(help="What is decided.")]
ByCriterion = Annotated[
    int | None, typer.Option("--criterion", help="Number of the criterion that decides.", metavar="N")
]
Reason = Annotated[str | None, typer.Option("--reason", help="Why, in your words.", metavar="TEXT")]


def criterion(
    project: ProjectFolder,
    include: Annotated[
        list[str] | None, typer.Option("--include", help="What includes a record; may be repeated.", metavar="TEXT")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", help="What excludes a record; may be repeated.", metavar="TEXT")
    ] = None,
    by: By = None,
) -> None:
    """Write down criteria, and show all with their numbers."""
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.decisions import add_criterion, criteria
    from lhs_nlp.review.screening.text import criterion_lines

    with Project(project) as opened:
        for text in include or []:
            add_criterion(opened, "include", text, name_of(by))
        for text in exclude or []:
            add_criterion(opened, "exclude", text, name_of(by))
        for line in criterion_lines(criteria(opened)):
            typer.echo(line)


def decide(
    project: ProjectFolder,
    record: RecordNumber,
    choice: Chosen,
    criterion: ByCriterion = None,
    reason: Reason = None,
    stage: AtStage = Stage.TITLE_ABSTRACT,
    by: By = None,
) -> None:
    """Include or exclude a record, and with it all records of its publication.

    Full texts count of what is included by title and abstract.
    """
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.decisions import decide
    from lhs_nlp.review.screening.text import decided_lines

    with Project(project) as opened:
        decide(opened, record, choice.value, name_of(by), stage=stage.value, criterion=criterion, reason=reason)
        typer.echo("\n".join(decided_lines(opened, record, choice.value, stage.value)))


def undo(project: ProjectFolder, by: By = None) -> None:
    """Take back your last decision; the one before it counts again."""
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.decisions import undo
    from lhs_nlp.review.screening.text import undone_line

    with Project(project) as opened:
        typer.echo(undone_line(undo(opened, name_of(by))))


def next(
    project: ProjectFolder,
    show: Annotated[int, typer.Option(min=1, help="Show this many.", metavar="N")] = 10,
    benefits: Annotated[
        bool, typer.Option("--benefits", help="Learn also from the benefits that were tagged.")
    ] = False,
    stage: AtStage = Stage.TITLE_ABSTRACT,
    by: Annotated[
        str | None,
        typer.Option("--by", help="What waits for this screener.", show_default="for anybody", metavar="NAME"),
    ] = None,
) -> None:
    """Show what to screen next: what is most like the included records first.

    The order is learned from all decisions each time, from the words of titles and abstracts and, while
    few records are included, from what titles mean. It needs one included record; the first time all
    titles are read, which takes a while where there are thousands.
    """
    from lhs_nlp.cli.progress import shown_steps
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.queue import queue_of
    from lhs_nlp.review.screening.text import queue_lines

    screener = None if by is None else name_of(by)
    with Project(project) as opened:
        with shown_steps() as on_progress:
            queue = queue_of(opened, stage.value, benefits=benefits, by=screener, on_progress=on_progress)
        typer.echo("\n".join(queue_lines(queue, show)))


def simulate(
    file: Annotated[Path, typer.Argument(help="Screened references: any format, also .gz.", metavar="FILE")],
    labels: Annotated[str, typer.Option(help="Column or tag of the decisions.", metavar="NAME")],
    included: Annotated[
        str | None,
        typer.Option(help="Value that means included.", show_default="include, yes, I, ...; else 1", metavar="TEXT"),
    ] = None,
    runs: Annotated[
        int, typer.Option(min=1, max=1000, help="Start this many times, from other records each.", metavar="N")
    ] = 5,
    learner: Annotated[Learner, typer.Option(help="What learns from decisions.")] = Learner.SVM,
    format: ResultFormat = None,
    output: Output = None,
) -> None:
    """Play a finished screening again, to see how soon the ranking would have found what was included.

    Shows the recall curve, the work saved over sampling at 95% recall (WSS@95), the recall after a tenth
    of the records (RRF@10) and the average time to discovery (ATD). Each run starts from one included
    and one excluded record by chance.
    """
    from lhs_nlp.cli.output import opened, write_json
    from lhs_nlp.review.simulation.replay import simulate_file
    from lhs_nlp.review.simulation.text import simulation_lines

    chosen = format_of(format, output, TextOrJson.TEXT)
    with opened(output, data=chosen is TextOrJson.JSON) as out:
        result = simulate_file(file, labels, included, runs=runs, learner=learner.value)
        if chosen is TextOrJson.JSON:
            write_json(out, {"schema": SIMULATION_SCHEMA, **result.to_dict()})
        else:
            out.write("\n".join(simulation_lines(result)) + "\n")
