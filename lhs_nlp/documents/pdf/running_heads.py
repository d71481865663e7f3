"""Find what repeats on the pages of a document and is no part of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lhs_nlp.documents.pdf.lines import Line

_DIGITS = re.compile(r"\d+")
_OWN_NUMBER = re.compile(r"\A(?:#|[ivxl]+)\b\W*|\W*\b(?:#|[ivxl]+)\Z")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|pg\.?)?\W*(?:\d{1,4}|[ivxlc]{1,6})(?:\W*(?:of|/)\W*\d{1,4})?\W*\Z", re.IGNORECASE
)
_EDGE_LINES = 3
"""A running head is among the outermost lines of a page."""
_SHARE = 0.4
"""Share of pages, of the same side, on which a running head stands."""
_TOLERANCE = 12.0
"""How far a running head may move from page to page, in points."""


def without_running_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages without running heads, running feet and page numbers.

    A line is one when it is among the outermost of its page and stands, digits and page numbers aside, at
    the same height on at least `_SHARE` of the pages and on two; or when it is outermost
    and nothing but a page number.
    """
    edges = [_edges(lines) for lines in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    least = max(2, round(_SHARE * len(pages) / 2))  # left and right pages may differ
    repeated = {key for key, count in seen.items() if count >= least}
    return [
        [line for line in lines if not (line in edge and _is_running(line, lines, repeated))]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _edges(lines: list[Line]) -> list[Line]:
    ordered = sorted(lines, key=lambda line: -line.middle)
    return ordered[:_EDGE_LINES] + ordered[_EDGE_LINES:][-_EDGE_LINES:]


def _key(line: Line) -> tuple[str, int]:
    text = _DIGITS.sub("#", line.text.strip().lower())
    return _OWN_NUMBER.sub("", text) or text, round(line.middle / _TOLERANCE)


def _is_running(line: Line, lines: list[Line], repeated: set[tuple[str, int]]) -> bool:
    text, height = _key(line)
    if any((text, near) in repeated for near in (height - 1, height, height + 1)):
        return True
    outermost = line.middle in (min(each.middle for each in lines), max(each.middle for each in lines))
    return outermost and len(lines) > 1 and bool(_PAGE_NUMBER.match(line.text))
