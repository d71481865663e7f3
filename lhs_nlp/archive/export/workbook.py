"""A table as an Excel workbook, with its data dictionary in a second sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from lhs_nlp.archive.export.tables import Table
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.report.display import clipped
from lhs_nlp.report.table import spreadsheet_cell
from lhs_nlp.spreadsheet import MOST_CHARACTERS, MOST_ROWS

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_COLUMNS = 16_384
"""Columns of a sheet, by Excel's own limit."""

WIDTHS = {"text": 24, "list": 24, "time": 21}
"""Width of columns by their type, in characters."""
NARROW = 12
"""Width of the other columns."""

_NOT_IN_XML = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")


def write_workbook(table: Table, file: BinaryIO) -> None:
    """Write a table as XLSX: a sheet of rows, and the sheet `dictionary`.

    A text that would be taken for a formula is led by an apostrophe, one too long for a cell is cut,
    which ``[...]`` shows, lists are joined by ``;``, and times are text.

    Raises
    ------
    LhsNlpError
        The table is larger than a sheet may be.
    """
    from openpyxl import Workbook

    if len(table.columns) > MOST_COLUMNS:
        raise LhsNlpError(f"A sheet holds at most {MOST_COLUMNS:,} columns; export to Parquet, CSV or JSONL instead.")
    book = Workbook(write_only=True)
    widths = [WIDTHS.get(column.type, NARROW) for column in table.columns]
    rows = ([row.get(column.name) for column in table.columns] for row in table.rows)
    described = ((column.name, column.type, column.description) for column in table.columns)
    try:
        _fill(book.create_sheet(table.name), [column.name for column in table.columns], rows, widths)
        _fill(book.create_sheet("dictionary"), ["column", "type", "description"], described, [36, 12, 100])
    except BaseException:
        # A sheet that is left open complains when it is thrown away.
        for sheet in book:
            sheet.close()
        raise
    book.save(file)


def _fill(
    sheet: WriteOnlyWorksheet, head: list[str], rows: Iterable[Iterable[object]], widths: Iterable[float]
) -> None:
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.append(list(_headings(sheet, head)))
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise LhsNlpError(
                f"A sheet holds at most {MOST_ROWS:,} rows, and {sheet.title!r} has more; "
                "export to Parquet, CSV or JSONL instead."
            )
        sheet.append([_cell(value) for value in row])


def _headings(sheet: WriteOnlyWorksheet, names: Iterable[str]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for name in names:
        cell = WriteOnlyCell(sheet, _cell(name))
        cell.font = Font(bold=True)
        yield cell


def _cell(value: object) -> object:
    if isinstance(value, bool | int | float):
        return value
    cell = spreadsheet_cell(value)
    return clipped(cell, MOST_CHARACTERS).translate(_NOT_IN_XML) if isinstance(cell, str) else cell
