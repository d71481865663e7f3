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
    if numbers_in(one.title) != numbers_in(other.title):
        return "another number in the title"
    if kinds := kinds_apart(one.title, other.title):
        return f"one alone is named {min(kinds)}"
    return ""


def kinds_apart(one: str, other: str) -> set[str]:
    """Return the kinds of work that one of two titles in their normal form names and the other does not."""
    return (set(one.split()) ^ set(other.split())) & _KINDS


def numbers_in(title: str) -> list[str]:
    """Return the numbers of a title in its normal form, sorted; Roman ones, too."""
    return sorted(_NUMBER.findall(" ".join(_ROMAN.get(word, word) for word in title.split())))
