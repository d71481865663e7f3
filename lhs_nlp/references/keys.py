"""Keys by which references are cited: none comes twice in a file."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from lhs_nlp.references.types import Fields

_LETTERS = str.maketrans(
    {
        "\u00e6": "ae",
        "\u00f0": "d",
        "\u00f8": "o",
        "\u00fe": "th",
        "\u0111": "d",
        "\u0131": "i",
        "\u0142": "l",
        "\u0153": "oe",
    }
)
"""Letters that are no other one with an accent."""


def plain_letters(text: str) -> str:
    """Return a text in lower case with a to z and digits alone, accents taken off: "M\u00fcller" is "muller"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(character for character in plain if character.isascii() and character.isalnum())


class Keys:
    """Keys that are taken, and new ones beside them.

    Parameters
    ----------
    keys
        Those that are taken.
    same
        From a key to what tells it from others; ``str.casefold`` where capitals make no other key.
    """

    def __init__(self, keys: Iterable[str], same: Callable[[str], str] = str) -> None:
        self._same = same
        self._taken = set(map(same, keys))
        self._numbers = Counter[str]()

    def take(self, stem: str) -> str:
        """Return a key that is not taken, numbered where the stem is, and take it."""
        key = stem
        while self._same(key) in self._taken:
            # Where the last number was found, the next one is looked for: those before it are taken.
            self._numbers[self._same(stem)] += 1
            key = f"{stem}-{self._numbers[self._same(stem)] + 1}"
        self._taken.add(self._same(key))
        return key


def with_numbered_keys(
    records: Sequence[Fields],
    converted: Sequence[bool],
    *,
    tag: str,
    key: Callable[[str], str] = str,
    value: Callable[[str], str] = str,
    same: Callable[[str], str] = str,
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
    same
        From a key to what tells it from others.
    """
    given = [next((key(text) for name, text in fields if name == tag), "") for fields in records]
    own = {same(name) for name, is_new in zip(given, converted, strict=True) if not is_new}
    taken, seen = Keys(given, same), {""}
    written: list[Fields] = []
    for fields, name, is_new in zip(records, given, converted, strict=True):
        if name and (same(name) in seen or (is_new and same(name) in own)):
            name = taken.take(name)
            fields = tuple((other, value(name) if other == tag else text) for other, text in fields)
        seen.add(same(name))
        written.append(fields)
    return written
