"""References as comma-, semicolon- or tab-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Literal

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import table
from lhs_nlp.references.parsed import Content, Parsed
from lhs_nlp.references.table import added, values
from lhs_nlp.references.types import Fields

__all__ = ["added", "known_columns", "read", "values", "write"]

_DELIMITERS = (",", ";", "\t", "|")


def known_columns(text: str) -> int:
    """Return how many columns of a known meaning one of the first lines names; 0 when none of them is the title."""
    return _delimiter(text)[0]


def read(content: Content) -> Parsed:
    """Read every row below the names of the columns."""
    return table.parse(_rows(content.text, _delimiter(content.text)[1]))


def _rows(text: str, delimiter: str) -> list[table.Row]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    text = text.lstrip("\ufeff")
    if delimiter != "\t":
        return _split(text, delimiter, csv.QUOTE_MINIMAL)
    # Some programs quote no cells between tabs: a quotation mark at the head of a title is only that.
    try:
        rows = _split(text, delimiter, csv.QUOTE_MINIMAL)
        quoted = not any(delimiter in cell for _, cells in rows for cell in cells)
    except ReferencesError:
        quoted = False
    return rows if quoted else _split(text, delimiter, csv.QUOTE_NONE)


def _split(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[table.Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    rows: list[table.Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReferencesError(
            f"the row that begins in line {line} is damaged ({error}): look for a quotation mark that is not closed "
            "or not doubled."
        ) from error
    return rows


def _delimiter(text: str) -> tuple[int, str]:
    """Return the delimiter by which one of the first lines names the most known columns, and how many."""
    lines = text.lstrip("\ufeff")[:20_000].split("\n")
    return max(((_known(lines, delimiter), delimiter) for delimiter in _DELIMITERS), key=lambda found: found[0])


def _known(lines: Sequence[str], delimiter: str) -> int:
    rows = [(at, line.replace('"', "").split(delimiter)) for at, line in enumerate(lines, start=1)]
    head = table.head_in(rows)
    return 0 if head is None else sum(bool(table.role_of(cell)) for cell in rows[head][1])


def write(records: Sequence[Fields]) -> bytes:
    """Write a table (RFC 4180) that is safe to open in a spreadsheet; Excel knows its UTF-8 by the mark before it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(table.rows_of(records))
    return text.getvalue().encode("utf-8-sig", "replace")
