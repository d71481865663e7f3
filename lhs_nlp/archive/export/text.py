"""A table as CSV or JSON lines, and its data dictionary as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from lhs_nlp.archive.export.columns import Column
from lhs_nlp.archive.export.tables import Table
from lhs_nlp.report.table import spreadsheet_cell


def write_csv(table: Table, file: BinaryIO) -> None:
    """Write a table as CSV (RFC 4180, UTF-8) that is safe to open in a spreadsheet.

    Lists are joined by ``;``, unknown values are empty, and a text that a spreadsheet would take
    for a formula is led by an apostrophe.
    """
    with as_text(file) as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([spreadsheet_cell(column.name) for column in table.columns])
        for row in table.rows:
            writer.writerow([spreadsheet_cell(row.get(column.name)) for column in table.columns])


def write_jsonl(table: Table, file: BinaryIO) -> None:
    """Write a table as one JSON object a line, each with all columns; unknown values are null."""
    with as_text(file) as text:
        for row in table.rows:
            values = {column.name: row.get(column.name) for column in table.columns}
            text.write(json.dumps(values, ensure_ascii=False, allow_nan=False) + "\n")


def write_dictionary(columns: Sequence[Column], file: BinaryIO) -> None:
    """Write what each column holds, as CSV: column, type, description."""
    with as_text(file) as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(["column", "type", "description"])
        writer.writerows(
            [spreadsheet_cell(value) for value in (column.name, column.type, column.description)] for column in columns
        )


@contextmanager
def as_text(file: BinaryIO) -> Iterator[TextIO]:
    """Write UTF-8 into a binary file that stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    try:
        yield text
    finally:
        text.detach()
