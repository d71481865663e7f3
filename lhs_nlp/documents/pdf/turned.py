"""Pages whose text is set sideways, as wide tables are, or upside down."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lhs_nlp.documents.pdf.characters import quarter_turns

_SAMPLED = 500
"""Characters of a page that are looked at."""
_BACK = {1: (0, 1, -1, 0), 2: (-1, 0, 0, -1), 3: (0, -1, 1, 0)}
"""Matrices that turn back by quarters of a circle; where on its page a text stands says nothing, but for the order."""


def turn_upright(page: Any) -> bool:  # noqa: ANN401 - pypdfium2 is untyped
    """Turn what stands on a page so that most of its text is upright.

    Returns whether it was not; the page is then to be fetched again.
    """
    import pypdfium2.raw as pdfium

    turns = _turns(page)
    if turns == 0:
        return False
    return bool(pdfium.FPDFPage_TransFormWithClip(page, pdfium.FS_MATRIX(*_BACK[turns], 0, 0), None))


def _turns(page: Any) -> int:  # noqa: ANN401
    """Return by how many quarters of a circle, clockwise, most of a page's text is turned."""
    textpage = page.get_textpage()
    count = textpage.count_chars()
    turns = Counter(quarter_turns(textpage, at) for at in range(0, count, 1 + count // _SAMPLED))
    textpage.close()
    return max(turns, key=turns.__getitem__, default=0)
