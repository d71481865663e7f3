"""Words after which a full stop may not end the sentence."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The lists of `abbreviations.toml`, which says what each is for."""

    never_ends: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    lettered: frozenset[str]
    openers: frozenset[str]


@cache
def abbreviations() -> Abbreviations:
    """Return the lists that ship with the library."""
    lists = tomllib.loads((files("lhs_nlp.passages") / "abbreviations.toml").read_text("utf-8"))
    return Abbreviations(**{part.name: frozenset(lists[part.name]) for part in fields(Abbreviations)})


def listed(word: str, words: frozenset[str]) -> bool:
    """Return whether a word is in a list, as it is spelt or in lower case."""
    return word in words or word.lower() in words
