"""Gather references: make a project, add files, find duplicates, write for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.person import name_of
from lhs_nlp.cli.review.common import By, ProjectFolder, RecordNumber, keep_project
from lhs_nlp.wording import counted


class DuplicatesOption(StrEnum):
    """What is written of duplicates."""

    KEEP = "keep"
    MERGE = "merge"


class Decided(StrEnum):
    """What was decided on a publication in the end."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    UNDECIDED = "undecided"


class TableFormat(StrEnum):
    """How rows are shown."""

    TEXT = "text"
    CSV = "csv"


def init(project: ProjectFolder) -> None:
    """Make a project: a folder with a database of references and decisions."""
    from lhs_nlp.review.project import Project

    with Project(project, new=True):
        typer.echo(f"{project}: made. Add references with `lhs-nlp review add {project} FILE...`.")


def add(
    project: ProjectFolder,
    files: Annotated[
        list[Path],
        typer.Argument(help="Exports of databases or reference managers.", metavar="FILE", readable=False),
    ],
    by: By = None,
) -> None:
    """Add files of references; one that was added before adds nothing.

    Reads what `lhs_nlp.references` reads: RIS, nbib, BibTeX, PubMed and EndNote XML, Zotero RDF,
    CSL-JSON, CSV and XLSX, chosen by content. A file that cannot be read is named with its reason, and the others
    go on: the exit code is then 1.
    """
    from lhs_nlp.cli.output import complain
    from lhs_nlp.errors import ReferencesError
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.adding import add_file
    from lhs_nlp.review.project.text import added_lines, grouping_line

    failed = False
    with Project(project) as opened:
        for file in files:
            try:
                added = add_file(opened, file, name_of(by))
            except ReferencesError as error:
                complain(str(error))
                failed = True
            else:
                typer.echo("\n".join(added_lines(added)))
        typer.echo(grouping_line(opened.work_out_duplicates()))
    if failed:
        raise typer.Exit(1)


def duplicates(
    project: ProjectFolder,
    show: Annotated[
        int, typer.Option(min=0, max=1_000_000, help="Show this many pairs of each kind.", metavar="N")
    ] = 10,
    format: Annotated[TableFormat, typer.Option("--format", "-f", help="How to show them.")] = TableFormat.TEXT,
) -> None:
    """Show which records were taken for one publication and why, the least sure first.

    CSV has all pairs. Nothing is removed: `lhs-nlp review judge` joins or parts two records by hand.
    """
    from lhs_nlp.cli.output import opened
    from lhs_nlp.report.table import rows_to_csv
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.text import grouping_line, likely_lines

    with Project(project) as source, opened(None, data=format is TableFormat.CSV) as file:
        pairs = source.likely()
        if format is TableFormat.CSV:
            columns = ("first", "second", "score", "reason", "joined")
            file.write(rows_to_csv(columns, ({name: getattr(pair, name) for name in columns} for pair in pairs)))
            return
        lines = [grouping_line(source.work_out_duplicates()), *likely_lines(source, pairs, show)]
        file.write("\n".join(lines) + "\n")


def judge(
    project: ProjectFolder,
    first: RecordNumber,
    second: RecordNumber,
    same: Annotated[
        bool | None,
        typer.Option("--same/--apart", help="They are of one publication, or are not.", show_default="undo"),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why.", metavar="TEXT")] = None,
    by: By = None,
) -> None:
    """Say that two records are of one publication, or are not; without either, take back what was said."""
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.text import grouping_line

    with Project(project) as opened:
        opened.judge((first, second), name_of(by), same=same, reason=reason)
        typer.echo(grouping_line(opened.work_out_duplicates()))


def export(
    project: ProjectFolder,
    to: Annotated[
        Path,
        typer.Option("--to", "-o", help="Write to this file, whole or not at all.", metavar="FILE"),
    ],
    duplicates: Annotated[
        DuplicatesOption,
        typer.Option(help="Write one reference a publication, or every record as it was read."),
    ] = DuplicatesOption.MERGE,
    only: Annotated[
        Decided | None, typer.Option("--only", help="Only what was decided so.", show_default="all")
    ] = None,
    tags: Annotated[
        bool, typer.Option("--tags", help="Add the benefits that were found as keywords and notes.")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="What to write: ris, nbib, bibtex, pubmed, endnote, zotero, csl, csv, xlsx.",
            show_default="as the file's name ends",
            metavar="FORMAT",
        ),
    ] = None,
) -> None:
    """Write the references for another program: RIS, nbib, BibTeX, XML, RDF, CSL-JSON, CSV or XLSX.

    A merged reference is the fullest record of a publication, with what it lacks from the others and
    the keywords of all; in BibTeX and CSL-JSON it has the key that it has in the evidence table. With
    --tags, each benefit that is claimed is a keyword that begins with "benefit: ", and its best quotation
    a note. With --only, the last stage that was decided on counts; what is a maybe, in conflict or waits
    for another screener is undecided.
    """
    from lhs_nlp.cli.output import opened
    from lhs_nlp.references import format_of_suffix, reference_bytes
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.exporting import references_of
    from lhs_nlp.review.screening.rule import numbers_of
    from lhs_nlp.review.tagging.export import tagged_references_of

    keep_project(project, to)
    name = format or format_of_suffix(to.suffix)
    with Project(project) as source:
        chosen = tagged_references_of if tags else references_of
        numbers = numbers_of(source, only.value) if only else None
        references = chosen(source, merge=duplicates is DuplicatesOption.MERGE, only=numbers, format=name)
    data = reference_bytes(references, name)
    with opened(to) as file:
        file.buffer.write(data)
    typer.echo(f"{to}: {counted(len(references), 'reference')}.")
