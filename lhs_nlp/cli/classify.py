"""`lhs-nlp classify`: passages in, probabilities out, line by line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from lhs_nlp.cli.options import FrameworkFile, Model, Output

if TYPE_CHECKING:
    from lhs_nlp.tagger import Tagger

_ROWS_PER_CALL = 512


@dataclass(frozen=True, slots=True)
class Row:
    """One passage to classify, or the reason why it cannot be."""

    id: object
    text: str = ""
    problem: str | None = None


def classify(
    file: Annotated[Path, typer.Argument(help="JSON lines, or CSV with --text-column; - reads standard input.")] = Path(
        "-"
    ),
    output: Output = None,
    text_column: Annotated[str | None, typer.Option(help="Read CSV; the passage is in this column.")] = None,
    id_column: Annotated[
        str | None, typer.Option(help="Of CSV: the id is in this column, else the row's number.")
    ] = None,
    model: Model = None,
    framework: FrameworkFile = None,
) -> None:
    """Classify passages: JSON lines {"id", "text"} in, JSON lines of probabilities out, in order.

    A text longer than a passage is split, and its strongest passage stands for each benefit.
    A line that cannot be read is answered by a line with the reason, and the others go on.
    """
    from lhs_nlp.cli.output import opened
    from lhs_nlp.tagger import load

    failed = 0
    with ExitStack() as stack:
        lines = _opened_input(file, stack)
        rows = _csv_rows(lines, text_column, id_column) if text_column else _json_rows(lines)
        tagger = load(model, framework)
        out = stack.enter_context(opened(output))
        while batch := list(islice(rows, _ROWS_PER_CALL)):
            for row, result in zip(batch, _classified(tagger, batch), strict=True):
                if row.problem:
                    failed += 1
                    typer.echo(f"lhs-nlp: {row.problem}", err=True)
                out.write(json.dumps({"id": row.id} | result, ensure_ascii=False) + "\n")
    if failed:
        raise typer.Exit(1)


def _opened_input(file: Path, stack: ExitStack) -> TextIO:
    from lhs_nlp.errors import LhsNlpError

    if str(file) == "-":
        return sys.stdin
    try:
        return stack.enter_context(file.open(encoding="utf-8-sig", errors="replace", newline=""))
    except OSError as error:
        raise LhsNlpError(f"{file}: cannot be read ({error.strerror}).") from error


def _json_rows(lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _json_row(line, number)


def _json_row(line: str, number: int) -> Row:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return Row(None, problem=f"line {number}: not JSON.")
    if not isinstance(data, dict):
        return Row(None, problem=f"line {number}: must be an object with a text.")
    return _row(data.get("id", number), data.get("text"), f"line {number}")


def _csv_rows(lines: TextIO, text_column: str, id_column: str | None) -> Iterator[Row]:
    csv.field_size_limit(20_000_000)
    reader = csv.DictReader(lines)
    for column in (text_column, id_column):
        if column and column not in (reader.fieldnames or ()):
            raise typer.BadParameter(f"no column {column!r}; there are {', '.join(reader.fieldnames or ())}.")
    for number, data in enumerate(reader, 1):
        yield _row(data[id_column] if id_column else number, data[text_column], f"row {number}")


def _row(row_id: object, text: object, place: str) -> Row:
    if not isinstance(text, str) or not text.strip():
        return Row(row_id, problem=f"{place}: `text` is missing or blank.")
    return Row(row_id, text)


def _classified(tagger: Tagger, rows: list[Row]) -> Iterator[dict[str, Any]]:
    results = iter(tagger.classify_texts([row.text for row in rows if not row.problem]))
    for row in rows:
        yield {"error": {"reason": "malformed", "message": row.problem}} if row.problem else next(results)
