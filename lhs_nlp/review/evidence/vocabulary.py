"""The words by which references state their design and their setting."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lhs_nlp.review.duplicates.traits import normal

NOT_STATED = "Not stated"
"""What is shown where a reference does not say; nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A design or a setting, and what states it.

    Parameters
    ----------
    id, name
        What it is called, for programs and for people.
    fields
        Whole keywords and types of publication, in the normal form of `plain`.
    terms
        Words of titles and abstracts, in the same form, a blank on either side.
    """

    id: str
    name: str
    fields: frozenset[str]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All designs, in the order in which they are tried, all settings, and the tags of types of publication."""

    designs: tuple[Entry, ...]
    settings: tuple[Entry, ...]
    type_tags: Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of `vocabulary.toml`."""
    data = tomllib.loads(files("lhs_nlp.review.evidence").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        designs=tuple(map(_entry, data["design"])),
        settings=tuple(map(_entry, data["setting"])),
        type_tags={format: tuple(tags) for format, tags in data["type_tags"].items()},
    )


def _entry(row: Mapping[str, str]) -> Entry:
    fields, terms = (tuple(map(plain, row[name])) for name in ("fields", "terms"))
    return Entry(row["id"], row["name"], frozenset(fields), tuple(f" {term} " for term in terms))


def plain(text: str) -> str:
    """Return words in lower case, without accents and punctuation, "randomised" spelt with a z."""
    return normal(text).replace("randomis", "randomiz")
