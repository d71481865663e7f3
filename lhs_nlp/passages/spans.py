"""Spans of a text: their size, and what they hold between white space."""

from __future__ import annotations

Span = tuple[int, int]
"""Start and end, offsets in characters."""

_LONGEST_MEAN_WORD = 10
"""Characters to a word, space included: prose has six to seven, so only text without spaces is measured by it."""


def size_of(text: str, start: int, end: int) -> int:
    """Return the number of words; a text with few spaces, as in Chinese, counts one for ten characters."""
    return max(len(text[start:end].split()), (end - start) // _LONGEST_MEAN_WORD)


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without the white space at its ends; None when it is blank."""
    part = text[start:end]
    content = part.strip()
    if not content:
        return None
    start += len(part) - len(part.lstrip())
    return start, start + len(content)
