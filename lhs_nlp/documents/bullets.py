"""Recognise the start of a list item."""

from __future__ import annotations

import re

BULLET = "\u2022"
_SIGNS = r"•‣◦▪▫■□●○➢➤✓❖\uf020-\uf0ff"  # the last are what fonts of signs leave
_BULLET = re.compile(rf"\s*(?:[{_SIGNS}·*\u2013\u2014-]\s+|o\s+(?=[A-Z])|[•▪●➢\uf020-\uf0ff]\s*(?=\S))")
_NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)|\d{1,2}\.)\s+(?=\S)")


def bullet_length(line: str) -> int:
    """Return the length of the bullet that the line begins with, 0 when it has none."""
    match = _BULLET.match(line)
    return match.end() if match and match.end() < len(line) else 0


def is_item(line: str) -> bool:
    """Return whether the line begins with a bullet or with an item's number."""
    return bool(bullet_length(line) or _NUMBER.match(line))
