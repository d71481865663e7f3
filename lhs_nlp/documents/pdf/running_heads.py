"""Find what repeats on the pages of a document and is no part of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from lhs_nlp.documents.pdf.lines import Line
from lhs_nlp.documents.pdf.rows import side_by_side

_DIGITS = re.compile(r"\d+")
_OWN_NUMBER = re.compile(r"\A(?:#|[ivxl]+)\b\W*|\W*\b(?:#|[ivxl]+)\Z")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|pg\.?)?\W*(?:\d{1,4}|[ivxlc]{1,6})(?:\W*(?:of|/)\W*\d{1,4})?\W*\Z", re.IGNORECASE
)
_LONGEST = 200
"""Characters of a line that are looked at."""
_EDGE_ROWS = 3
"""A running head is among the outermost rows of a page."""
_SHARE = 0.4
"""Share of pages, of the same side, on which a running head stands."""
_TOLERANCE = 12.0
"""How far a running head may move from page to page, in points."""

_OFTEN = 3
"""Pages on which a line stands outermost, from which on it is a running head, as of a chapter."""

_Key = tuple[str, int]
_Row = list[Line]


def without_running_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages without running heads, running feet and page numbers.

    A line is one when it is in an outer row of its page and stands, digits and page numbers
    aside, at the same height on at least `_SHARE` of the pages, or of the left or right ones,
    and on two; or when it is in the outermost row and stands there on `_OFTEN` pages. A page
    number stands in the outermost row, alone or beside running heads. Of lines that are not upright, those are one
    that stand at the same height on two pages, as in a margin, or are upright running heads elsewhere.
    """
    rows = [side_by_side(line for line in lines if line.upright) for lines in pages]
    turned = [[line for line in lines if not line.upright] for lines in pages]
    edges = [_edges(page, _EDGE_ROWS) for page in rows]
    outermost = [_edges(page, 1) for page in rows]
    shared = {key for part in (edges, edges[::2], edges[1::2]) for key in _seen_on(part, max(2, _SHARE * len(part)))}
    often = _seen_on(outermost, _OFTEN)
    beside = {text for text, _ in shared | often | _seen_on([[lines] for lines in turned], 2)}
    stamps = {id(line) for lines in turned for line in lines if _key(line)[0] in beside or _is_page_number(line)}
    return [
        _without([line for line in lines if id(line) not in stamps], edge, outer, shared, often)
        for lines, edge, outer in zip(pages, edges, outermost, strict=True)
    ]


def _without(
    lines: list[Line], edge: Sequence[_Row], outer: Sequence[_Row], shared: Collection[_Key], often: Collection[_Key]
) -> list[Line]:
    """Return the lines of a page without its running heads and its page number."""
    gone = {id(line) for row in edge for line in row if _is_one_of(line, shared)}
    gone |= {id(line) for row in outer for line in row if _is_one_of(line, often)}
    for row in outer if len(lines) > 1 else ():
        others = [line for line in row if id(line) not in gone]
        if len(others) == 1 and _is_page_number(others[0]):
            gone.add(id(others[0]))
    return [line for line in lines if id(line) not in gone]


def _is_page_number(line: Line) -> bool:
    return _PAGE_NUMBER.match(line.text[:_LONGEST]) is not None


def _seen_on(edges: Sequence[Sequence[_Row]], least: float) -> set[_Key]:
    """Return what stands on at least so many pages."""
    seen = Counter(key for edge in edges for key in {_key(line) for row in edge for line in row})
    return {key for key, count in seen.items() if count >= least}


def _edges(rows: Sequence[_Row], depth: int) -> list[_Row]:
    """Return so many rows at the top and at the foot."""
    return [*rows[:depth], *rows[depth:][-depth:]]


def _key(line: Line) -> _Key:
    text = _DIGITS.sub("#", line.text[:_LONGEST].strip().lower())
    return _OWN_NUMBER.sub("", text) or text, round(line.middle / _TOLERANCE)


def _is_one_of(line: Line, keys: Collection[_Key]) -> bool:
    text, height = _key(line)
    return any((text, near) in keys for near in (height - 1, height, height + 1))
