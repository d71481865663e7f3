"""Tell scanned pages, which are pictures, from pages of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lhs_nlp.documents.pdf.lines import Line

_FEWEST_CHARACTERS = 20
"""Characters a page must have on average, below which its text is a picture's by-product."""
_FEWEST_PICTURES = 2
"""Pages without text that hold a picture, below which they are figures or a cover."""


def is_scanned(pdf: Any, pages: Sequence[Sequence[Line]]) -> bool:  # noqa: ANN401 - pypdfium2 is untyped
    """Return whether the pages, given by their lines, have next to no text, or most of them are pictures alone."""
    if sum(len(line.text) for lines in pages for line in lines) < _FEWEST_CHARACTERS * len(pages):
        return True
    without_text = [at for at, lines in enumerate(pages) if not lines]
    fewest = max(_FEWEST_PICTURES, len(pages) // 2 + 1)
    return len(without_text) >= fewest and sum(_holds_picture(pdf, at) for at in without_text) >= fewest


def _holds_picture(pdf: Any, at: int) -> bool:  # noqa: ANN401
    import pypdfium2.raw as pdfium

    page = pdf[at]
    objects = (pdfium.FPDFPage_GetObject(page, number) for number in range(pdfium.FPDFPage_CountObjects(page)))
    kinds = map(pdfium.FPDFPageObj_GetType, objects)
    found = any(kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) for kind in kinds)
    page.close()
    return found
