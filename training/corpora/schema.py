"""The schema of the corpora's files, ``corpora/schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from training.corpora.documents import CORPORA

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_LONGEST_MESSAGE = 160


def schema_problems(value: Mapping[str, Any], part: str) -> Iterator[str]:
    """Yield where a value breaks the part of the schema, `document`, `standoff` or `correction`."""
    for error in _validator(part).iter_errors(value):
        message = shorten(error.message, _LONGEST_MESSAGE, placeholder=" ...")
        where = "/".join(str(step) for step in error.instance_path)
        yield f"`{where}`: {message}" if where else message


@cache
def _validator(part: str) -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator  # A test tool: training reads the corpora without it.

    schema = json.loads((CORPORA / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema | {"$ref": f"#/$defs/{part}"})
