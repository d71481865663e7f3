"""What the tags of a format mean: title, authors, year; and what each format calls a type of work."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SINGLE = ("type", "title", "abstract", "year", "doi", "pmid", "journal", "volume", "issue", "pages", "url", "language")
"""Roles of which a `Reference` holds one value."""
MANY = ("authors", "keywords")
"""Roles of which a `Reference` holds several."""


@cache
def roles_of(format: str) -> dict[str, tuple[str, ...]]:
    """Return the tags of each role in a format, the preferred one first."""
    return {role: tuple(tags) for role, tags in _data("roles.toml")[format].items()}


@cache
def uses_of(format: str) -> dict[str, list[tuple[int, int, str]]]:
    """Return what each tag of a format says: place of the role in the table, rank of the tag in the role, role."""
    uses: dict[str, list[tuple[int, int, str]]] = {}
    for place, (role, tags) in enumerate(roles_of(format).items()):
        for rank, tag in enumerate(tags):
            uses.setdefault(tag, []).append((place, rank, role))
    return uses


def tag_of(format: str, role: str) -> str | None:
    """Return the tag under which a format writes a role; None when it has none."""
    tags = roles_of(format).get(role)
    return tags[0] if tags else None


def type_in(format: str, name: str, *, key: str | None = None) -> str:
    """Return what a format calls a type of work that any format has named.

    Parameters
    ----------
    format
        A format with types of its own: ris, nbib, bibtex, csl or endnote. Others keep the name.
    name
        The type as its source calls it, e.g. ``JOUR`` or ``article-journal``.
    key
        Another column of the table, such as ``endnote_number``.
    """
    rows = _types()
    if format not in rows[-1]:
        return name
    found = next((row for row in rows if name.casefold() in _names(row)), None) or next(
        (row for row in rows if name.casefold() in _names(row, also=True)), rows[-1]
    )
    return str(found[key or format])


def known_type(names: Iterable[str]) -> str | None:
    """Return the first of several types that any format has named; one of the other names of a type comes after."""
    parts = [part.strip() for name in names for part in re.split(r"[;\n]", name)]
    for also in (False, True):
        known = {name for row in _types() for name in _names(row, also=also)}
        if found := next((part for part in parts if part.casefold() in known), None):
            return found
    return None


def _types() -> list[dict[str, Any]]:
    return list(_data("work_types.toml")["types"])


def _names(row: Mapping[str, Any], *, also: bool = False) -> set[str]:
    """Return what the formats call a type, or what it is called beside that, without case."""
    names = row.get("also", ()) if also else (value for key, value in row.items() if key != "also")
    return {name.casefold() for name in names}


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("lhs_nlp.references").joinpath(name).read_text(encoding="utf-8"))
