"""The data dictionary: the columns of every table that is exported, described once, in `columns.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Literal

from lhs_nlp.framework import Framework

TableName = Literal["documents", "passages", "findings"]
ColumnType = Literal["text", "integer", "number", "boolean", "time", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` is one of text, integer, number, boolean, time (UTC) and list (of texts)."""

    name: str
    type: ColumnType
    description: str


def columns_of(
    table: TableName, framework: Framework, metadata: Sequence[str] = (), file_metadata: Sequence[str] = ()
) -> tuple[Column, ...]:
    """Return the columns of a table, in order.

    Parameters
    ----------
    table
        `documents` (one row each, with a verdict a benefit), `passages` or `findings`.
    framework
        Whose benefits and statuses have columns.
    metadata, file_metadata
        What the sources' metadata tell of, and what the files say of themselves: a column each.
    """
    places = {
        "benefit": [(benefit.id, benefit.name) for benefit in framework.benefits],
        "status": [(status.id, status.name.lower()) for status in framework.statuses],
        "metadata": [(key, key) for key in metadata],
        "file_metadata": [(key, key) for key in file_metadata],
    }
    dictionary = _dictionary()
    return tuple(
        Column(_filled(name, values), kind, _filled(description, values))
        for name in dictionary["tables"][table]
        for kind, description in [dictionary["columns"][name]]
        for values in _each(name, places)
    )


@cache
def _dictionary() -> dict[str, Any]:
    text = files("lhs_nlp.archive.export").joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _each(name: str, places: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[dict[str, str]]:
    """Yield what the places in a name stand for, and what that is called, e.g. `benefit` and `benefit_name`."""
    found = [key for key in places if f"{{{key}}}" in name]
    for chosen in product(*(places[key] for key in found)):
        pairs = list(zip(found, chosen, strict=True))
        yield {key: id for key, (id, _) in pairs} | {f"{key}_name": label for key, (_, label) in pairs}


def _filled(text: str, values: Mapping[str, str]) -> str:
    # Not str.format: a key of metadata is any text.
    for place, value in values.items():
        text = text.replace(f"{{{place}}}", value)
    return text
