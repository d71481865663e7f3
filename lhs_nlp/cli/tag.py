"""`lhs-nlp tag`: files in, the benefits that they claim out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from lhs_nlp.cli.input import STANDARD_INPUT, name_of, reading
from lhs_nlp.cli.options import AS_NAMED, FrameworkFile, Model, Output, finite, format_of
from lhs_nlp.cli.tag_view import TagFormat, View

if TYPE_CHECKING:
    from lhs_nlp.framework import Framework
    from lhs_nlp.report import Failure, Result
    from lhs_nlp.summary import DocumentSummary
    from lhs_nlp.tagger import Tagger


def tag(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Documents, or folders that are walked; - reads standard input.", metavar="FILE", readable=False
        ),
    ],
    format: Annotated[
        TagFormat | None, typer.Option("--format", "-f", help="How to show the result.", show_default=AS_NAMED)
    ] = None,
    output: Output = None,
    passages: Annotated[
        bool, typer.Option("--passages", help="Show all findings, not the best quotations alone.")
    ] = False,
    benefit: Annotated[
        list[str] | None,
        typer.Option("--benefit", "-b", help="Show this benefit alone; may be repeated.", metavar="ID"),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="Leave out quotations and findings that are less probable.", metavar="P"),
    ] = 0.0,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show the words that carried each quotation, and labelled passages like it; slower."
        ),
    ] = False,
    model: Model = None,
    framework: FrameworkFile = None,
    max_megabytes: Annotated[
        float, typer.Option(min=0.0, callback=finite, help="Refuse larger files.", metavar="MB")
    ] = 100.0,
    max_pages: Annotated[int, typer.Option(min=1, help="Refuse longer PDFs.", metavar="N")] = 2000,
) -> None:
    """Say which benefits documents claim, with quotations.

    Reads PDF, DOCX, HTML, Markdown, plain text, JATS XML and TEI XML (as of GROBID), chosen by content.
    A file that cannot be read is named with its reason, and the others go on: the exit code is then 1.
    """
    from lhs_nlp.archive import Account
    from lhs_nlp.cli.discover import discover
    from lhs_nlp.cli.output import complain, keep_inputs, opened
    from lhs_nlp.documents import Limits
    from lhs_nlp.report import Failure
    from lhs_nlp.tagger import load

    chosen = format_of(format, output, TagFormat.TEXT)
    _check(chosen, explain=explain)
    keep_inputs(output, framework, *files)
    account = Account()
    # Opened first: that the output cannot be written is to be known before the work is done.
    with opened(output, data=chosen is not TagFormat.TEXT) as file:
        tagger = load(model, framework, limits=Limits(megabytes=max_megabytes, pages=max_pages))
        view = View(chosen, passages, _known(benefit or [], tagger.framework), min_confidence)
        found = _results(tagger, discover(files, account.ignore, output=output))
        results, hidden = _shown(_named_aloud(found, chosen, output), view, tagger.explain if explain else None)
        as_list = len(files) > 1 or os.path.isdir(files[0])
        _write(results, chosen, file, passages=passages, as_list=as_list)
    for line in account.left_out():
        complain(line)
    if hidden:
        complain(view.hidden_line(hidden))
    if any(isinstance(result, Failure) for result in results):
        raise typer.Exit(1)


def _check(format: TagFormat, *, explain: bool) -> None:
    """Raise BadParameter for an option that is of no use with the format."""
    if explain and format is TagFormat.CSV:
        raise typer.BadParameter(
            "CSV has no room for explanations; take text, json, html or markdown.", param_hint="--explain"
        )


def _results(tagger: Tagger, found: Iterable[Path | Failure]) -> Iterator[Result]:
    """Tag what was found, one after the other; what cannot be read is a failure in its place."""
    from lhs_nlp.cli.collected import hint_of
    from lhs_nlp.cli.output import complain
    from lhs_nlp.errors import ReadError
    from lhs_nlp.report import Failure

    for entry in found:
        if isinstance(entry, Failure):
            yield entry
            continue
        name = name_of(entry)
        try:
            yield tagger.tag_bytes(_read_input(tagger), name) if entry == STANDARD_INPUT else tagger.tag(entry)
        except ReadError as error:
            yield Failure(name, error.reason, str(error))
        else:
            if hint := hint_of(name):
                complain(hint)


def _named_aloud(results: Iterable[Result], format: TagFormat, output: Path | None) -> Iterator[Result]:
    """Pass results on; say on standard error what failed, unless the text that is read there names it, too."""
    from lhs_nlp.cli.output import complain, is_where_errors_go
    from lhs_nlp.report import Failure

    aloud = format is not TagFormat.TEXT or not is_where_errors_go(output)
    for result in results:
        if aloud and isinstance(result, Failure):
            complain(result.message)
        yield result


def _shown(
    results: Iterable[Result], view: View, explain: Callable[[DocumentSummary], DocumentSummary] | None
) -> tuple[list[Result], int]:
    """Return what is to be shown of the results, explained if that is asked for, and how much of them is hidden."""
    from lhs_nlp.report import Failure

    shown: list[Result] = []
    hidden = 0
    for result in results:
        if isinstance(result, Failure):
            shown.append(result)
        else:
            hidden += view.hidden(result)
            summary = view.of(result)
            shown.append(explain(summary) if explain else summary)
    return shown, hidden


def _read_input(tagger: Tagger) -> bytes:
    """Read standard input, no more of it than shows that it is over the limit."""
    data = bytearray()
    with reading(STANDARD_INPUT):
        while not len(data) > tagger.limits.megabytes * 1e6 and (part := sys.stdin.buffer.read(1_000_000)):
            data += part
    return bytes(data)


def _known(benefits: list[str], framework: Framework) -> tuple[str, ...]:
    known = framework.benefit_ids
    for benefit in benefits:
        if benefit not in known:
            raise typer.BadParameter(f"{benefit!r} is none of {', '.join(known)}.", param_hint="--benefit")
    return tuple(benefits) or known


def _write(results: list[Result], format: TagFormat, file: TextIO, *, passages: bool, as_list: bool) -> None:
    from lhs_nlp import report

    match format:
        case TagFormat.TEXT:
            report.print_text(results, file, passages=passages)
        case TagFormat.JSON:
            file.write(report.to_json_text(results, passages=passages, as_list=as_list) + "\n")
        case TagFormat.HTML:
            file.write(report.to_html(results))
        case TagFormat.MARKDOWN:
            file.write(report.to_markdown(results, passages=passages))
        case TagFormat.CSV:
            file.write(report.to_csv(results, passages=passages))
