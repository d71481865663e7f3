"""What was typed into the fields of a form, which PDFium keeps apart from a page's text."""

from __future__ import annotations

import logging
from typing import Any

_PLACEHOLDER = "please wait"
"""How the one page begins that stands in for a form that only its own program can build."""


def open_form(pdf: Any) -> None:  # noqa: ANN401 - pypdfium2 is untyped
    """Make the fields of a PDF known, if it has any, before its pages are fetched."""
    import pypdfium2.raw as pdfium

    if pdf.get_formtype() != pdfium.FORMTYPE_NONE:
        # It warns of every form of the kind XFA, also where the fields are at hand.
        logging.getLogger("pypdfium2._helpers.document").setLevel(logging.ERROR)
        pdf.init_forms()


def show_answers(page: Any) -> bool:  # noqa: ANN401
    """Make what was typed into a page's fields part of its text, without comments, buttons and ticks.

    Returns whether there was any; the page is then to be fetched again.
    """
    import pypdfium2.raw as pdfium

    typed = 0
    for at in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        if _is_typed(page, at):
            typed += 1
        else:
            pdfium.FPDFPage_RemoveAnnot(page, at)
    return typed > 0 and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS


def is_placeholder(pdf: Any, text: str) -> bool:  # noqa: ANN401
    """Return whether a PDF with this text is a form that says of itself that its pages are still to be built."""
    import pypdfium2.raw as pdfium

    return pdf.get_formtype() == pdfium.FORMTYPE_XFA_FULL and text.lstrip().lower().startswith(_PLACEHOLDER)


def _is_typed(page: Any, at: int) -> bool:  # noqa: ANN401
    """Return whether an annotation is a field that holds words."""
    import pypdfium2.raw as pdfium

    annotation = pdfium.FPDFPage_GetAnnot(page, at)
    kind = pdfium.FPDFAnnot_GetFormFieldType(page.formenv, annotation)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return kind in (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX)
