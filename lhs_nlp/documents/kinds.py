"""What files are that are no text: in words, with what to do with them."""

from __future__ import annotations

from lhs_nlp.documents.office import LEGACY, OLE, is_zip, names
from lhs_nlp.documents.text import OTHER_FORMATS
from lhs_nlp.documents.text import matches as is_text

_BY_ROW = "`lhs-nlp batch --text-column NAME`"
_SPREADSHEET = f"a spreadsheet; read its rows, from a file saved as .xlsx, by {_BY_ROW}"
_BY_BEGINNING = {
    **OTHER_FORMATS,
    OLE: LEGACY,
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"BZh": "a compressed file; unpack it first",
    b"7z\xbc\xaf": "a compressed archive; unpack it first",
    b"Rar!": "a compressed archive; unpack it first",
    b"SQLite format 3": "a database",
    b"PAR1": f"a table in Parquet; read its rows, from a file named .parquet, by {_BY_ROW}",
}
_BY_MEMBER = {
    "word/document": "a Word document; `lhs-nlp tag` reads it",
    "xl/workbook": _SPREADSHEET,
    "ppt/presentation": "a presentation; save it as PDF",
}
"""Files of office programs that are archives, by how the name of a member begins."""
_BY_MIMETYPE = {
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": _SPREADSHEET,
    b"mimetypeapplication/vnd.oasis.opendocument.": "an OpenDocument file; save it as DOCX or PDF",
}
_MIMETYPE_AT = 30
"""Where the first member of an OpenDocument file begins: its name and, never compressed, its content."""


def kind_of(data: bytes) -> str | None:
    """Return what a file is that is no text, by its content.

    Parameters
    ----------
    data
        All of the file; its beginning is enough when it is no ZIP archive.

    Returns
    -------
    str or None
        Words to end a sentence with: what it is, and what to do with it where that is known. None for text.
    """
    if is_zip(data):
        return _kind_of_archive(data)
    if is_text(data, ""):
        return None
    start = data[:1024].lstrip()
    return next((kind for magic, kind in _BY_BEGINNING.items() if start.startswith(magic)), "binary data")


def _kind_of_archive(data: bytes) -> str:
    for mimetype, kind in _BY_MIMETYPE.items():
        if data.startswith(mimetype, _MIMETYPE_AT):
            return kind
    members = names(data)  # not all of the bytes, in which a file that is embedded tells of itself
    for beginning, kind in _BY_MEMBER.items():
        if any(member.startswith(beginning) for member in members):
            return kind
    return "an archive; unpack it, or give the files in it"
