"""References as an Excel workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from lhs_nlp.documents.cells import cell_text
from lhs_nlp.documents.limits import DEFAULT_LIMITS
from lhs_nlp.documents.office import members
from lhs_nlp.errors import ReadError, ReferencesError
from lhs_nlp.references import table
from lhs_nlp.references.parsed import Content, Parsed, skipped_text
from lhs_nlp.references.table import added, values
from lhs_nlp.references.types import Fields
from lhs_nlp.references.xml_fields import valid
from lhs_nlp.spreadsheet import MOST_CHARACTERS, MOST_ROWS
from lhs_nlp.wording import counted

__all__ = ["added", "read", "values", "write"]


def read(content: Content) -> Parsed:
    """Read every row of the first sheet that names a title column; other sheets with content are reported."""
    sheets = _sheets(content.data)
    filled = [(name, rows) for name, rows in sheets if rows]
    if not filled:
        raise ReferencesError("the workbook holds no cells with text.", "empty")
    chosen = next((at for at, (_, rows) in enumerate(filled) if table.head_in(rows) is not None), 0)
    parsed = table.parse(filled[chosen][1])
    others = tuple(
        skipped_text(1, name, f"A sheet that was not read; it has {counted(len(rows), 'row')}.")
        for at, (name, rows) in enumerate(filled)
        if at != chosen
    )
    return Parsed(parsed.records, (*parsed.skipped, *others), parsed.warnings, parsed.columns)


def _sheets(data: bytes) -> list[tuple[str, list[table.Row]]]:
    from openpyxl import load_workbook

    try:
        if not any(name.startswith("xl/") for name in members(data, DEFAULT_LIMITS)):
            raise ReferencesError("an archive but no workbook; unpack it and give the files in it.", "unsupported")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            return [(sheet.title, _rows(sheet)) for sheet in book.worksheets]
        finally:
            book.close()
    except ReadError as error:
        raise ReferencesError(str(error), error.reason) from error
    except ReferencesError:
        raise
    except Exception as error:  # damaged workbooks raise whatever their parts' parsers do
        raise ReferencesError(f"the workbook is damaged ({error}); save it again.", "malformed") from error


def _rows(sheet: Any) -> list[table.Row]:  # noqa: ANN401 - the library has no types
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows = ((number, [_text(cell) for cell in cells]) for number, cells in enumerate(sheet.values, start=1))
    return [(number, _trimmed(cells)) for number, cells in rows if any(cells)]


def _trimmed(cells: list[str]) -> list[str]:
    """Return cells without the empty ones at the end: a sheet may be formatted far beyond its content."""
    return cells[: max(at for at, cell in enumerate(cells, start=1) if cell)]


def _text(cell: object) -> str:
    return re.sub(r"\r\n?", "\n", cell_text(cell))


def write(records: Sequence[Fields]) -> bytes:
    """Write a sheet of rows, every cell a text.

    Raises
    ------
    ReferencesError
        A text is too long for a cell, or the records are too many for a sheet: nothing is cut.
    """
    from openpyxl import Workbook

    # Before formulas are looked for: what replaces a character may end the blanks that lead one.
    rows = table.rows_of([tuple((valid(name), valid(text)) for name, text in fields) for fields in records])
    _check(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("references")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _check(rows: list[list[str]]) -> None:
    if len(rows) > MOST_ROWS:
        raise ReferencesError(
            f"a workbook holds at most {MOST_ROWS:,} rows, and these are {len(rows):,}. Write CSV.", "too_large"
        )
    long = [(at, len(cell), row) for row in rows[1:] for at, cell in enumerate(row) if len(cell) > MOST_CHARACTERS]
    if not long:
        return
    at, length, row = long[0]
    titles = (cell for name, cell in zip(rows[0], row, strict=True) if table.role_of(name) == "title")
    more = f" There are {counted(len(long), 'such cell')}." if len(long) > 1 else ""
    raise ReferencesError(
        f"a workbook holds at most {MOST_CHARACTERS:,} characters a cell, and {rows[0][at]!r} of the reference "
        f"{next(titles, '')[:80]!r} has {length:,}: it begins {row[at][:40]!r}.{more} Write CSV.",
        "too_large",
    )
