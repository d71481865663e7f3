from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook import workbook as library

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import reference_bytes, reference_from
from tests.documents.word_writer import write_zip
from tests.references.examples import CSV, read_text


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_rows_are_read_under_any_name_of_the_file(tmp_path: Path) -> None:
    data = workbook(found=[["Title", "Year", "Added", "DOI"], ["Fewer falls", 2021.0, date(2024, 5, 1), None]])
    found = read_text(tmp_path, data)
    (record,) = found.records
    assert (found.format, found.encoding) == ("xlsx", "binary")
    assert (record.title, record.year, record.doi) == ("Fewer falls", 2021, None)
    assert record.fields == (("Title", "Fewer falls"), ("Year", "2021"), ("Added", "2024-05-01"), ("DOI", ""))
    assert found.columns == (("Title", "title"), ("Year", "year"), ("Added", ""), ("DOI", "doi"))


def test_time_of_day_stays_with_its_date(tmp_path: Path) -> None:
    data = workbook(found=[["Title", "Added"], ["Fewer falls", datetime(2024, 5, 1, 9, 30)]])
    assert read_text(tmp_path, data).records[0].fields[1] == ("Added", "2024-05-01T09:30:00")


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert change(parts[name]) != parts[name]
    return write_zip({**parts, name: change(parts[name])})


def test_sheet_is_read_whole_when_it_names_a_wrong_size(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Title", "Year"], ["Fewer falls", 2021], ["Waiting times", 2019]]
    data = with_part(
        workbook(found=rows),
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1"'),
    )
    found = read_text(tmp_path, data)
    assert [(record.title, record.year) for record in found.records] == [("Fewer falls", 2021), ("Waiting times", 2019)]


@pytest.mark.parametrize("is_damaged", [False, True])
def test_workbook_is_closed_after_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_damaged: bool) -> None:
    data = workbook(found=[["Title"], ["Fewer falls"]])
    if is_damaged:
        data = with_part(data, "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace(b"</sheetData>", b"<"))
    closed: list[library.Workbook] = []
    close = library.Workbook.close

    def recorded(book: library.Workbook) -> None:
        closed.append(book)
        close(book)

    monkeypatch.setattr(library.Workbook, "close", recorded)
    if is_damaged:
        with pytest.raises(ReferencesError, match="damaged"):
            read_text(tmp_path, data)
    else:
        read_text(tmp_path, data)
    assert len(closed) == 1


def test_sheets_that_are_not_read_are_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, workbook(about=[["Made up"]], found=[["Title"], ["Fewer falls"]], empty=[]))
    assert [record.title for record in found.records] == ["Fewer falls"]
    assert [(piece.text, piece.reason) for piece in found.skipped] == [
        ("about", "A sheet that was not read; it has 1 row.")
    ]


def test_written_and_read_again_is_identical(tmp_path: Path) -> None:
    rows: list[list[object]] = [["title", "own"], ["=1+1", "'-"], ["#N/A", "2020"], [" two\nlines ", "TRUE"]]
    records = read_text(tmp_path, workbook(found=[["title", "own"], *[[f"'{row[0]}", row[1]] for row in rows[1:]]]))
    written = reference_bytes(records.records, "xlsx")
    assert read_text(tmp_path, written).records == records.records
    assert not [cell for row in load_workbook(io.BytesIO(written)).active for cell in row if cell.data_type == "f"]


def test_table_of_another_kind_keeps_its_fields(tmp_path: Path) -> None:
    records = read_text(tmp_path, CSV).records
    again = read_text(tmp_path, reference_bytes(records, "xlsx")).records
    assert [record.fields for record in again] == [record.fields for record in records]


def test_text_too_long_for_a_cell_is_an_error_and_not_cut(tmp_path: Path) -> None:
    records = read_text(tmp_path, f"title,abstract\nOne,{'word ' * 7000}\n").records
    with pytest.raises(ReferencesError, match=r"'abstract' of the reference 'One' has 35,000: .*'word word.*Write CSV"):
        reference_bytes(records, "xlsx")


def test_no_references_make_an_empty_sheet() -> None:
    assert [*load_workbook(io.BytesIO(reference_bytes([], "xlsx"))).active.values] == []


def test_characters_that_a_workbook_cannot_hold_are_replaced(tmp_path: Path) -> None:
    record = reference_from("csv", (("title", "One\x1b"), ("own", "a\x0bb")))
    (again,) = read_text(tmp_path, reference_bytes([record], "xlsx")).records
    assert again.fields == (("title", "One\ufffd"), ("own", "a\ufffdb"))


def test_character_that_is_replaced_leaves_no_apostrophe_behind(tmp_path: Path) -> None:
    record = reference_from("csv", (("title", "One"), ("own", "\x1c=1+1"), ("more", "\rtext")))
    (again,) = read_text(tmp_path, reference_bytes([record], "xlsx")).records
    assert again.fields == (("title", "One"), ("own", "\ufffd=1+1"), ("more", "\ntext"))


def test_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("export.ris", "TY  - JOUR")
    with pytest.raises(ReferencesError, match="an archive but no workbook") as raised:
        read_text(tmp_path, file.getvalue())
    assert raised.value.reason == "unsupported"


@pytest.mark.parametrize("length", [4, 100, -30])
def test_truncated_workbook_is_an_error(tmp_path: Path, length: int) -> None:
    with pytest.raises(ReferencesError, match="damaged"):
        read_text(tmp_path, workbook(found=[["Title"], ["Fewer falls"]])[:length])


def test_workbook_without_text_is_empty(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match="no cells with text") as raised:
        read_text(tmp_path, workbook(found=[]))
    assert raised.value.reason == "empty"
