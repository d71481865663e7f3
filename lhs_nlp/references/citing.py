"""References as a text cites them: BibTeX, each under a key that no other has."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from lhs_nlp.references.bibtex import KEY, new_key
from lhs_nlp.references.conversion import fields_in, reference_from
from lhs_nlp.references.keys import Keys
from lhs_nlp.references.roles import tag_of
from lhs_nlp.references.types import Fields, Reference

WITH_KEYS = ("bibtex", "csl")
"""Formats in which every reference has a key."""

_BARE = re.compile(r"\w+(?:[:.#$%&+?<>~/-]\w+)*", re.ASCII)
"""A key that pandoc reads without braces around it."""
_UNFIT = re.compile(r"[\s{}\[\]@,\"#%~\\^]+")
"""What BibTeX or a citation would take for its own."""


def citable(references: Sequence[Reference], others: Sequence[Sequence[Reference]] = ()) -> list[tuple[str, Reference]]:
    """Return references as BibTeX, each with its key.

    Parameters
    ----------
    references
        Records of any formats.
    others
        For each reference other records of the same work; () for none of any. One of them may have come with a key
        where the reference did not.

    Returns
    -------
    list
        Key and reference, in the same order. A key that a record came with is kept where no other record has it
        before, in capitals or not, which are the same to BibTeX; others are made of the first author, the year and a
        word of the title.
    """
    records = [fields_in("bibtex", reference) for reference in references]
    given = [_own_key(fields) for fields in records]
    for at, more in enumerate(others):
        rest = (other for other in more if other != references[at])
        given[at] = given[at] or next(filter(None, (_own_key(fields_in("bibtex", other)) for other in rest)), "")
    # Made keys give way to those that records came with.
    taken = Keys(given, str.casefold)
    used: set[str] = set()
    found: list[tuple[str, Reference]] = []
    for fields, key in zip(records, given, strict=True):
        if not key or key.casefold() in used:
            key = new_key(tuple(field for field in fields if field[0] != KEY), taken)
        used.add(key.casefold())
        found.append((key, reference_from("bibtex", _keyed(fields, key, "bibtex"))))
    return found


def under_key(reference: Reference, key: str, format: str) -> Reference:
    """Return a reference in one of `WITH_KEYS`, under this key whatever it had before."""
    return reference_from(format, _keyed(fields_in(format, reference), key, format))


def _keyed(fields: Fields, key: str, format: str) -> Fields:
    tag = tag_of(format, "citation_key")
    keyed = [field for field in fields if field[0] != tag]
    keyed.insert(int(format == "bibtex"), (str(tag), key if format == "bibtex" else json.dumps(key)))
    return tuple(keyed)


def _own_key(fields: Fields) -> str:
    return _UNFIT.sub("", next((value for tag, value in fields if tag == KEY), ""))


def citation(keys: Sequence[str]) -> str:
    """Return a citation of several works as pandoc reads it, e.g. ``[@okafor2021; @silva2020]``."""
    return f"[{'; '.join('@' + (key if _BARE.fullmatch(key) else '{' + key + '}') for key in keys)}]"
