"""Summarise a review: evidence map, digest."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.options import Output, format_of
from lhs_nlp.cli.review.common import ProjectFolder, keep_project
from lhs_nlp.wording import counted

Included = Annotated[bool, typer.Option("--included", help="Only what was included.")]
Title = Annotated[str | None, typer.Option(help="Title of the page.", metavar="TEXT")]


class MapFormat(StrEnum):
    """How an evidence map is written."""

    HTML = "html"
    CSV = "csv"


def map(
    project: ProjectFolder,
    included: Included = False,
    format: Annotated[
        MapFormat | None,
        typer.Option("--format", "-f", help="How to write it.", show_default="as the file's name ends, else html"),
    ] = None,
    title: Title = None,
    output: Output = None,
) -> None:
    """Map the evidence: benefits by year, design and setting, with the publications behind each bubble.

    Design and setting are what a reference states in its keywords, type, title or abstract; where it
    states none, it counts as "not stated". HTML is one file that needs no network and no script.
    """
    from lhs_nlp.cli.output import opened
    from lhs_nlp.report.table import rows_to_csv
    from lhs_nlp.review.evidence.map import MAP_COLUMNS, map_of, map_rows
    from lhs_nlp.review.evidence.map_html import map_to_html
    from lhs_nlp.review.project import Project

    keep_project(project, output)
    chosen = format_of(format, output, MapFormat.HTML)
    with opened(output) as file, Project(project) as source:
        evidence = map_of(source, "included" if included else "all")
        if chosen is MapFormat.CSV:
            file.write(rows_to_csv(MAP_COLUMNS, map_rows(evidence)))
        else:
            file.write(map_to_html(evidence, title))


def digest(
    project: ProjectFolder,
    to: Annotated[
        Path,
        typer.Option("--to", "-o", help="Write to this file: .html, .docx or .md.", metavar="FILE"),
    ],
    included: Included = False,
    quotations: Annotated[int, typer.Option(min=0, max=10_000, help="Most quotations of a benefit.", metavar="N")] = 10,
    title: Title = None,
) -> None:
    """Write what the publications say of each benefit: counts, key concepts and quotations, all cited by key.

    The name's ending chooses the format. Beside digest.md, the BibTeX file digest-cited.bib holds what is
    cited: `pandoc --citeproc digest.md` sets it in any style.
    """
    from lhs_nlp.cli.output import opened
    from lhs_nlp.errors import LhsNlpError
    from lhs_nlp.review.digest.digest import digest_of
    from lhs_nlp.review.digest.docx import digest_to_docx
    from lhs_nlp.review.digest.html import digest_to_html
    from lhs_nlp.review.digest.markdown import digest_bibtex, digest_to_markdown
    from lhs_nlp.review.project import Project

    keep_project(project, to)
    ending, beside = to.suffix.casefold(), to.with_name(f"{to.stem}-cited.bib")
    if ending not in (".html", ".docx", ".md"):
        raise LhsNlpError(f"{to}: a digest is written as .html, .docx or .md; choose one of these endings.")
    with Project(project) as source:
        found = digest_of(source, "included" if included else "all", title=title, quotations=quotations)
    with opened(to) as file:
        if ending == ".docx":
            file.buffer.write(digest_to_docx(found))
        else:
            file.write(digest_to_html(found) if ending == ".html" else digest_to_markdown(found, beside.name))
    if ending == ".md":
        with opened(beside) as file:
            file.buffer.write(digest_bibtex(found))
    cited = f"{len(found.references):,} cited" if found.references else "none cited, as none claims a benefit"
    typer.echo(f"{to}: {counted(found.publications, 'publication')}, {cited}.")
