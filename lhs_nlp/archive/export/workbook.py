"""Rows as an Excel workbook; a table of a store with its data dictionary in a second sheet."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

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
_DICTIONARY = ("column", "type", "description")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    name, columns
        What it and its columns are called.
    rows
        Column to value; a column that a row lacks is empty.
    widths
        Of columns, in characters; those that are left out have the width that Excel gives them.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Mapping[str, object]]
    widths: Sequence[float] = ()


def write_workbook(table: Table, file: BinaryIO) -> None:
    """Write a table as XLSX: a sheet of rows, and the sheet `dictionary`; see `write_sheets`.

    Raises
    ------
    LhsNlpError
        The table is larger than a sheet may be.
    """
    names = [column.name for column in table.columns]
    widths = [WIDTHS.get(column.type, NARROW) for column in table.columns]
    described = [(column.name, column.type, column.description) for column in table.columns]
    dictionary = (dict(zip(_DICTIONARY, row, strict=True)) for row in described)
    sheets = (Sheet(table.name, names, table.rows, widths), Sheet("dictionary", _DICTIONARY, dictionary, (36, 12, 100)))
    write_sheets(sheets, file, instead="export to Parquet, CSV or JSONL")


def write_sheets(sheets: Iterable[Sheet], file: BinaryIO, *, instead: str = "write CSV") -> None:
    """Write sheets as XLSX, the first row of each the names of its columns.

    A text that would be taken for a formula is led by an apostrophe, one too long for a cell is cut,
    which ``[...]`` shows, lists are joined by ``;``, and times are text.

    Parameters
    ----------
    sheets
        In their order.
    file
        Where to.
    instead
        What to do when a sheet is too small.

    Raises
    ------
    LhsNlpError
        A sheet would be larger than it may be, or the folder of temporary files is full.
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    try:
        for sheet in sheets:
            _fill(book.create_sheet(sheet.name), sheet, instead)
        for filled in book:
            filled.close()
    except BaseException as error:
        # A sheet that is left open complains when it is thrown away.
        for opened in book:
            with suppress(SerialisationError):
                opened.close()
        if isinstance(error, SerialisationError):
            raise _no_room(error) from error
        raise
    # Closed here, and not when it is thrown away: by then the file may be closed, and it would complain of that.
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def _no_room(error: Exception) -> LhsNlpError:
    """Return what to say of a temporary file of a sheet that could not be written; lxml names the error's number."""
    number = getattr(errno, str(error).removeprefix("IO_"), None)
    why = os.strerror(number) if number else str(error)
    return LhsNlpError(
        f"{gettempdir()}: the sheets cannot be written there before they become a workbook ({why}); "
        "make room, or set TMPDIR to another folder."
    )


def _fill(written: WriteOnlyWorksheet, sheet: Sheet, instead: str) -> None:
    from openpyxl.utils import get_column_letter

    if len(sheet.columns) > MOST_COLUMNS:
        raise LhsNlpError(f"A sheet holds at most {MOST_COLUMNS:,} columns; {instead} instead.")
    for at, width in enumerate(sheet.widths, start=1):
        written.column_dimensions[get_column_letter(at)].width = width
    written.freeze_panes = "A2"
    written.append(list(_headings(written, sheet.columns)))
    for number, row in enumerate(sheet.rows, start=2):
        if number > MOST_ROWS:
            raise LhsNlpError(
                f"A sheet holds at most {MOST_ROWS:,} rows, and {sheet.name!r} has more; {instead} instead."
            )
        written.append([_cell(row.get(column)) for column in sheet.columns])


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
