from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from lhs_nlp.documents import Limits
from tests.archive.sources.loading import load
from tests.documents.word_writer import write_zip

ROWS = [
    {"id": "G1", "text": "Falls will drop.", "year": 2019, "funder": "Trust", "share": 0.5},
    {"id": "G2", "text": "Costs fell.", "year": 2020, "funder": None, "share": 1.0},
]
METADATA = [
    {"year": "2019", "funder": "Trust", "share": "0.5"},
    {"year": "2020", "share": "1"},
]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    frame = pd.DataFrame(rows)
    match path.suffix:
        case ".csv":
            frame.to_csv(path, index=False)
        case ".tsv":
            frame.to_csv(path, index=False, sep="\t")
        case ".xlsx":
            frame.to_excel(path, index=False)
        case ".parquet":
            frame.to_parquet(path)
        case _:
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(params=["csv", "tsv", "xlsx", "parquet", "jsonl"])
def table(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return write(tmp_path / f"grants.{request.param}", ROWS)


def test_each_row_is_a_document_and_its_other_columns_are_metadata(table: Path) -> None:
    loaded = load(table, text="text", id="id")
    assert loaded.contents == {f"{table.name}#G1": b"Falls will drop.", f"{table.name}#G2": b"Costs fell."}
    numbers = [{key: value.removesuffix(".0") for key, value in each.items()} for each in loaded.metadata.values()]
    assert numbers == METADATA


def test_workbook_with_macros_is_a_table(tmp_path: Path) -> None:
    write(tmp_path / "grants.xlsx", ROWS)
    book = openpyxl.load_workbook(tmp_path / "grants.xlsx", keep_vba=True)
    book.save(tmp_path / "grants.xlsm")
    book.vba_archive.close()
    loaded = load(tmp_path / "grants.xlsm", text="text", id="id")
    assert list(loaded.contents) == ["grants.xlsm#G1", "grants.xlsm#G2"]


def write_sheets(path: Path, **sheets: list[list[str]]) -> Path:
    with pd.ExcelWriter(path) as book:
        for name, rows in sheets.items():
            pd.DataFrame(rows).to_excel(book, sheet_name=name, index=False, header=False)
    return path


def test_table_of_names_alone_says_that_it_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n", encoding="utf-8")
    loaded = load(tmp_path / "a.csv", text="text")
    assert loaded.messages == [f"{tmp_path / 'a.csv'}: holds no rows below the names of its columns."]


def test_sheets_behind_the_first_one_that_have_the_column_too_are_a_failure(tmp_path: Path) -> None:
    sheets = {year: [["text"], [f"Falls fell in {year}."]] for year in ("2019", "2020", "2021")}
    table = write_sheets(tmp_path / "years.xlsx", **sheets, notes=[["note"], ["text"]], blank=[])
    loaded = load(table, text="text")
    assert loaded.contents == {"years.xlsx#1": b"Falls fell in 2019."}
    assert loaded.reasons == {"years.xlsx": "unsupported"}
    said = "its first sheet alone was read; '2020' and '2021' have the column 'text' as well"
    assert loaded.messages == [f"{table}: {said}; save each sheet as a workbook of its own."]


def test_column_that_is_missing_in_the_first_sheet_is_looked_for_in_that_alone(tmp_path: Path) -> None:
    table = write_sheets(tmp_path / "a.xlsx", cover=[["note"], ["draft"]], data=[["text"], ["Falls fell."]])
    loaded = load(table, text="text")
    assert loaded.messages == [f"{table} (of its sheets the first one is read): has no column 'text'; it has note."]


def test_row_number_stands_for_an_id(table: Path) -> None:
    loaded = load(table, text="text")
    assert list(loaded.contents) == [f"{table.name}#1", f"{table.name}#2"]
    assert loaded.metadata[f"{table.name}#1"]["id"] == "G1"


@pytest.mark.parametrize(
    "blank", [" ", "\u200b", "---", "NULL", " nan ", "N/A", "None", "#N/A", "#REF!", "[No abstract available]"]
)
def test_row_without_text_is_a_failure(table: Path, blank: str) -> None:
    write(table, [*ROWS, {"id": "G3", "text": blank, "year": 2021}, {"id": "G4", "text": "More.", "year": 2022}])
    loaded = load(table, text="text", id="id")
    assert loaded.reasons == {f"{table.name}#G3": "empty"}
    assert len(loaded.contents) == 3


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx", "parquet"])  # lines of JSON have each its own columns
def test_missing_column_is_answered_by_those_that_there_are(tmp_path: Path, suffix: str) -> None:
    table = write(tmp_path / f"grants.{suffix}", ROWS)
    for columns in ({"text": "abstract"}, {"text": "text", "id": "key"}):
        loaded = load(table, **columns)  # type: ignore[arg-type]
        assert loaded.reasons == {table.name: "malformed"}
        assert "it has id, text, year, funder, share" in loaded.messages[0]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_column_whose_name_another_has_is_refused(tmp_path: Path, suffix: str) -> None:
    frame = pd.DataFrame([["G1", "falls", "waits"]], columns=["id", "text", "text"])
    table = tmp_path / f"a.{suffix}"
    frame.to_csv(table, index=False) if suffix == "csv" else frame.to_excel(table, index=False)
    loaded = load(table, text="text", id="id")
    assert loaded.reasons == {table.name: "malformed"}
    assert "has 2 columns 'text'; give each a name of its own" in loaded.messages[0]


def test_damaged_table_is_a_failure(table: Path) -> None:
    table.write_bytes(table.read_bytes()[:5])
    loaded = load(table, text="text")
    assert set(loaded.reasons.values()) == {"malformed"}


def test_empty_table_is_a_failure(table: Path) -> None:
    table.write_bytes(b"")
    assert next(iter(load(table, text="text").reasons.values())) in ("malformed", "empty")


@pytest.mark.parametrize("above", ["\n", " \r\n\r\n", "sep=;\r\n", '"sep=;"\n\n'])
def test_head_of_a_csv_stands_below_blank_lines_and_the_delimiter_for_excel(tmp_path: Path, above: str) -> None:
    (tmp_path / "a.csv").write_text(f"{above}id;text\nA;one\nB;two\n", encoding="utf-8", newline="")
    loaded = load(tmp_path / "a.csv", text="text", id="id")
    assert loaded.contents == {"a.csv#A": b"one", "a.csv#B": b"two"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_of_a_csv_is_found(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes("text;city\nÜber Stürze;Zürich\n".encode(encoding))
    loaded = load(tmp_path / "a.csv", text="text")
    assert loaded.contents == {"a.csv#1": "Über Stürze".encode()}
    assert loaded.metadata["a.csv#1"] == {"city": "Zürich"}


def test_text_that_is_no_utf_8_late_in_a_csv_loses_no_letter(tmp_path: Path) -> None:
    rows = b"".join(b"%d,%s\n" % (number, b"Plain words. " * 100) for number in range(1000))
    (tmp_path / "a.csv").write_bytes(b"id,text\n" + rows + "A,Über Stürze\n".encode("cp1252") + "B,Zürich\n".encode())
    contents = load(tmp_path / "a.csv", text="text", id="id").contents
    assert contents["a.csv#A"] == "Über Stürze".encode()
    assert contents["a.csv#B"] == "Zürich".encode()


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("a.csv", '"id";"text";"title, short, in full, long"', "1;one, two;x"),
        ("a.csv", '"id","text","title; short; in full"', '1,"one, two",x'),
        ("a.tsv", "id\ttext\ta,b,c,d", "1\tone, two\tx"),
        ("a.tsv", "id\ttext;x", "1\tone, two"),
    ],
)
def test_delimiter_is_the_one_by_which_the_columns_are_found(tmp_path: Path, name: str, head: str, row: str) -> None:
    (tmp_path / name).write_text(f"{head}\n{row}\n", encoding="utf-8")
    text = "text;x" if ";x" in head else "text"
    assert load(tmp_path / name, text=text, id="id").contents == {f"{name}#1": b"one, two"}


def test_first_row_with_an_id_counts_and_the_others_are_failures(table: Path) -> None:
    write(table, [*ROWS, {"id": "G1", "text": "More falls.", "year": 2021}, {"id": "G1", "text": None, "year": 2022}])
    loaded = load(table, text="text", id="id")
    assert loaded.contents == {f"{table.name}#G1": b"Falls will drop.", f"{table.name}#G2": b"Costs fell."}
    assert loaded.reasons == {f"{table.name}#row 3": "malformed", f"{table.name}#row 4": "malformed"}
    assert "an earlier row has the id 'G1' as well, and that one counts" in loaded.messages[0]


def test_row_without_an_id_is_not_taken_for_the_one_that_has_its_number(table: Path) -> None:
    write(table, [{"id": "2", "text": "one"}, {"id": None, "text": "two"}, {"id": " ", "text": "three"}])
    contents = load(table, text="text", id="id").contents
    assert contents == {f"{table.name}#2": b"one", f"{table.name}#row 2": b"two", f"{table.name}#row 3": b"three"}


def test_text_and_id_that_r_writes_for_no_value_are_none(tmp_path: Path) -> None:
    rows = ("id,text,country", "NA,Fewer falls.,NA", "NA,Lower costs.,DE", "3,NA,DE")
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    loaded = load(tmp_path / "a.csv", text="text", id="id")
    assert loaded.contents == {"a.csv#row 1": b"Fewer falls.", "a.csv#row 2": b"Lower costs."}
    assert loaded.metadata["a.csv#row 1"] == {"country": "NA"}  # Namibia
    assert loaded.reasons == {"a.csv#3": "empty"}


def test_row_whose_text_falls_apart_for_want_of_quotes_is_a_failure(tmp_path: Path) -> None:
    rows = ("id,text,year", "1,Fewer falls, and wounds,2020", '2,"Fewer "late" waits, too",2020', "3,Whole,2020,,")
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    loaded = load(tmp_path / "a.csv", text="text", id="id")
    assert loaded.contents == {"a.csv#3": b"Whole"}
    assert loaded.metadata == {"a.csv#3": {"year": "2020"}}
    assert loaded.reasons == {"a.csv#row 1": "malformed", "a.csv#row 2": "malformed"}
    assert "a.csv#row 1: has more cells than there are columns" in loaded.messages[0]


def test_head_may_be_quoted_over_several_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('"the\ntext",year\n"one\ntwo",2020\n', encoding="utf-8")
    assert load(tmp_path / "a.csv", text="the\ntext").contents == {"a.csv#1": b"one\ntwo"}


def test_formulas_are_text_and_are_not_computed(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [{"text": "=1+1", "note": "=cmd|' /C calc'!A0"}])
    book = openpyxl.Workbook()
    for row in (["text", "note"], ["=1+1", "x"], ["plain", "=2+2"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "b.xlsx")
    loaded = load(tmp_path, text="text")
    assert loaded.contents[f"{tmp_path.name}/a.csv#1"] == b"=1+1"
    # Without a value that an office program has stored, a formula is no text.
    assert loaded.reasons == {f"{tmp_path.name}/b.xlsx#1": "empty"}
    assert loaded.metadata[f"{tmp_path.name}/b.xlsx#2"] == {}


def test_dates_are_written_as_dates(tmp_path: Path) -> None:
    for suffix in (".xlsx", ".parquet"):
        write(tmp_path / f"a{suffix}", [{"text": "one", "start": pd.Timestamp(date(2020, 5, 1))}])
    assert [row["start"] for row in load(tmp_path, text="text").metadata.values()] == ["2020-05-01", "2020-05-01"]


def test_lines_of_json_that_are_none_are_failures_of_their_own(tmp_path: Path) -> None:
    lines = ['{"text": "one"}', "nonsense", "[1]", "", "[" * 100_000, '{"text": 5}', '{"other": 1}', '{"text": "two"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    loaded = load(tmp_path / "a.jsonl", text="text")
    assert loaded.contents == {"a.jsonl#1": b"one", "a.jsonl#5": b"5", "a.jsonl#7": b"two"}
    assert loaded.reasons == {
        "a.jsonl#2": "malformed",
        "a.jsonl#3": "malformed",
        "a.jsonl#4": "malformed",
        "a.jsonl#6": "empty",
    }


def test_row_that_is_none_is_called_by_its_number_where_others_have_ids(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "2", "text": "one"}\nnonsense\n', encoding="utf-8")
    loaded = load(tmp_path / "a.jsonl", text="text", id="id")
    assert loaded.reasons == {"a.jsonl#row 2": "malformed"}
    assert loaded.messages == [f"{tmp_path}/a.jsonl#row 2: not a line of JSON."]


def test_line_of_json_over_the_limit_is_a_failure_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "{"x" * 5000}"}}\n{{"text": "two"}}\n', encoding="utf-8")
    loaded = load(tmp_path / "a.jsonl", text="text", limits=Limits(megabytes=0.001))
    assert loaded.contents == {"a.jsonl#2": b"two"}
    assert loaded.reasons == {"a.jsonl#1": "malformed"}


def test_sheet_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(write_zip({"xl/workbook.xml": bytes(30_000_000)}))
    assert load(tmp_path / "a.xlsx", text="text").reasons == {"a.xlsx": "too_large"}


def test_sheet_that_defines_entities_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ROWS)
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for name in parts:
        if name.startswith("xl/") and name.endswith(".xml"):
            head, rest = parts[name].split(b"?>", 1) if b"?>" in parts[name] else (b'<?xml version="1.0"', parts[name])
            parts[name] = head + b"?>" + bomb + rest
    path.write_bytes(write_zip(parts))
    loaded = load(path, text="text")
    assert loaded.contents == {}
    assert set(loaded.reasons.values()) == {"malformed"}
