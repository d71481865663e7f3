"""What no slip of typing explains: another number in the title, or a protocol beside its review."""

from __future__ import annotations

import re

from lhs_nlp.review.duplicates.traits import Traits

_NUMBER = re.compile(r"\d+")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_KINDS = frozenset(
    "protocol erratum corrigendum correction corrections retraction retracted comment commentary "
    "reply response rejoinder editorial letter addendum abstract supplement".split()
)


def veto(one: Traits, other: Traits) -> str:
    """Return why two references are different works, however alike they look; "" when nothing tells."""
    if not (one.title and other.title):
        return ""
    if _numbers(one.title) != _numbers(other.title):
        return "another number in the title"
    if kind := (set(one.title.split()) ^ set(other.title.split())) & _KINDS:
        return f"one alone is named {min(kind)}"
    return ""


def _numbers(title: str) -> list[str]:
    return sorted(_NUMBER.findall(" ".join(_ROMAN.get(word, word) for word in title.split())))
