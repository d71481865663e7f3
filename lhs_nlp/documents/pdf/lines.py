"""The lines of a page: text, box and font, as PDFium sees them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

_LINE_END_HYPHENS = ("\x02", "\ufffe")
"""What PDFium gives for a hyphen at a line's end."""

_BOLD_WEIGHT = 600
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_EMPHASIS = re.compile(rb"bold|black|heavy|italic|oblique", re.IGNORECASE)
_EMPHASISED = 0.9
"""Share of bold or italic characters: a bold word that leads into a paragraph is not enough."""
_WIDE_GAP = 2.2
"""Gap within a line, in font sizes, from which on it parts columns or the cells of a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page; lengths in points, origin at the lower left.

    Attributes
    ----------
    text
        What stands on the line.
    page
        Page, counted from 1.
    left, bottom, right, top
        The box around it.
    size
        Font size, the median over its characters.
    emphasised
        Whether it is bold or italic throughout.
    cells
        Number of pieces that wide gaps part, 1 for running text.
    """

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    emphasised: bool
    cells: int = 1

    @property
    def middle(self) -> float:
        """Height of the line's middle."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    emphasised: bool


def page_lines(textpage: Any, page: int) -> list[Line]:  # noqa: ANN401 - pypdfium2 is untyped
    """Return the lines of a page, in pieces where gaps are wide, in the order of the content stream."""
    pieces = (_line(part, page) for run in _runs(textpage) for part in _parted(run))
    return list(_merged(piece for piece in pieces if piece.text.strip()))


def join_cells(pieces: Sequence[Line]) -> Line:
    """Return the pieces that stand on one line, from left to right, as one line of cells."""
    line = pieces[0]
    for piece in pieces[1:]:
        line = _joined(line, piece, " | ", cells=1)
    return line


def _runs(textpage: Any) -> Iterator[list[_Character]]:  # noqa: ANN401
    """Yield runs of characters between the line ends that PDFium inserts."""
    import pypdfium2.raw as pdfium

    raw = textpage.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    flags, font = ctypes.c_int(), ctypes.create_string_buffer(64)
    run: list[_Character] = []
    for at in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        text = chr(code) if code < 0x110000 else ""
        if text in "\r\n":
            if run:
                yield run
            run = []
            continue
        if pdfium.FPDFText_IsGenerated(raw, at) == 1 and text not in _LINE_END_HYPHENS:
            if run:
                run.append(_Character(" ", run[-1].right, run[-1].bottom, run[-1].right, run[-1].top, 0, False))
            continue
        pdfium.FPDFText_GetCharBox(raw, at, left, right, bottom, top)
        pdfium.FPDFText_GetFontInfo(raw, at, font, len(font), flags)
        heavy = pdfium.FPDFText_GetFontWeight(raw, at) >= _BOLD_WEIGHT or flags.value & (_ITALIC_FLAG | _BOLD_FLAG)
        emphasised = heavy or _names_emphasis(font.value)
        shown = "-" if text in _LINE_END_HYPHENS else text
        size = _height(pdfium, raw, at)
        run.append(_Character(shown, left.value, bottom.value, right.value, top.value, size, bool(emphasised)))
    if run:
        yield run


@cache
def _names_emphasis(font: bytes) -> bool:
    """Return whether a font's name says bold or italic: the standard fonts say it nowhere else."""
    return _EMPHASIS.search(font) is not None


def _parted(run: Sequence[_Character]) -> Iterator[list[_Character]]:
    """Part a run where the gap between two visible characters is wide."""
    part: list[_Character] = []
    right = None
    for character in run:
        visible = bool(character.text.strip())
        if visible and right is not None and character.left - right > _WIDE_GAP * max(character.size, 1):
            yield part
            part = []
        part.append(character)
        right = character.right if visible else right
    yield part


def _height(pdfium: Any, raw: Any, at: int) -> float:  # noqa: ANN401
    """Return the size of a character as drawn: some files scale a font of size 1 by a matrix."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(raw, at))
    if pdfium.FPDFText_GetMatrix(raw, at, matrix):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        return round(size * scale if scale > 0 else size, 1)
    return size


def _line(characters: Sequence[_Character], page: int) -> Line:
    visible = [character for character in characters if character.text.strip()]
    if not visible:
        return Line("", page, 0, 0, 0, 0, 0, False)
    return Line(
        text="".join(character.text for character in characters),
        page=page,
        left=min(character.left for character in visible),
        bottom=min(character.bottom for character in visible),
        right=max(character.right for character in visible),
        top=max(character.top for character in visible),
        size=median(character.size for character in visible),
        emphasised=sum(character.emphasised for character in visible) > _EMPHASISED * len(visible),
    )


def _merged(pieces: Iterable[Line]) -> Iterator[Line]:
    """Join neighbouring pieces that stand on one line with a small gap: a change of font ends PDFium's lines."""
    waiting: Line | None = None
    for piece in pieces:
        if waiting is not None and _touch(waiting, piece):
            waiting = _joined(waiting, piece, " ", cells=0)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _touch(one: Line, other: Line) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    height = min(one.top - one.bottom, other.top - other.bottom)
    gap = other.left - one.right
    return overlap > 0.5 * height and -0.5 * one.size < gap < _WIDE_GAP * max(one.size, other.size, 1)


def _joined(one: Line, other: Line, glue: str, cells: int) -> Line:
    longer = one if len(one.text) >= len(other.text) else other
    return Line(
        text=f"{one.text.rstrip()}{glue}{other.text.lstrip()}",
        page=one.page,
        left=min(one.left, other.left),
        bottom=min(one.bottom, other.bottom),
        right=max(one.right, other.right),
        top=max(one.top, other.top),
        size=longer.size,
        emphasised=longer.emphasised,
        cells=one.cells + cells,
    )
