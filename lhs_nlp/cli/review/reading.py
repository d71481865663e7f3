"""Read what was gathered: benefits, search, evidence table, counts for PRISMA."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from lhs_nlp.cli.options import AS_NAMED, FrameworkFile, Model, Output, check_ending, format_of
from lhs_nlp.cli.review.common import ProjectFolder, keep_project

FLOW_SCHEMA = "lhs-nlp/review-flow/1"


class FlowFormat(StrEnum):
    """How the flow of records is shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    SVG = "svg"


def tag(project: ProjectFolder, model: Model = None, framework: FrameworkFile = None) -> None:
    """Tag publications with the benefits that they claim, by full text where one is attached.

    Others are tagged by title and abstract; so are those whose full text cannot be read, which are
    named with the reason: the exit code is then 1. A run that was stopped is taken up where it was.
    Results are in PROJECT/results.sqlite, a store that every command reads that takes one, e.g.
    `lhs-nlp export` and `lhs-nlp report`.
    """
    from lhs_nlp.cli.output import complain
    from lhs_nlp.review.full_texts.text import rival_lines
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.text import no_references_line
    from lhs_nlp.review.tagging.results import results_path
    from lhs_nlp.review.tagging.run import tag_project
    from lhs_nlp.tagger import load
    from lhs_nlp.wording import counted

    with Project(project) as opened:
        done = tag_project(opened, load(model, framework))
        said = f"{counted(done.tagged, 'publication')} tagged, {done.skipped:,} done before"
        for message in (*rival_lines(opened), *done.unread):
            complain(message)
        if done.tagged or done.skipped or done.without_text:
            typer.echo(f"{results_path(opened)}: {said}, {done.without_text:,} without title and abstract.")
        else:
            typer.echo(no_references_line(opened))
    if done.unread:
        raise typer.Exit(1)


def search(
    project: ProjectFolder,
    text: Annotated[str, typer.Argument(help="Words, or a sentence.", metavar="TEXT")],
    show: Annotated[int, typer.Option(min=1, help="Show this many.", metavar="N")] = 10,
    words: Annotated[bool, typer.Option("--words", help="Search by words alone.")] = False,
) -> None:
    """Find publications by words and by meaning.

    The first search by meaning makes a vector of each title and abstract, which takes a while; they
    are kept in the project.
    """
    from lhs_nlp.bundle import general_encoder
    from lhs_nlp.cli.progress import shown_steps
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.publications import publications_of
    from lhs_nlp.review.searching.hits import search
    from lhs_nlp.review.searching.meaning import likeness_to
    from lhs_nlp.review.searching.text import hit_lines

    with Project(project) as opened:
        publications, likeness = publications_of(opened), None
        # By meaning, something is always the nearest, also to nothing.
        if not words and text.strip():
            with shown_steps() as on_progress:
                likeness = likeness_to(text, opened, publications, *general_encoder(), on_progress)
        typer.echo("\n".join(hit_lines(search(opened, text, publications, likeness), show)))


def evidence(
    project: ProjectFolder,
    included: Annotated[bool, typer.Option("--included", help="Only what was included.")] = False,
    every: Annotated[bool, typer.Option("--every", help="Benefits that are not claimed, too.")] = False,
    output: Output = None,
) -> None:
    """Write the evidence table: a row a publication and benefit, with its best quotation.

    CSV, or a workbook when the output's name ends in .xlsx. Publications without results are counted
    on standard error.
    """
    from lhs_nlp.archive.export.workbook import Sheet, write_sheets
    from lhs_nlp.cli.output import complain, opened
    from lhs_nlp.report.table import rows_to_csv
    from lhs_nlp.review.evidence.cited import cited_in
    from lhs_nlp.review.evidence.table import COLUMNS, rows_of
    from lhs_nlp.review.project import Project
    from lhs_nlp.wording import counted

    check_ending(output, "csv", "xlsx")
    keep_project(project, output)
    with opened(output) as file, Project(project) as source:
        _, found = cited_in(source, "included" if included else "all")
        rows = rows_of(found, claimed=not every)
        if output is not None and output.suffix.casefold() == ".xlsx":
            write_sheets([Sheet("evidence", COLUMNS, rows)], file.buffer)
        else:
            file.write(rows_to_csv(COLUMNS, rows))
    if untagged := sum(cited.stored is None for cited in found):
        complain(f"Without text, or not tagged yet: {counted(untagged, 'publication')}.")


def flow(
    project: ProjectFolder,
    format: Annotated[
        FlowFormat | None,
        typer.Option("--format", "-f", help="How to show it.", show_default=AS_NAMED),
    ] = None,
    output: Output = None,
) -> None:
    """Count records for the PRISMA 2020 flow diagram, or draw it: identified, duplicates, screened, included."""
    from lhs_nlp.cli.output import opened, write_json
    from lhs_nlp.review.flow.chart import flow_to_html, flow_to_svg
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.screening.counts import flow_of
    from lhs_nlp.review.screening.text import flow_lines

    keep_project(project, output)
    chosen = format_of(format, output, FlowFormat.TEXT)
    with opened(output, data=chosen is not FlowFormat.TEXT) as file, Project(project) as source:
        counts = flow_of(source)
        if chosen is FlowFormat.JSON:
            write_json(file, {"schema": FLOW_SCHEMA, **counts.to_dict()})
        elif chosen is FlowFormat.TEXT:
            file.write("\n".join(flow_lines(counts)) + "\n")
        else:
            file.write(flow_to_html(counts) if chosen is FlowFormat.HTML else flow_to_svg(counts))
