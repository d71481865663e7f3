"""Rows of tables as documents: CSV, XLSX, Parquet and JSON lines, read row by row."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from lhs_nlp.archive.sources.types import Columns, File, Found, Item, failure, unreachable
from lhs_nlp.documents import BLANK, Limits, holds_text
from lhs_nlp.documents.cells import cell_text
from lhs_nlp.errors import ReadError
from lhs_nlp.report.failure import Failure

Cells = Mapping[str, object]
"""A row: column to value."""

_LONGEST_METADATA = 1000
_ROWS_AT_ONCE = 200
_DELIMITERS = ",;\t"
_AS_CP1252 = "lhs_nlp.cp1252"  # the error handler of `documents.text`: what is not UTF-8 is Windows-1252


def is_table(name: str) -> bool:
    """Return whether a file's name is a table's."""
    return _reader(name) is not None


def rows(table: File, columns: Columns, limits: Limits) -> Iterator[Found]:
    """Yield each row of a table as a document of plain text; its other columns are its metadata.

    A row without text is a failure. A table that is damaged gives the rows before the damage,
    then a failure. Of rows with the same id the first one counts, and the others are failures that
    are named by their numbers, as a row without an id is.
    """
    read = _reader(table.path)
    assert read is not None  # noqa: S101 - the caller asked `is_table`
    # A number alone could be another row's id.
    by_number = f"{table.name}#row " if columns.id else f"{table.name}#"
    seen: set[str] = set()
    try:
        for number, cells in enumerate(read(table, columns, limits), start=1):
            if isinstance(cells, ReadError):
                yield failure(f"{by_number}{number}", cells)
                continue
            row_id = cell_text(cells.get(columns.id)) if columns.id else ""
            if row_id in seen:
                yield _repeat(f"{by_number}{number}", row_id)
                continue
            if row_id.strip():
                seen.add(row_id)
            yield _row(f"{table.name}#{row_id}" if row_id.strip() else f"{by_number}{number}", cells, columns)
    except ReadError as error:
        yield failure(table.name, error)
    except Exception as error:  # damaged tables make the libraries below fail in many ways
        if isinstance(error, OSError) and error.errno:
            yield failure(table.name, unreachable(table.name, error))
            return
        why = str(error) or type(error).__name__
        yield Failure(table.name, "malformed", f"{table.name}: not read as a table ({why}); save it again.")


def _repeat(name: str, row_id: str) -> Failure:
    message = (
        f"{name}: an earlier row has the id {row_id!r} as well, and that one counts; give each row an id of its own."
    )
    return Failure(name, "malformed", message)


def _row(name: str, cells: Cells, columns: Columns) -> Found:
    text = cell_text(cells.get(columns.text or ""))
    if not holds_text(text):
        return Failure(name, "empty", f"{name}: {BLANK}")
    data = text.encode("utf-8", "replace")
    metadata = {
        column: value[:_LONGEST_METADATA]
        for column, cell in cells.items()
        if column not in (columns.text, columns.id) and (value := cell_text(cell).strip())
    }
    return Item(name, lambda: data, is_text=True, metadata=metadata)


def _check(name: str, found: Iterable[object], columns: Columns) -> None:
    """Raise ReadError when a column is missing."""
    known = [str(column) for column in found if column is not None]
    for column in filter(None, (columns.text, columns.id)):
        if column not in known:
            raise ReadError(f"{name}: has no column {column!r}; it has {', '.join(known) or 'none'}.", "malformed")


def _csv(table: File, columns: Columns, limits: Limits) -> Iterator[Cells]:
    csv.field_size_limit(limits.characters)
    with table.seekable() as file:
        marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        file.seek(0)
        encoding, errors = ("utf-16", "replace") if marked else ("utf-8-sig", _AS_CP1252)
        with io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="") as text:
            head = text.readline(limits.characters)
            delimiter = "\t" if table.path.lower().endswith(".tsv") else _delimiter(head, columns)
            lines = csv.DictReader(chain([head], text), restkey="", delimiter=delimiter)
            _check(table.name, lines.fieldnames or (), columns)
            yield from lines


def _delimiter(head: str, columns: Columns) -> str:
    """Return the delimiter by which a head has the columns that are wanted, else the most frequent one."""
    wanted = {columns.text, columns.id} - {None}
    by_frequency = sorted(_DELIMITERS, key=head.count, reverse=True)
    names = {each: next(csv.reader([head], delimiter=each), []) for each in by_frequency}
    return next((each for each in by_frequency if wanted <= set(names[each])), by_frequency[0])


def _jsonl(table: File, columns: Columns, limits: Limits) -> Iterator[Cells | ReadError]:
    most = int(limits.megabytes * 1e6)
    with table.seekable() as file:
        number = 0
        while line := _line(file, most):
            if not line.strip():
                continue
            number += 1
            place = f"{table.name}#{number}"
            try:
                cells = json.loads(line[:most].decode("utf-8-sig"))
            except (ValueError, RecursionError):
                long = len(line) > most
                yield ReadError(f"{place}: not a line of JSON{' of bearable length' if long else ''}.", "malformed")
                continue
            if not isinstance(cells, dict):
                yield ReadError(f"{place}: must be an object with the column {columns.text!r}.", "malformed")
                continue
            yield cells


def _line(file: BinaryIO, most: int) -> bytes:
    """Return the next line, of a longer one no more than shows that it is; b"" at the end."""
    line = file.readline(most + 1)
    rest = line
    while len(rest) > most and not rest.endswith(b"\n"):
        rest = file.readline(most + 1)
    return line


def _xlsx(table: File, columns: Columns, limits: Limits) -> Iterator[Cells]:
    from openpyxl import load_workbook

    from lhs_nlp.documents.office import members, refuse_legacy_office

    data = table.load(limits)
    refuse_legacy_office(data)
    members(data, limits)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        lines = sheet.iter_rows(values_only=True)
        names = [None if name is None else str(name) for name in next(lines, ())]
        _check(table.name, names, columns)
        for cells in lines:
            row = {name: cell for name, cell in zip(names, cells, strict=False) if name is not None}
            if any(cell is not None for cell in row.values()):
                yield row
    finally:
        book.close()


def _parquet(table: File, columns: Columns, limits: Limits) -> Iterator[Cells]:
    from pyarrow.parquet import ParquetFile

    with table.seekable() as file, ParquetFile(file) as parquet:
        _check(table.name, parquet.schema_arrow.names, columns)
        for batch in parquet.iter_batches(_ROWS_AT_ONCE):
            yield from batch.to_pylist()


_Reader = Callable[[File, Columns, Limits], Iterator[Any]]

_READERS: dict[str, _Reader] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".parquet": _parquet,
}


def _reader(name: str) -> _Reader | None:
    return next((read for suffix, read in _READERS.items() if name.lower().endswith(suffix)), None)
