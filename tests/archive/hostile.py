"""Inputs that mean harm, or look as if they did; each with the reasons that it may be given."""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tests.archive.filling import SAFETY
from tests.documents.pdf_writer import lines, write_pdf
from tests.documents.word_writer import paragraph, write_docx, write_zip

READ = "read"
"""In the place of a reason: it is a document after all."""

OUTSIDE = "/escaped.txt"
"""Where nothing may be written."""

_BOMB = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
_LAUGHS = f'<!DOCTYPE article [<!ENTITY e0 "ha">{_BOMB}]>'
_OUTSIDE = '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
_PDF = write_pdf([lines(f"Aims\n\n{SAFETY}")])


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file of an archive: its name, how it is made, and what may be said of it, or of its members."""

    name: str
    make: bytes | Callable[[Path], None]
    reasons: frozenset[str]

    def write(self, folder: Path) -> None:
        path = folder / self.name
        if isinstance(self.make, bytes):
            path.write_bytes(self.make)
        else:
            self.make(path)


def _hostile(name: str, make: bytes | Callable[[Path], None], *reasons: str) -> Hostile:
    return Hostile(name, make, frozenset(reasons))


def _sparse(size: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def _tar(name: str, content: bytes = b"x", mode: str = "w", kind: bytes = tarfile.REGTYPE, size: int = -1) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:  # type: ignore[call-overload]
        header = tarfile.TarInfo(name)
        header.type, header.linkname, header.size = kind, "/etc/passwd", len(content)
        archive.addfile(header, io.BytesIO(content) if kind == tarfile.REGTYPE else None)
    return data.getvalue()


def _header(kind: bytes, size: int) -> bytes:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = kind, size
    return header.tobuf(tarfile.GNU_FORMAT) + bytes(4096)


def _nested(depth: int) -> bytes:
    data = SAFETY.encode()
    for at in range(depth):
        data = write_zip({f"{at}.zip" if at else "a.txt": data})
    return data


def _patched(data: bytes, *patches: tuple[bytes, int, bytes]) -> bytes:
    """Return data with bytes replaced so far behind the first of each mark."""
    changed = bytearray(data)
    for mark, at, new in patches:
        start = data.index(mark) + at
        changed[start : start + len(new)] = new
    return bytes(changed)


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", bytes(30_000_000))


def _parquet(cut: int) -> bytes:
    data = io.BytesIO()
    pd.DataFrame({"text": [SAFETY] * 100}).to_parquet(data)
    return data.getvalue()[:cut]


def _xlsx(**parts: bytes) -> bytes:
    data = io.BytesIO()
    pd.DataFrame({"text": [SAFETY]}).to_excel(data, index=False)
    with zipfile.ZipFile(data) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    sheet = content["xl/worksheets/sheet1.xml"]
    content["xl/worksheets/sheet1.xml"] = parts.get("prolog", b"") + sheet
    return write_zip(content)


_ZIP = write_zip({"a.txt": b"some text " * 100})
_LOCKED = _patched(_ZIP, (b"PK\x03\x04", 6, b"\x01"), (b"PK\x01\x02", 8, b"\x01"))
_STRANGE = _patched(_ZIP, (b"PK\x03\x04", 8, b"\x63"), (b"PK\x01\x02", 10, b"\x63"))
_LIAR = _patched(_ZIP, (b"PK\x03\x04", 22, struct.pack("<I", 5)), (b"PK\x01\x02", 24, struct.pack("<I", 5)))
_SLOW = (READ, "malformed", "timeout", "out_of_memory", "crashed", "empty")
"""For what any outcome will do that is an outcome."""

HOSTILE = (
    # Archives
    _hostile("bomb.zip", _zip_bomb, "too_large"),
    _hostile("bomb.tar.gz", lambda path: _tar_bomb(path), "too_large"),
    _hostile("nested.zip", _nested(6), "too_large"),
    _hostile("up.zip", write_zip({"../../escaped.txt": b"x"}), "unsafe"),
    _hostile("root.zip", write_zip({OUTSIDE: b"x"}), "unsafe"),
    _hostile("windows.zip", write_zip({"..\\..\\escaped.txt": b"x"}), "unsafe"),
    _hostile("drive.zip", write_zip({"C:\\escaped.txt": b"x"}), "unsafe"),
    _hostile("locked.zip", _LOCKED, "encrypted"),
    _hostile("strange.zip", _STRANGE, "malformed"),
    _hostile("liar.zip", _LIAR, "malformed"),
    _hostile("cut.zip", _ZIP[:-30], "malformed"),
    _hostile("empty.zip", write_zip({}), "empty"),
    _hostile("no.zip", b"PK\x03\x04" + bytes(500), "malformed"),
    _hostile("up.tar", _tar("../../escaped.txt"), "unsafe"),
    _hostile("root.tar", _tar(OUTSIDE), "unsafe"),
    _hostile("link.tar", _tar("passwd.txt", kind=tarfile.SYMTYPE), "unsafe"),
    _hostile("hard.tar", _tar("passwd.txt", kind=tarfile.LNKTYPE), "unsafe"),
    _hostile("device.tar", _tar("null.txt", kind=tarfile.CHRTYPE), "unsafe"),
    _hostile("cut.tar.gz", _tar("a.txt", os.urandom(5000), "w:gz")[:800], "malformed"),
    _hostile("no.tar.xz", b"\xfd7zXZ\x00" + bytes(300), "malformed"),
    _hostile("long.tar", _header(tarfile.GNUTYPE_LONGNAME, 8_000_000_000), "too_large"),
    _hostile("pax.tar", _header(tarfile.XHDTYPE, 8_000_000_000), "too_large"),
    # XML and HTML
    _hostile("laughs.xml", f"{_LAUGHS}<article><body><p>&e9;</p></body></article>".encode(), "malformed"),
    _hostile("outside.xml", f"{_OUTSIDE}<article><body><p>&x;</p></body></article>".encode(), "malformed"),
    _hostile("deep.xml", b"<article>" + b"<sec>" * 50_000 + b"</sec>" * 50_000 + b"</article>", *_SLOW),
    _hostile("deep.html", b"<!doctype html>" + b"<div>" * 100_000 + b"text", *_SLOW),
    _hostile("table.html", b"<!doctype html><table>" + b"<tr><td>" * 20_000, *_SLOW),
    _hostile("scripts.html", b"<!doctype html><script>document.write('x')</script>", "empty"),
    # Word
    _hostile("bomb.docx", write_docx(paragraph("x" * 30_000_000)), "too_large"),
    _hostile("laughs.docx", write_docx(paragraph("&e9;"), prolog=_LAUGHS), *_SLOW),
    _hostile("outside.docx", write_docx(paragraph("&x;"), prolog=_OUTSIDE), "malformed", "empty"),
    _hostile("cut.docx", write_docx(paragraph(SAFETY))[:500], "malformed"),
    _hostile("locked.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    _hostile("old.docx", _OLE, "unsupported"),
    _hostile("other.docx", write_zip({"ppt/presentation.xml": b"<x/>"}), "unsupported"),
    # PDF
    _hostile("locked.pdf", write_pdf([lines(SAFETY)], encrypted=True), "encrypted"),
    _hostile("cut.pdf", _PDF[:400], "malformed", "empty", "scanned"),
    _hostile("blank.pdf", write_pdf([[]]), "scanned"),
    _hostile("none.pdf", b"%PDF-1.7\n%%EOF", "malformed"),
    _hostile("loop.pdf", _PDF.replace(b"/Kids [7 0 R]", b"/Kids [2 0 R]"), *_SLOW, "scanned"),
    # Text and other bytes
    _hostile("gigabyte.txt", _sparse(1 << 30), "too_large"),
    _hostile("zeros.txt", _sparse(20_000_000), "unsupported"),
    _hostile("nothing.txt", b"", "empty"),
    _hostile("blanks.txt", b" \n\t" * 1000, "empty"),
    _hostile("picture.pdf", _PNG, "unsupported"),
    _hostile("program.txt", b"\x7fELF" + bytes(200), "unsupported"),
    _hostile("packed.txt", gzip.compress(bytes(1_000_000)), "unsupported"),
    _hostile("brackets.md", b"[" * 20_000, *_SLOW),
    _hostile("quotes.md", b">" * 20_000 + b" text", *_SLOW),
    _hostile("noise.txt", bytes(range(1, 256)) * 400, READ, "unsupported", "empty"),
    _hostile("two\nlines\x1b[2J.txt", b"\x00" * 64, "unsupported"),
    _hostile(os.fsdecode(b"caf\xe9.pdf"), _PNG, "unsupported"),
    _hostile("pipe.txt", lambda path: os.mkfifo(path), "unsupported"),
    _hostile("zero.txt", lambda path: path.symlink_to("/dev/zero"), "unsupported"),
    _hostile("loop.txt", lambda path: path.symlink_to(path.name), "not_found"),
    # Tables
    _hostile("formulas.csv", b'text,note\n"=HYPERLINK(""http://x"")",=1+1\n', READ),
    _hostile("nul.csv", b"text\n\x00\x00\x00\n", READ, "empty", "malformed"),
    _hostile("other.csv", b"a,b\n1,2\n", "malformed"),
    _hostile("cell.csv", b'text\n"' + b"x" * 30_000_000, "malformed", "too_large"),
    _hostile("deep.jsonl", b"[" * 200_000, "malformed"),
    _hostile("numbers.jsonl", json.dumps({"text": None}).encode() + b"\nNaN\n", "empty", "malformed"),
    _hostile("cut.parquet", _parquet(300), "malformed"),
    _hostile("no.parquet", b"PAR1" + bytes(100) + b"PAR1", "malformed"),
    _hostile("bomb.xlsx", write_zip({"xl/workbook.xml": bytes(30_000_000)}), "too_large"),
    _hostile("laughs.xlsx", _xlsx(prolog=_LAUGHS.encode()), "malformed"),
    _hostile("cut.xlsx", _xlsx()[:900], "malformed"),
)


def _tar_bomb(path: Path) -> None:
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for number in range(4):
            header = tarfile.TarInfo(f"{number}.txt")
            header.size = 30_000_000
            archive.addfile(header, io.BytesIO(bytes(header.size)))
