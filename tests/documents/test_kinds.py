from __future__ import annotations

import zipfile

import pytest

from lhs_nlp.documents import kind_of, read_bytes
from lhs_nlp.errors import ReadError
from tests.documents.samples import SAMPLES
from tests.documents.word_writer import write_zip

WORKBOOK = write_zip({"[Content_Types].xml": b"", "xl/workbook.xml": b""})
SLIDES = {"[Content_Types].xml": b"", "ppt/presentation.xml": b""}
SHEET = "a spreadsheet; read its rows, from a file saved as .xlsx, by `lhs-nlp batch --text-column NAME`"
ARCHIVE = "an archive; unpack it, or give the files in it"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


@pytest.mark.parametrize(
    "text", [b"", b"Falls fell.", "Stürze".encode("cp1252"), "Falls".encode("utf-16"), b"MZ twins"]
)
def test_text_is_of_no_kind(text: bytes) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (SAMPLES["pdf"], "a PDF; `lhs-nlp tag` reads it"),
        (b"\n%PDF-1.4\n% letters", "a PDF; `lhs-nlp tag` reads it"),
        (SAMPLES["docx"], "a Word document; `lhs-nlp tag` reads it"),
        (b"\n{\\rtf1 Falls fell.}", "an RTF document; save it as DOCX"),
        (b"%!PS-Adobe-3.0", "a PostScript file; convert it to PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a file of old Microsoft Office (.doc, .xls, .ppt); save"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100), "a JPEG picture"),
        (b"\x1f\x8b\x08" + bytes(100), "a compressed file; unpack it first"),
        (b"SQLite format 3\x00" + bytes(100), "a database"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "a program"),
        (b"PAR1" + bytes(100), "a table in Parquet; read its rows, from a file named .parquet, by `lhs-nlp batch --"),
        (bytes(100), "binary data"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data: bytes, kind: str) -> None:
    assert (kind_of(data) or "").startswith(kind)


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, SHEET),
        ({"[Content_Types].xml": b"", "xl/workbook.bin": b""}, SHEET),
        ({"mimetype": OPEN_DOCUMENT + b".spreadsheet"}, SHEET),
        ({"mimetype": OPEN_DOCUMENT + b".text"}, "an OpenDocument file; save it as DOCX or PDF"),
        (SLIDES, "a presentation; save it as PDF"),
        ({}, ARCHIVE),
    ],
)
def test_file_of_an_office_program_is_no_archive_to_unpack(members: dict[str, bytes], kind: str) -> None:
    assert kind_of(write_zip(members, zipfile.ZIP_STORED)) == kind


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        (SLIDES | {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": WORKBOOK}, "a presentation; save it as PDF"),
        (SLIDES | {"ppt/embeddings/Microsoft_Word_Document.docx": SAMPLES["docx"]}, "a presentation; save it as PDF"),
        ({"costs.xlsx": WORKBOOK}, ARCHIVE),
        ({"plan.docx": SAMPLES["docx"]}, ARCHIVE),
        ({"notes.txt": b"xl/workbook and " + OPEN_DOCUMENT}, ARCHIVE),
    ],
)
@pytest.mark.parametrize("name", ["plan", "plan.docx"])
def test_archive_is_what_its_own_names_say_not_what_is_embedded(
    members: dict[str, bytes], kind: str, name: str
) -> None:
    data = write_zip(members, zipfile.ZIP_STORED)
    assert kind_of(data) == kind
    with pytest.raises(ReadError, match=f"{name}: not a document but {kind}") as raised:
        read_bytes(data, name=name)
    assert raised.value.reason == "unsupported"


def test_archive_whose_names_are_cut_off_is_an_archive() -> None:
    assert kind_of(WORKBOOK[:-10]) == ARCHIVE
