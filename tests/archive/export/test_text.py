from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from lhs_nlp.archive import Store
from lhs_nlp.archive.export import TableName, table_of, write_csv, write_dictionary, write_jsonl
from tests.archive.examples import store_of, varied_store
from tests.archive.filling import SAFETY, small_store
from tests.report import examples

STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(path: Path, name: TableName = "documents") -> str:
    file = io.BytesIO()
    with Store(path, read_only=True) as store:
        write_csv(table_of(store, store.tagging(), name), file)
    return file.getvalue().decode("utf-8")


def json_of(path: Path, name: TableName = "documents") -> list[dict[str, object]]:
    file = io.BytesIO()
    with Store(path, read_only=True) as store:
        write_jsonl(table_of(store, store.tagging(), name), file)
    return [json.loads(line) for line in file.getvalue().decode("utf-8").splitlines()]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", ["documents", "passages", "findings"])
def test_no_cell_of_csv_is_a_formula(tmp_path: Path, name: TableName) -> None:
    text = csv_of(varied_store(tmp_path / "s.sqlite"), name)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell.lstrip().startswith(STARTS)]


def test_formula_is_led_by_an_apostrophe_and_kept(tmp_path: Path) -> None:
    path = small_store(tmp_path / "s.sqlite", {"=a.txt": SAFETY}, {"=a.txt": {"=k": "=1+1", "n": "-5"}})
    (row,) = rows(csv_of(path))
    assert (row["source"], row["metadata_=k"], row["metadata_n"]) == ("'=a.txt", "'=1+1", "'-5")


def test_lists_are_joined_and_unknown_values_are_empty(tmp_path: Path) -> None:
    (row,) = rows(csv_of(store_of(tmp_path / "s.sqlite", [examples.no_pages()])))
    assert row["safety_concepts"] == "harm_prevention;safety_culture"
    assert row["pages"] == ""


def test_lines_of_csv_end_as_the_standard_says(tmp_path: Path) -> None:
    text = csv_of(small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY}))
    assert text.count("\r\n") == text.count("\n") == 2


def test_line_of_json_has_every_column_and_null_for_unknown(tmp_path: Path) -> None:
    path = small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY, "b.txt": "=1"}, {"a.txt": {"year": "2020"}})
    first, second = json_of(path)
    assert list(first) == list(second)
    assert (first["metadata_year"], second["metadata_year"], first["pages"]) == ("2020", None, None)
    assert first["safety_concepts"] == ["harm_prevention"]


def test_json_is_for_programs_and_escapes_no_formula(tmp_path: Path) -> None:
    (row,) = json_of(small_store(tmp_path / "s.sqlite", {"=a.txt": SAFETY}))
    assert row["source"] == "=a.txt"


def test_dictionary_describes_the_columns_in_their_order(tmp_path: Path) -> None:
    path, file = varied_store(tmp_path / "s.sqlite"), io.BytesIO()
    with Store(path, read_only=True) as store:
        table = table_of(store, store.tagging())
    write_dictionary(table.columns, file)
    described = rows(file.getvalue().decode("utf-8"))
    assert [row["column"] for row in described] == list(rows(csv_of(path))[0])
    assert all(row["type"] and row["description"] for row in described)
    assert "=Funder" in next(row["description"] for row in described if row["column"] == "metadata_=Funder")


def test_file_stays_open_for_who_opened_it(tmp_path: Path) -> None:
    path = small_store(tmp_path / "s.sqlite", {"a.txt": SAFETY})
    with (tmp_path / "out").open("wb") as file, Store(path, read_only=True) as store:
        write_csv(table_of(store, store.tagging()), file)
        assert not file.closed
