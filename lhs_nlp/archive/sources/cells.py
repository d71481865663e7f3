"""Cells of tables, row by row: CSV, XLSX, Parquet and JSON lines."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, BinaryIO, TextIO

from lhs_nlp.archive.sources.types import Columns, File
from lhs_nlp.documents import Limits
from lhs_nlp.documents.cells import delimiter_of, head_line
from lhs_nlp.errors import ReadError
from lhs_nlp.wording import listed

Cells = Mapping[str, object]
"""A row: column to value."""

Reader = Callable[[File, Columns, Limits], Iterator[Any]]
"""Yields the rows of a table, each as Cells, or a ReadError of that row alone, which does not name it."""

_ROWS_AT_ONCE = 200
_AS_CP1252 = "lhs_nlp.cp1252"  # the error handler of `documents.text`: what is not UTF-8 is Windows-1252


def reader_of(name: str) -> Reader | None:
    """Return what reads a table by its name; None when it is no table's."""
    return next((read for suffix, read in _READERS.items() if name.lower().endswith(suffix)), None)


def _check(name: str, found: Iterable[object], columns: Columns) -> None:
    """Raise ReadError when a column is missing, or several have its name."""
    known = [str(column) for column in found if column is not None]
    for column in filter(None, (columns.text, columns.id)):
        if column not in known:
            raise ReadError(f"{name}: has no column {column!r}; it has {', '.join(known) or 'none'}.", "malformed")
        if known.count(column) > 1:
            several = f"has {known.count(column)} columns {column!r}; give each a name of its own"
            raise ReadError(f"{name}: {several}.", "malformed")


def _csv(table: File, columns: Columns, limits: Limits) -> Iterator[Cells | ReadError]:
    csv.field_size_limit(limits.characters)
    with table.seekable() as file:
        marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        file.seek(0)
        encoding, errors = ("utf-16", "replace") if marked else ("utf-8-sig", _AS_CP1252)
        with io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="") as text:
            head = head_line(partial(text.readline, limits.characters))
            is_tsv = table.path.lower().endswith(".tsv")
            delimiter = "\t" if is_tsv else delimiter_of(head, {columns.text, columns.id} - {None})
            lines = csv.DictReader(chain([head], _lines(text, limits.characters)), delimiter=delimiter)
            _check(table.name, lines.fieldnames or (), columns)
            for cells in lines:
                yield _too_many_cells() if any(cells.pop(None, ())) else cells


def _too_many_cells() -> ReadError:
    return ReadError(
        "has more cells than there are columns, so that its text may be cut; put quotes around a cell that holds a "
        "delimiter, and double those within it.",
        "malformed",
    )


def _lines(text: TextIO, most: int) -> Iterator[str]:
    while line := text.readline(most + 1):
        if len(line) > most:
            raise csv.Error(f"a line has more than {most:,} characters")
        yield line


def _jsonl(table: File, columns: Columns, limits: Limits) -> Iterator[Cells | ReadError]:
    most = int(limits.megabytes * 1e6)
    with table.seekable() as file:
        while line := _line(file, most):
            if not line.strip():
                continue
            try:
                cells = json.loads(line[:most].decode("utf-8-sig"))
            except (ValueError, RecursionError):
                long = len(line) > most
                yield ReadError(f"not a line of JSON{' of bearable length' if long else ''}.", "malformed")
                continue
            if not isinstance(cells, dict):
                yield ReadError(f"must be an object with the column {columns.text!r}.", "malformed")
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
        first, others = book.worksheets[0], book.worksheets[1:]
        lines = _values(first)
        names = _names(lines)
        _check(f"{table.name} (of its sheets the first one is read)" if others else table.name, names, columns)
        for cells in lines:
            row = {name: cell for name, cell in zip(names, cells, strict=False) if name is not None}
            if any(cell is not None for cell in row.values()):
                yield row
        if unread := [sheet.title for sheet in others if columns.text in _names(_values(sheet))]:
            raise ReadError(
                f"{table.name}: its first sheet alone was read; {listed([repr(title) for title in unread], 'and')} "
                f"{'has' if len(unread) == 1 else 'have'} the column {columns.text!r} as well; "
                "save each sheet as a workbook of its own.",
                "unsupported",
            )
    finally:
        book.close()


def _values(sheet: Any) -> Iterator[tuple[object, ...]]:  # noqa: ANN401 - the library has no types
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: Iterator[tuple[object, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _names(lines: Iterator[tuple[object, ...]]) -> list[str | None]:
    """Take the head of a sheet: the names of its columns, None where there is none."""
    return [None if name is None else str(name) for name in next(lines, ())]


def _parquet(table: File, columns: Columns, limits: Limits) -> Iterator[Cells]:
    from pyarrow.parquet import ParquetFile

    with table.seekable() as file, ParquetFile(file) as parquet:
        _check(table.name, parquet.schema_arrow.names, columns)
        for batch in parquet.iter_batches(_ROWS_AT_ONCE):
            yield from batch.to_pylist()


_READERS: dict[str, Reader] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".parquet": _parquet,
}
