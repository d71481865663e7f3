"""Results for people at a terminal: readable at 80 columns, in ASCII, and without colour."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderResult

from lhs_nlp.report.failure import Failure, Result, each
from lhs_nlp.report.signs import signs_for
from lhs_nlp.report.terminal_page import TerminalPage

MEASURE = 100
"""Widest line in columns: longer ones are hard to read."""


def to_text(
    results: Result | Iterable[Result],
    *,
    passages: bool = False,
    width: int = 80,
    colour: bool = False,
    encoding: str = "utf-8",
) -> str:
    """Return results as plain text, one after another.

    Parameters
    ----------
    results
        One result or several.
    passages
        Quote all findings, not the best quotations alone.
    width
        Columns of the terminal or page.
    colour
        Add the codes by which terminals change colour.
    encoding
        Encoding of where the text goes; the text holds only what it can write.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
    )
    _print(results, console, passages=passages, encoding=encoding)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def print_text(results: Result | Iterable[Result], file: TextIO, *, passages: bool = False) -> None:
    """Write results to a file as it can take them: in colour and as wide as it is when it is a terminal.

    Parameters
    ----------
    results, passages
        As for `to_text`.
    file
        Where to write, e.g. ``sys.stdout``. ``NO_COLOR`` and ``FORCE_COLOR`` are respected.
    """
    console, encoding = Console(file=file), file.encoding or "utf-8"
    if console.is_terminal:
        _print(results, console, passages=passages, encoding=encoding)
    else:
        file.write(to_text(results, passages=passages, encoding=encoding))


def _print(results: Result | Iterable[Result], console: Console, *, passages: bool, encoding: str) -> None:
    for number, result in enumerate(each(results)):
        if number:
            console.print()
        console.print(TerminalReport(result, passages=passages, encoding=encoding))


@dataclass(frozen=True, slots=True)
class TerminalReport:
    """A result that a rich console can print: ``console.print(TerminalReport(summary))``.

    Attributes
    ----------
    result
        The summary of a document, or why there is none.
    passages
        Quote all findings, not the best quotations alone.
    encoding
        Encoding to keep to; None for that of the console.
    """

    result: Result
    passages: bool = False
    encoding: str | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        page = TerminalPage(console, min(options.max_width, MEASURE), signs_for(self.encoding or options.encoding))
        if isinstance(self.result, Failure):
            yield from page.failure(self.result)
        else:
            yield from page.summary(self.result, passages=self.passages)
