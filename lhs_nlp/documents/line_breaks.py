"""Paragraphs that writers part by line breaks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lhs_nlp.documents.bullets import is_item

LINE_BREAK = "\x1f"
"""Stands for a line break, told apart from line ends of the source; white space to `clean`."""
_BLANK_LINES = re.compile(rf"{LINE_BREAK}\s*{LINE_BREAK}")
_FEWEST_ITEMS = 2
"""Lines that begin as items do, from which on they are a list: one alone may be a dash within a sentence."""


def paragraphs(text: str) -> Iterator[str]:
    """Yield what blank lines part, and the items of a list of which each begins on a line of its own."""
    for paragraph in _BLANK_LINES.split(text):
        lines = paragraph.split(LINE_BREAK)
        starts = [at for at, line in enumerate(lines) if is_item(line)]
        if len(starts) < _FEWEST_ITEMS:
            yield paragraph
            continue
        for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
            yield LINE_BREAK.join(lines[start:end])
