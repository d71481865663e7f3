"""Raised letters and numbers that point to notes, references or affiliations, and so are no part of a word."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

_ONE = r"(?:\d{1,3}|[a-z*\u2020\u2021\u00a7\u00b6#])"
_MARK = re.compile(rf"[\[(]?{_ONE}(?:\s*[,;\u2013-]\s*{_ONE})*[\])]?")
_BETWEEN = re.compile(r"[,;]")
_POWERS = ("2", "3")
_BEHIND_WORD = re.compile(r"[^\W\d_]{3}[a-z]\Z")
"""The end of a word that is too long for most units."""
_BEHIND_STOP = re.compile(
    r"""
    (?: [^\W\d_][.)\]]* | [)\]%] | (?<![\d.,$])(?:19|20)\d\d ) [.,;:]["\u201d]?\Z
    | (?: [^\W\d_]\u201d | % )\Z
    """,
    re.VERBOSE,
)
"""The end of a sentence or a part of one, within quotation marks or not; behind other figures may be cents."""
_LINKS = ("a", "xref")
_MOST_WITHIN = 30
"""Elements within a mark, at most: looking into nested ones takes time by the square of their number."""


def points_elsewhere(raised: str, before: str) -> bool:
    """Return whether raised letters or numbers behind this text are a mark, not a power or a part of a unit."""
    text = raised.strip()
    if not _MARK.fullmatch(text):
        return False
    end = before[-8:]
    return _BEHIND_STOP.search(end) is not None or (text not in _POWERS and _BEHIND_WORD.search(end) is not None)


def drop_reference_marks(root: Any) -> None:  # noqa: ANN401 - of lxml or of the standard library
    """Empty the elements `sup` that are marks: those that are links, and those behind a word; not powers and units."""
    for parent in root.iter():
        before = parent.text or ""
        for child in parent:
            if child.tag == "sup" and _is_mark(child, parent.tag, before):
                del child[:]
                child.text = None
            before = child.tail or (isinstance(child.tag, str) and child.text) or before


def _is_mark(raised: Any, within: str, before: str) -> bool:  # noqa: ANN401
    if len(list(islice(raised.iter(), _MOST_WITHIN))) == _MOST_WITHIN:
        return False
    text = "".join(raised.itertext()).strip()
    if _BETWEEN.fullmatch(text):
        return True
    is_link = within in _LINKS or any(child.tag in _LINKS for child in raised)
    return (is_link and _MARK.fullmatch(text) is not None) or points_elsewhere(text, before)
