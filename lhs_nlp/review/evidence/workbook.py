"""Rows as an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from lhs_nlp.errors import ReviewError
from lhs_nlp.references.xml_fields import valid
from lhs_nlp.report.display import clipped
from lhs_nlp.report.table import spreadsheet_cell
from lhs_nlp.spreadsheet import MOST_CHARACTERS, MOST_ROWS


def rows_to_xlsx(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return a workbook of one sheet, its first row the names of the columns.

    A text that would be taken for a formula is led by an apostrophe; one too long for a cell is cut, which ``[...]``
    shows.

    Raises
    ------
    ReviewError
        There are more rows than a sheet holds.
    """
    from openpyxl import Workbook

    cells = [list(columns), *([_cell(row[column]) for column in columns] for row in rows)]
    if len(cells) > MOST_ROWS:
        raise ReviewError(f"A sheet holds at most {MOST_ROWS:,} rows; there are {len(cells):,}. Write CSV instead.")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for row in cells:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(value: object) -> object:
    cell = spreadsheet_cell(value)
    return clipped(valid(cell), MOST_CHARACTERS) if isinstance(cell, str) else cell
