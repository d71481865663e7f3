"""The characters of a page with place and font, in the runs that PDFium takes for lines."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lhs_nlp.documents.symbol_fonts import in_unicode

_LINE_END_HYPHENS = ("\x02", "\ufffe")
"""What PDFium gives for a hyphen at a line's end, in place of the line end."""

_BOLD_WEIGHT = 600
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_EMPHASIS = re.compile(rb"bold|black|heavy|italic|oblique", re.IGNORECASE)
_SYMBOLS = re.compile(rb"dingbat|wingding|webding|wpmath|wptypo|wpiconic", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Character:
    """A character on a page; lengths in points.

    Attributes
    ----------
    text
        The character.
    left, bottom, right, top
        The box around its shape.
    baseline
        Height of the line that its text stands on, also where its shape hangs below.
    size
        Font size as drawn; 0 for a space that PDFium inferred from a gap.
    emphasised
        Whether it is bold or italic.
    symbol
        Whether its font holds signs, so that its text says nothing of its shape.
    upright
        Whether it stands upright on its page, neither sideways nor upside down.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    size: float
    emphasised: bool
    symbol: bool
    upright: bool = True

    @property
    def is_visible(self) -> bool:
        """Whether it leaves a mark."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of a text object have in common: its font, and how it is drawn; as of `Character`."""

    font: str
    baseline: float
    size: float
    emphasised: bool
    symbol: bool
    upright: bool


def character_runs(textpage: Any) -> Iterator[list[Character]]:  # noqa: ANN401 - pypdfium2 is untyped
    """Yield runs of characters between the line ends that PDFium inserts."""
    import pypdfium2.raw as pdfium

    raw = textpage.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    styles = _Styles(raw)
    run: list[Character] = []
    for at in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        text = chr(code) if code < 0x110000 else ""
        ends = text in _LINE_END_HYPHENS
        if text in "\r\n":
            if run:
                yield run
            run = []
            continue
        if pdfium.FPDFText_IsGenerated(raw, at) == 1 and not ends:
            if run:
                run.append(space_after(run[-1]))
            continue
        pdfium.FPDFText_GetCharBox(raw, at, left, right, bottom, top)
        style = styles.of(at, bottom.value)
        run.append(
            Character(
                "-" if ends else in_unicode(text, style.font),
                left.value,
                bottom.value,
                right.value,
                top.value,
                style.baseline,
                style.size,
                style.emphasised,
                style.symbol,
                style.upright,
            )
        )
        if ends:
            yield run
            run = []
    if run:
        yield run


def space_after(character: Character) -> Character:
    """Return a space without width that follows a character."""
    right, baseline = character.right, character.baseline
    return Character(" ", right, character.bottom, right, character.top, baseline, 0, False, False, character.upright)


def quarter_turns(raw: Any, at: int) -> int:  # noqa: ANN401
    """Return by how many quarters of a circle a character is turned, clockwise."""
    import pypdfium2.raw as pdfium

    return round(float(pdfium.FPDFText_GetCharAngle(raw, at)) / (math.pi / 2)) % 4


class _Styles:
    """The styles of a page's characters, asked once a text object: once a character takes a third longer."""

    def __init__(self, raw: Any) -> None:  # noqa: ANN401
        from pypdfium2.raw import FPDFText_GetTextObject

        self._raw, self._text_object = raw, FPDFText_GetTextObject
        self._drawn_by: int | None = None
        self._style: _Style | None = None

    def of(self, at: int, bottom: float) -> _Style:
        text_object = self._text_object(self._raw, at)
        drawn_by = ctypes.addressof(text_object.contents) if text_object else None
        if self._style is None or drawn_by is None or drawn_by != self._drawn_by:
            self._drawn_by, self._style = drawn_by, _style(self._raw, at, bottom)
        return self._style


def _style(raw: Any, at: int, bottom: float) -> _Style:  # noqa: ANN401
    import pypdfium2.raw as pdfium

    flags, font = ctypes.c_int(), ctypes.create_string_buffer(64)
    pdfium.FPDFText_GetFontInfo(raw, at, font, len(font), flags)
    heavy = pdfium.FPDFText_GetFontWeight(raw, at) >= _BOLD_WEIGHT or flags.value & (_ITALIC_FLAG | _BOLD_FLAG)
    name, says_emphasis, says_symbols = _names(font.value)
    baseline, size = _baseline_and_size(pdfium, raw, at, bottom)
    return _Style(name, baseline, size, bool(heavy) or says_emphasis, says_symbols, quarter_turns(raw, at) == 0)


@lru_cache(1000)
def _names(font: bytes) -> tuple[str, bool, bool]:
    """Return a font's name, whether it says bold or italic, and signs: the standard fonts say it nowhere else."""
    name = font.decode("ascii", "replace")
    return name, _EMPHASIS.search(font) is not None, _SYMBOLS.search(font) is not None


def _baseline_and_size(pdfium: Any, raw: Any, at: int, bottom: float) -> tuple[float, float]:  # noqa: ANN401
    """Return baseline and size of a character as drawn: some files scale a font of size 1 by a matrix."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(raw, at))
    if pdfium.FPDFText_GetMatrix(raw, at, matrix):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        return matrix.f, round(size * scale if scale > 0 else size, 1)
    return bottom, size
