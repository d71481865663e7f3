"""Cut sentences that are too long for a passage, where it hurts least."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lhs_nlp.passages.marks import BULLETS, DASHES, STOPS
from lhs_nlp.passages.spans import Span, size_of, trim

KEPT_WHOLE = 2.5
"""A sentence of up to this many times the longest passage stays whole when it has no joint to cut at."""

_JOINTS = (
    re.compile(
        rf"""
        (?<=;)\s+ | (?<=\s\|)\s+ | (?<=[{STOPS}])\s+                       # parts of a list, cells, fragments
        | \s+(?=(?:\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})\)|[{BULLETS}{DASHES}])\s)  # before "(2) ", "b) ", "- "
        """,
        re.VERBOSE,
    ),
    re.compile(
        r"(?<=:)\s+ | (?<=,)\s+(?=(?:and|as|because|but|for|including|nor|or|so|such|wh\w+|with|yet)\s)", re.VERBOSE
    ),
)
_LAST_RESORTS = (re.compile(r"(?<=,)\s+"), re.compile(r"\s+"))

_OFF_CENTRE = 0.3
"""How far from the middle a cut may lie, as a share of the whole: no part is a mere scrap."""


def parts(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    """Yield a sentence whole, or in parts of at most `longest` words where it has joints to cut at.

    Joints are, from best to worst: semicolons and marks of a list, then clauses. What is longer
    than `KEPT_WHOLE` times `longest` is also cut at commas, at white space, or anywhere.
    """
    size = size_of(text, start, end)
    cut = None if size <= longest else _cut(text, start, end, must=size > KEPT_WHOLE * longest)
    if cut is None:
        yield start, end
        return
    for half in (trim(text, start, cut), trim(text, cut, end)):
        if half:
            yield from parts(text, *half, longest)


def _cut(text: str, start: int, end: int, *, must: bool) -> int | None:
    """Return where to cut, the best kind of joint nearest to the middle; None when there is none and it need not be."""
    middle, reach = (start + end) // 2, int(_OFF_CENTRE * (end - start))
    for joint in (*_JOINTS, *_LAST_RESORTS) if must else _JOINTS:
        ends = [found.end() for found in joint.finditer(text, middle - reach, middle + reach)]
        if ends:
            return min(ends, key=lambda at: abs(at - middle))
    return middle if must else None
