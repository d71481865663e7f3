"""Write small PDFs for tests: lines of the standard fonts at given places, fields of a form, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "ZapfDingbats", "SymbolMT")
_SIGNS = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <FF> <F020> endbfrange"
"""What Word says of the places of Symbol's signs in Unicode."""
_TURNS = ("1 0 0 1", "0 -1 1 0", "-1 0 0 -1", "0 1 -1 0")
"""How matrices begin that turn text by quarters clockwise."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; lengths in points, y from the foot of a page of 612 by 792, turned by quarters clockwise."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    italic: bool = False
    dingbats: bool = False
    symbol: bool = False
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Raised:
    """A line of text; what stands between ^{ and } is smaller and above it, or below it where `rise` is negative."""

    x: float
    y: float
    text: str
    size: float = 10
    small: float = 6.5
    rise: float = 3.5
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey picture that fills its page."""


@dataclass(frozen=True, slots=True)
class Square:
    """A black square, given by its lower left corner."""

    x: float
    y: float
    width: float = 4


def write_pdf(
    pages: Sequence[Sequence[Text | Raised | Picture | Square]],
    *,
    title: str = "",
    encrypted: bool = False,
    annotations: Sequence[str] = (),
    form: str | None = None,
) -> bytes:
    """Return the bytes of a PDF with these lines on its pages.

    `annotations` are dictionaries of what lies on the first page, without a type; where `form` is a string, they are
    the fields of a form, and it stands at the end of the catalog.
    """
    first = 3 + len(_FONTS)
    after = first + 2 * len(pages)
    references = " ".join(f"{after + at} 0 R" for at in range(len(annotations)))
    defaults = "/DR << /Font << /F0 3 0 R >> >> /DA (/F0 10 Tf 0 g) /NeedAppearances true"
    fields = "" if form is None else f"/AcroForm << /Fields [{references}] {defaults} /XFA (x) >> {form}"
    objects = [f"<< /Type /Catalog /Pages 2 0 R {fields} >>".encode()]
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for font in _FONTS:
        encoding = "" if font == "ZapfDingbats" else " /Encoding /WinAnsiEncoding"
        if font == "SymbolMT":
            encoding = f" /ToUnicode {after + len(annotations)} 0 R"
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{font}{encoding} >>".encode())
    for at, page in enumerate(pages):
        names = " ".join(f"/F{number} {3 + number} 0 R" for number in range(len(_FONTS)))
        fonts = f"/Resources << /Font << {names} >> >>"
        contents = first + 1 + 2 * at
        upon = f"/Contents {contents} 0 R" + (f" /Annots [{references}]" if annotations and at == 0 else "")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {fonts} {upon} >>".encode())
        stream = "\n".join(_operators(line) for line in page).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects += [f"<< /Type /Annot /P {first} 0 R {annotation} >>".encode("cp1252") for annotation in annotations]
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_SIGNS), _SIGNS))
    objects.append(f"<< /Title ({_escaped(title)}) >>".encode("cp1252"))
    return _assembled(objects, encrypted)


def lines(text: str, *, x: float = 72, top: float = 700, size: float = 10, leading: float = 12) -> list[Text]:
    """Return the lines of a text set one below the other; a blank line leaves a gap."""
    return [
        Text(x, top - leading * at, line, size) for at, line in enumerate(text.strip("\n").split("\n")) if line.strip()
    ]


def _operators(line: Text | Raised | Picture | Square) -> str:
    if isinstance(line, Square):
        return f"{line.x} {line.y} {line.width} {line.width} re f"
    if isinstance(line, Picture):
        return "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q"
    if isinstance(line, Raised):
        return f"BT {_TURNS[line.turned]} {line.x} {line.y} Tm {_raised(line)} ET"
    font = 1 if line.bold else 2 if line.italic else 3 if line.dingbats else 4 if line.symbol else 0
    return f"BT /F{font} {line.size} Tf {_TURNS[line.turned]} {line.x} {line.y} Tm ({_escaped(line.text)}) Tj ET"


def _raised(line: Raised) -> str:
    parts = re.split(r"\^{(.*?)}", line.text)
    fonts = [f"/F0 {line.size} Tf 0 Ts", f"/F0 {line.small} Tf {line.rise} Ts"]
    return " ".join(f"{fonts[at % 2]} ({_escaped(part)}) Tj" for at, part in enumerate(parts))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assembled(objects: Sequence[bytes], encrypted: bool) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    lock = b""
    if encrypted:  # the standard handler with hashes that no password fits
        key = b"00" * 32
        lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (key, key)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R%s >>\n" % (len(objects) + 1, len(objects), lock)
    data += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(data)
