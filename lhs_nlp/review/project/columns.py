"""How references are written into columns, and read from them again."""

from __future__ import annotations

import hashlib
import json
from sqlite3 import Row
from typing import Any

from lhs_nlp.archive.store.columns import storable, to_json
from lhs_nlp.references.roles import MANY, SINGLE
from lhs_nlp.references.types import Reference


def text_of(reference: Reference) -> str:
    """Return title and abstract: what is tagged, ranked, and searched by meaning. "" when there is neither."""
    return "\n\n".join(filter(None, (reference.title, reference.abstract)))


def text_sha256(reference: Reference) -> str:
    """Return the key of what is found in a reference's title and abstract."""
    return sha256_of(text_of(reference))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(storable(text).encode("utf-8")).hexdigest()


def reference_values(reference: Reference) -> dict[str, Any]:
    """Return a reference's columns of `records`."""
    single = {name: getattr(reference, name) for name in SINGLE}
    return {
        **{name: storable(value) if isinstance(value, str) else value for name, value in single.items()},
        **{name: to_json(getattr(reference, name)) for name in MANY},
        "format": reference.format,
        "fields": to_json(reference.fields),
    }


def reference_from_row(row: Row) -> Reference:
    """Build the reference of a row of `records`."""
    many: dict[str, Any] = {name: tuple(json.loads(row[name])) for name in MANY}
    return Reference(
        **{name: row[name] for name in SINGLE},
        **many,
        format=row["format"],
        fields=tuple((tag, value) for tag, value in json.loads(row["fields"])),
    )
