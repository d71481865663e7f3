"""Bullets that are drawn and no characters, as browsers print them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lhs_nlp.documents.bullets import BULLET, is_item
from lhs_nlp.documents.pdf.lines import Line

_SMALLEST, _LARGEST = 0.15, 0.7
"""Height of a bullet, as a share of the size of its text."""
_SQUARE = 0.8
"""Share of the longer of its sides that the other one has, at least."""
_FARTHEST = 2.0
"""Gap between a bullet and its text, in font sizes, at most."""
_MOST = 100
"""Small shapes of a page, above which they are a figure's."""
_HIGHEST = 40.0
"""Height of a bullet of the largest text, in points."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape about as wide as it is high; lengths in points, origin at the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def is_before(self, line: Line) -> bool:
        """Return whether it stands where the bullet of a line does."""
        in_line = line.bottom < (self.bottom + self.top) / 2 < line.top
        is_small = _SMALLEST * line.size < self.top - self.bottom < _LARGEST * line.size
        return in_line and is_small and 0 < line.left - self.right < _FARTHEST * line.size


def with_drawn_bullets(page: Any, lines: Sequence[Line]) -> list[Line]:  # noqa: ANN401 - pypdfium2 is untyped
    """Return the lines of a page, a bullet before those before which one is drawn."""
    shapes = list(_shapes(page))
    return [_bulleted(line, shapes) for line in lines] if len(shapes) <= _MOST else list(lines)


def _bulleted(line: Line, shapes: Sequence[_Shape]) -> Line:
    before = [shape.left for shape in shapes if shape.is_before(line)]
    if not before or is_item(line.text) or not any(map(str.isalpha, line.text)):  # points of a graph have numbers
        return line
    return replace(line, text=f"{BULLET} {line.text.lstrip()}", left=max(before))


def _shapes(page: Any) -> Iterator[_Shape]:  # noqa: ANN401
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        width, height = right.value - left.value, top.value - bottom.value
        if max(width, height) < _HIGHEST and min(width, height) > _SQUARE * max(width, height):
            yield _Shape(left.value, bottom.value, right.value, top.value)
