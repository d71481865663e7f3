"""`lhs-nlp tag`: files in, the benefits that they claim out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.options import FrameworkFile, Model, Output

if TYPE_CHECKING:
    from lhs_nlp.report import Failure
    from lhs_nlp.summary import DocumentSummary
    from lhs_nlp.tagger import Tagger


class TagFormat(StrEnum):
    """How summaries are shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    CSV = "csv"


def tag(
    files: Annotated[list[Path], typer.Argument(help="Documents, or folders that are walked; - reads standard input.")],
    format: Annotated[TagFormat, typer.Option("--format", "-f", help="How to show the result.")] = TagFormat.TEXT,
    output: Output = None,
    passages: Annotated[
        bool, typer.Option("--passages", help="Show all findings, not the best quotations alone.")
    ] = False,
    benefit: Annotated[
        list[str] | None,
        typer.Option("--benefit", "-b", help="Show this benefit alone; may be repeated.", metavar="ID"),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out quotations and findings that are less probable.")
    ] = 0.0,
    model: Model = None,
    framework: FrameworkFile = None,
    max_megabytes: Annotated[float, typer.Option(min=0.0, help="Refuse larger files.")] = 100.0,
    max_pages: Annotated[int, typer.Option(min=1, help="Refuse longer PDFs.")] = 2000,
) -> None:
    """Say which benefits documents claim, with quotations.

    Reads PDF, DOCX, HTML, Markdown, plain text and JATS XML, chosen by content. A file that
    cannot be read is named with its reason, and the others go on.
    """
    from lhs_nlp.cli.discover import discover
    from lhs_nlp.documents import Limits
    from lhs_nlp.report import Failure
    from lhs_nlp.summary import narrow
    from lhs_nlp.tagger import load

    paths = discover(files)
    tagger = load(model, framework, limits=Limits(megabytes=max_megabytes, pages=max_pages))
    benefits = _known(benefit or [], tagger)
    results: list[DocumentSummary | Failure] = []
    for result in _results(tagger, paths):
        if isinstance(result, Failure):
            typer.echo(f"lhs-nlp: {result.message}", err=True)
            results.append(result)
        else:
            results.append(narrow(result, benefits=benefits, min_probability=min_confidence))
    as_list = len(files) > 1 or files[0].is_dir()
    _write(results, format, output, passages=passages, as_list=as_list)
    if any(isinstance(result, Failure) for result in results):
        raise typer.Exit(1)


def _results(tagger: Tagger, paths: list[Path]) -> Iterator[DocumentSummary | Failure]:
    from lhs_nlp.errors import ReadError
    from lhs_nlp.report import Failure

    for path in paths:
        try:
            if str(path) == "-":
                yield tagger.tag_bytes(sys.stdin.buffer.read(), name="standard input")
            else:
                yield tagger.tag(path)
        except ReadError as error:
            yield Failure(str(path), error.reason, str(error))


def _known(benefits: list[str], tagger: Tagger) -> tuple[str, ...]:
    known = tagger.framework.benefit_ids
    for benefit in benefits:
        if benefit not in known:
            raise typer.BadParameter(f"{benefit!r} is none of {', '.join(known)}.", param_hint="--benefit")
    return tuple(benefits) or known


def _write(
    results: list[DocumentSummary | Failure], format: TagFormat, output: Path | None, *, passages: bool, as_list: bool
) -> None:
    from lhs_nlp import report
    from lhs_nlp.cli.output import opened

    with opened(output) as file:
        match format:
            case TagFormat.TEXT:
                report.print_text(results, file, passages=passages)
            case TagFormat.JSON:
                file.write(report.to_json_text(results, passages=passages, as_list=as_list))
            case TagFormat.HTML:
                file.write(report.to_html(results))
            case TagFormat.MARKDOWN:
                file.write(report.to_markdown(results, passages=passages))
            case TagFormat.CSV:
                file.write(report.to_csv(results, passages=passages))
