"""Read passages to classify: JSON lines or CSV, row by row, each bad one with its reason."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TextIO

import typer

from lhs_nlp.documents import BLANK, holds_text
from lhs_nlp.documents.cells import delimiter_of, head_line, says_no_text

LONGEST = 1_000_000
"""Most characters of a line or a cell: bounds memory, and is far more than a passage has."""

_NOT_UTF8 = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One passage to classify, or the problem why it cannot be and its reason; an id of None is unknown."""

    id: str | int | None
    text: str = ""
    problem: str | None = None
    reason: str = "malformed"


class LineTooLongError(ValueError):
    """A line has more than `LONGEST` characters; it was skipped."""


def json_rows(file: TextIO) -> Iterator[Row]:
    """Yield a row for each line that is not blank; its number stands for a missing id."""
    number = 0
    while True:
        number += 1
        try:
            line = _line(file)
        except LineTooLongError as error:
            yield Row(None, problem=f"line {number}: {error}.")
            continue
        if not line:
            return
        if line.strip():
            yield _json_row(line, number)


def csv_rows(file: TextIO, text_column: str, id_column: str | None) -> Iterator[Row]:
    """Yield a row for each row below the head of a table; its number stands for the id without an id column.

    Its delimiter is a comma, a semicolon or a tab, whichever gives the columns.
    """
    csv.field_size_limit(LONGEST)
    table = _table(file, {text_column, id_column} - {None})
    _check_columns(table, text_column, id_column)
    number = 0
    while True:
        number += 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except (csv.Error, LineTooLongError) as error:
            yield Row(None if id_column else number, problem=f"row {number}: not read as CSV: {error}.")
        else:
            text = cells[text_column]
            said = None if text is None or says_no_text(text) else text
            yield _row(cells[id_column] if id_column else number, said, f"row {number}")


def _table(file: TextIO, wanted: Set[str | None]) -> csv.DictReader[str]:
    try:
        head = head_line(partial(_line, file))
    except LineTooLongError as error:
        raise typer.BadParameter(f"the table's head cannot be read as CSV: {error}.") from error
    lines = iter(partial(_line, file), "")
    return csv.DictReader(chain([head] if head else [], lines), delimiter=delimiter_of(head, wanted))


def _line(file: TextIO) -> str:
    """Return the next line, "" at the end."""
    line = file.readline(LONGEST + 1)
    if len(line) <= LONGEST:
        return line
    while line and not line.endswith("\n"):
        line = file.readline(LONGEST)
    raise LineTooLongError(f"longer than {LONGEST:,} characters; tag it as a document")


def _check_columns(table: csv.DictReader[str], *wanted: str | None) -> None:
    """Raise BadParameter when a table that has a head lacks a column, or has several of its name."""
    try:
        columns = table.fieldnames
    except (csv.Error, LineTooLongError) as error:
        raise typer.BadParameter(f"the table's head cannot be read as CSV: {error}.") from error
    for column in wanted:
        if column and columns is not None and column not in columns:
            raise typer.BadParameter(f"the table has no column {column!r}; it has {', '.join(columns)}.")
        if column and columns is not None and columns.count(column) > 1:
            raise typer.BadParameter(
                f"the table has {columns.count(column)} columns {column!r}; give each a name of its own."
            )


def _json_row(line: str, number: int) -> Row:
    place = f"line {number}"
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return Row(None, problem=f"{place}: not JSON (of CSV, name the column with --text-column).")
    if not isinstance(data, dict):
        return Row(None, problem=f"{place}: must be an object with a text.")
    return _row(number if data.get("id") is None else data["id"], data.get("text"), place)


def _row(row_id: object, text: object, place: str) -> Row:
    if isinstance(row_id, bool) or not isinstance(row_id, str | int):
        return Row(None, problem=f"{place}: `id` must be text or a whole number.")
    if not isinstance(text, str) or not holds_text(text):
        return Row(row_id, problem=f"{place}: {BLANK}", reason="empty")
    if _NOT_UTF8.search(text):
        return Row(row_id, problem=f"{place}: the text is not UTF-8; save the file as UTF-8.")
    return Row(row_id, text)
