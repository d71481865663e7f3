from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lhs_nlp.errors import LhsNlpError, ReferencesError
from lhs_nlp.references import FORMATS, bibtex, read_references, reference_bytes, write_references
from tests.references.examples import BIBTEX, CSV, ENDNOTE, RIS, TEXTS, read_text


@pytest.mark.parametrize("format", TEXTS)
@pytest.mark.parametrize("name", ["export.txt", "export", "export.ris", "export.bib", "export.xml"])
def test_format_is_found_by_content_under_any_name(tmp_path: Path, format: str, name: str) -> None:
    found = read_text(tmp_path, TEXTS[format], name)
    assert (found.path, found.format) == (tmp_path / name, format)
    assert [record.title for record in found.records] == [
        next(record.title for record in read_text(tmp_path, TEXTS[format]).records),
        "Waiting times of one clinic",
    ]


def test_table_whose_cells_look_like_ris_is_a_table_under_its_suffix(tmp_path: Path) -> None:
    text = 'title,abstract\nOne,"text\nTY  - JOUR\nER  - "\n'
    assert read_text(tmp_path, text, "export.csv").format == "csv"


def test_abstract_that_quotes_another_format_changes_nothing(tmp_path: Path) -> None:
    text = "TY  - JOUR\nAB  - We cite as\n@article{key,\nPMID- 1\nER  - \n"
    found = read_text(tmp_path, text)
    assert found.format == "ris"
    assert found.records[0].abstract == "We cite as\n@article{key,\nPMID- 1"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "guessed"),
        ("utf-16-le", "guessed"),
    ],
)
def test_encodings_are_read_and_named(tmp_path: Path, encoding: str, name: str) -> None:
    found = read_text(tmp_path, RIS.encode(encoding))
    assert found.encoding == name
    assert found.records[0].authors[1] == "de la Cruz, Jos\u00e9"
    assert bool(found.warnings) == (name == "guessed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_letters_are_kept_in_utf_16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    text = 'title,authors\nWaiting times of one clinic,"B\u0142o\u0144ski, Micha\u0142"\n'
    found = read_text(tmp_path, text.encode(encoding))
    assert found.records[0].authors == ("B\u0142o\u0144ski, Micha\u0142",)
    assert found.warnings == ("The encoding of the bytes was guessed: check letters with accents.",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_marked_text_with_half_a_character_is_read_with_a_warning(tmp_path: Path, encoding: str) -> None:
    found = read_text(tmp_path, RIS.encode(encoding)[:-1])
    assert found.encoding == "guessed"
    assert found.records[0].authors[1] == "de la Cruz, Jos\u00e9"
    assert found.warnings[0].startswith("The encoding of the bytes was guessed")


@pytest.mark.parametrize("cut", [b"", b"\xff"])
def test_one_broken_letter_leaves_the_others_as_they_are(tmp_path: Path, cut: bytes) -> None:
    title = "\u041f\u0430\u0434\u0435\u043d\u0438\u044f \u0432 \u043f\u0430\u043b\u0430\u0442\u0430\u0445"
    record = f"TY  - JOUR\nTI  - {title}\nER  - \n".encode() * 20
    at = record.index(title.encode())
    found = read_text(tmp_path, record[: at + 1] + cut + record[at + 2 :])
    assert [record.title for record in found.records[1:]] == [title] * 19
    assert found.records[0].title is not None
    assert found.records[0].title.endswith(title[1:])
    assert found.encoding == "guessed"


def test_two_encodings_in_one_file_are_both_read(tmp_path: Path) -> None:
    records = read_text(tmp_path, RIS.encode() + RIS.encode("cp1252")).records
    assert [record.authors[-1] for record in records[::2]] == ["de la Cruz, Jos\u00e9"] * 2


def test_control_characters_are_left_out_with_a_warning(tmp_path: Path) -> None:
    found = read_text(tmp_path, RIS.replace("Waiting", "Wait\x00ing") + "\x1a")
    assert found.records == read_text(tmp_path, RIS).records
    assert found.warnings == ("Control characters, which stand for no text, were left out; there were 2.",)


@pytest.mark.parametrize(
    ("data", "advice", "reason"),
    [
        (b"", "the file is empty", "empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty", "empty"),
        (b"Just a letter.\nYours", "no references in a format that is read", "unsupported"),
        (b"name;age\nAda;7\n", "no references in a format that is read", "unsupported"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page, not references", "unsupported"),
        (b"%PDF-1.7\n1 0 obj", "a document, not references", "unsupported"),
        (b"{\\rtf1 TY  - JOUR}", "a document, not references", "unsupported"),
        (b"\x00\x01\x02\x03" * 500, "binary data", "unsupported"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x03" * 500, "binary data", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Microsoft Office", "unsupported"),
        (b"[" * 100_000, "no references|nested too deeply", None),
        (b'[{"a": ' + b"[" * 100_000, "nested too deeply", "malformed"),
        (b"@article{a, title = {never closed", "holds no references .A damaged entry", "empty"),
    ],
)
def test_what_is_no_file_of_references_is_an_error(
    tmp_path: Path, data: bytes, advice: str, reason: str | None
) -> None:
    with pytest.raises(ReferencesError, match=advice) as raised:
        read_text(tmp_path, data)
    assert str(raised.value).startswith(f"{tmp_path / 'export.txt'}: ")
    assert reason in (None, raised.value.reason)


def test_table_without_a_title_names_its_columns(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match=r"no column for the title .*'name', 'year'.*name one of them 'title'"):
        read_text(tmp_path, "name,year\nOne,2020\n", "export.csv")


def test_missing_file_and_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(LhsNlpError, match="cannot be opened"):
        read_references(tmp_path / "none.ris")
    with pytest.raises(LhsNlpError, match="not a file"):
        read_references(tmp_path)
    with pytest.raises(LhsNlpError, match="not a file name"):
        read_references("a\0b")


@pytest.mark.parametrize("format", TEXTS)
@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_truncated_file_gives_what_is_before_the_break_or_an_error(tmp_path: Path, format: str, part: float) -> None:
    whole = read_text(tmp_path, TEXTS[format]).records
    try:
        records = read_text(tmp_path, TEXTS[format][: int(part * len(TEXTS[format]))]).records
    except ReferencesError:
        return
    assert len(records) <= len(whole)
    assert records[:-1] == whole[: len(records) - 1]


@pytest.mark.parametrize("format", TEXTS)
def test_huge_line_is_read(tmp_path: Path, format: str) -> None:
    words = "falls " * 300_000
    text = TEXTS[format].replace("Waiting times of one clinic", f"Waiting {words}")
    assert len(read_text(tmp_path, text).records[1].title or "") == len(f"Waiting {words}") - 1


@pytest.mark.parametrize("format", FORMATS)
def test_format_to_write_is_that_of_the_suffix(tmp_path: Path, format: str) -> None:
    records = read_text(tmp_path, RIS).records
    path = tmp_path / f"written{FORMATS[format][0]}"
    write_references(records, path)
    assert read_references(path).format == format


def test_format_to_write_can_be_named(tmp_path: Path) -> None:
    write_references(read_text(tmp_path, RIS).records, tmp_path / "written.txt", "bibtex")
    assert read_references(tmp_path / "written.txt").format == "bibtex"


@pytest.mark.parametrize(("encoding", "name"), [("iso-8859-1", "iso-8859-1"), ("utf-16", "utf-16")])
def test_encoding_of_xml_is_the_one_that_it_declares(tmp_path: Path, encoding: str, name: str) -> None:
    found = read_text(tmp_path, ENDNOTE.replace("UTF-8", encoding).encode(encoding))
    assert (found.encoding, found.warnings) == (name, ())
    assert found.records[0].authors[1] == "de la Cruz, Jos\u00e9"


def test_library_that_is_not_installed_is_an_error_that_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bibtex._splitter.cache_clear()
    monkeypatch.setitem(sys.modules, "bibtexparser.splitter", None)
    with pytest.raises(ReferencesError, match=r"needs the library 'bibtexparser.*pip install -e '\.\[review\]'"):
        read_text(tmp_path, BIBTEX)


def test_unknown_suffix_or_format_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match=r"'.doc' is the suffix of no format"):
        write_references([], tmp_path / "written.doc")
    with pytest.raises(ReferencesError, match="'word' is no format of references"):
        write_references([], tmp_path / "written.ris", "word")


def test_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match="cannot be written"):
        write_references([], tmp_path / "none" / "written.ris")


def test_references_of_several_formats_are_written_together(tmp_path: Path) -> None:
    records = [*read_text(tmp_path, RIS).records, *read_text(tmp_path, CSV).records]
    again = read_text(tmp_path, reference_bytes(records, "ris")).records
    assert [record.title for record in again] == [record.title for record in records]
    assert again[:2] == tuple(records[:2])
