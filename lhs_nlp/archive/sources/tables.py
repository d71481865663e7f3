"""Rows of tables as documents: CSV, XLSX, Parquet and JSON lines, read row by row."""

from __future__ import annotations

from collections.abc import Iterator

from lhs_nlp.archive.sources.apart import cells_apart
from lhs_nlp.archive.sources.cells import Cells, reader_of
from lhs_nlp.archive.sources.reaching import unreachable
from lhs_nlp.archive.sources.types import LONGEST_METADATA, Bounds, Columns, File, Found, Item, failure
from lhs_nlp.documents import BLANK, Limits, holds_text
from lhs_nlp.documents.cells import cell_text, says_no_text
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.report.failure import Failure

_MOST_ROWS = 10_000_000
_APART = (".xlsx", ".xlsm", ".parquet")
"""Tables that libraries read: what a file makes of their memory and time is to cost that file alone."""


def is_table(name: str) -> bool:
    """Return whether a file's name is a table's."""
    return reader_of(name) is not None


def rows(table: File, columns: Columns, limits: Limits, bounds: Bounds) -> Iterator[Found]:
    """Yield each row of a table as a document of plain text; its other columns are its metadata.

    A row without text is a failure. A table that is damaged gives the rows before the damage,
    then a failure. Of rows with the same id the first one counts, and the others are failures that
    are named by their numbers, as a row without an id is.
    """
    try:
        yield from _rows(table, columns, _cells(table, columns, limits, bounds))
    except ReadError as error:
        yield failure(table.name, error)
    except LhsNlpError:
        raise  # no table's fault
    except Exception as error:  # damaged tables make the libraries below fail in many ways
        if isinstance(error, OSError) and error.errno:
            yield failure(table.name, unreachable(table.name, error))
            return
        why = str(error) or type(error).__name__
        yield Failure(table.name, "malformed", f"{table.name}: not read as a table ({why}); save it again.")


def _rows(table: File, columns: Columns, found: Iterator[Cells | ReadError]) -> Iterator[Found]:
    # A number alone could be another row's id.
    by_number = f"{table.name}#row " if columns.id else f"{table.name}#"
    seen: set[str] = set()
    for number, cells in enumerate(found, start=1):
        if number > _MOST_ROWS:
            raise ReadError(f"{table.name}: has more than {_MOST_ROWS:,} rows; split it.", "too_large")
        if isinstance(cells, ReadError):
            place = f"{by_number}{number}"
            yield Failure(place, cells.reason, f"{place}: {cells}")
            continue
        row_id = _known(cells.get(columns.id)) if columns.id else ""
        if row_id in seen:
            yield _repeat(f"{by_number}{number}", row_id)
            continue
        if row_id.strip():
            seen.add(row_id)
        yield _row(f"{table.name}#{row_id}" if row_id.strip() else f"{by_number}{number}", cells, columns)


def _cells(table: File, columns: Columns, limits: Limits, bounds: Bounds) -> Iterator[Cells | ReadError]:
    read = reader_of(table.path)
    assert read is not None  # noqa: S101 - the caller asked `is_table`
    if table.path.lower().endswith(_APART):
        return cells_apart(table, columns, limits, bounds)
    return read(table, columns, limits)


def _known(cell: object) -> str:
    """Return a cell as text, "" for one that says that there is no value."""
    text = cell_text(cell)
    return "" if says_no_text(text) else text


def _repeat(name: str, row_id: str) -> Failure:
    message = (
        f"{name}: an earlier row has the id {row_id!r} as well, and that one counts; give each row an id of its own."
    )
    return Failure(name, "malformed", message)


def _row(name: str, cells: Cells, columns: Columns) -> Found:
    text = _known(cells.get(columns.text or ""))
    if not holds_text(text):
        return Failure(name, "empty", f"{name}: {BLANK}")
    data = text.encode("utf-8", "replace")
    metadata = {
        column: value[:LONGEST_METADATA]
        for column, cell in cells.items()
        if column not in (columns.text, columns.id) and (value := cell_text(cell).strip())
    }
    return Item(name, lambda: data, is_text=True, metadata=metadata)
