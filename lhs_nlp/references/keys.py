"""Keys by which references are cited: none comes twice in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count

from lhs_nlp.references.types import Fields


def take_key(stem: str, taken: set[str]) -> str:
    """Return a key that is not taken, numbered where the stem is, and take it."""
    key = next(key for number in count(1) if (key := stem if number == 1 else f"{stem}-{number}") not in taken)
    taken.add(key)
    return key


def with_numbered_keys(
    records: Sequence[Fields],
    converted: Sequence[bool],
    *,
    tag: str,
    key: Callable[[str], str] = str,
    value: Callable[[str], str] = str,
) -> list[Fields]:
    """Return records of which none has the key of another.

    The first record of a key keeps it, one that is not converted before those that are.

    Parameters
    ----------
    records
        Of a format with keys.
    converted
        Of each record, whether it was of another format.
    tag
        Of the field that holds the key.
    key, value
        From the field's value to the key, and back.
    """
    given = [next((key(text) for name, text in fields if name == tag), "") for fields in records]
    own = {name for name, is_new in zip(given, converted, strict=True) if not is_new}
    taken, seen = set(given), {""}
    written: list[Fields] = []
    for fields, name, is_new in zip(records, given, converted, strict=True):
        if name and (name in seen or (is_new and name in own)):
            name = take_key(name, taken)
            fields = tuple((other, value(name) if other == tag else text) for other, text in fields)
        seen.add(name)
        written.append(fields)
    return written
