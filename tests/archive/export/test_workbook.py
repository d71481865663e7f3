from __future__ import annotations

import errno
import gc
import io
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from lhs_nlp.archive import Store
from lhs_nlp.archive.export import Table, TableName, table_of, workbook, write_workbook
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.spreadsheet import MOST_CHARACTERS
from tests.archive.examples import store_of, varied_store
from tests.archive.filling import NOTHING, SAFETY, small_store
from tests.report import examples

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class FullDisk(io.BytesIO):
    """A file for which there is no room beyond a few bytes."""

    def write(self, data: ReadableBuffer, /) -> int:
        if self.tell() > 2_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def written(path: Path, name: TableName = "documents") -> io.BytesIO:
    file = io.BytesIO()
    with Store(path, read_only=True) as store:
        write_workbook(table_of(store, store.tagging(), name), file)
    return io.BytesIO(file.getvalue())


def cells(file: io.BytesIO) -> list[Any]:
    return [cell for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("name", ["documents", "passages", "findings"])
def test_no_cell_is_a_formula(tmp_path: Path, name: TableName) -> None:
    found = cells(written(varied_store(tmp_path / "s.sqlite"), name))
    assert not [cell for cell in found if cell.data_type == "f"]
    assert not [cell for cell in found if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]


def test_sheet_has_the_rows_and_a_second_one_describes_the_columns(tmp_path: Path) -> None:
    sheets = pd.read_excel(written(store_of(tmp_path / "s.sqlite", [examples.proposal()])), sheet_name=None)
    assert list(sheets) == ["documents", "dictionary"]
    assert sheets["dictionary"]["column"].tolist() == list(sheets["documents"])
    (row,) = sheets["documents"].to_dict("records")
    assert (row["pages"], row["safety_verdict"]) == (4, "claimed")
    assert row["safety_concepts"] == "harm_prevention;safety_culture"


def test_truth_and_numbers_keep_their_types(tmp_path: Path) -> None:
    table = pd.read_excel(written(store_of(tmp_path / "s.sqlite", [examples.proposal()]), "findings"))
    assert table["claimed"].dtype == bool
    assert table["probability"].dtype == float


def test_long_text_is_cut_at_the_limit_of_a_cell_and_shows_it(tmp_path: Path) -> None:
    metadata = {"a.txt": {"abstract": "word " * 10_000}}
    table = pd.read_excel(written(small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY}, metadata)))
    (text,) = table["metadata_abstract"]
    assert len(text) <= MOST_CHARACTERS
    assert text.endswith("[...]")


def test_characters_that_a_workbook_cannot_hold_are_replaced(tmp_path: Path) -> None:
    metadata = {"a.txt": {"note": "a\x00b\x1bc\ufffed\uffffe\udce9"}}
    table = pd.read_excel(written(small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY}, metadata)))
    assert table["metadata_note"].tolist() == ["a\ufffdb\ufffdc\ufffdd\ufffde\\udce9"]


@pytest.mark.parametrize(("limit", "value", "what"), [("MOST_ROWS", 2, "rows"), ("MOST_COLUMNS", 10, "columns")])
def test_table_beyond_a_sheet_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, what: str
) -> None:
    monkeypatch.setattr(workbook, limit, value)
    path = small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY, "b.txt": NOTHING})
    with pytest.raises(LhsNlpError, match=rf"at most {value} {what}.*Parquet, CSV or JSONL"):
        written(path)


def test_full_disk_is_told_once_and_nothing_complains_when_it_is_thrown_away(tmp_path: Path) -> None:
    path = varied_store(tmp_path / "s.sqlite")
    with Store(path, read_only=True) as store, FullDisk() as file, pytest.raises(OSError, match="No space left"):
        write_workbook(table_of(store, store.tagging(), "findings"), file)
    gc.collect()  # what complains now is a warning, and so an error


def test_no_room_for_temporary_files_is_a_sentence(tmp_path: Path) -> None:
    metadata = {"a.txt": {"abstract": "word " * 20_000}}
    path = small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY}, metadata)
    with Store(path, read_only=True) as store:
        table = table_of(store, store.tagging())
        rows = iter(list(table.rows))
        with largest_file(10_000), pytest.raises(LhsNlpError, match=r"\(File too large\); make room, or set TMPDIR"):
            write_workbook(Table(table.name, table.columns, rows), io.BytesIO())
    gc.collect()
