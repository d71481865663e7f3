"""Whether a text is of the language that sentences are cut in and the model has learned from."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

MOST_CHARACTERS = 20_000
"""Characters that are looked at: some two or three thousand words, which are enough to tell; a word may have no end."""
FEWEST_LETTERS, FEWEST_WORDS = 20, 50
"""Below these, nothing is said against a text."""
LEAST_SHARE = 0.03
"""English prose has twenty words of `english.toml` in a hundred, its sparest lists four; other languages have none."""

_WORD = re.compile(r"[^\W\d_]+")


def looks_english(text: str) -> bool:
    """Return whether nothing speaks against a text being English.

    Its letters are Latin, and at least three words in a hundred are function words that English shares
    with no language written alike. A text that is too short to tell by, e.g. a title, passes; so does a
    text in two languages, one of which is English.
    """
    words = [word.lower() for word in _WORD.findall(text[:MOST_CHARACTERS])]
    letters = "".join(words)
    if len(letters) >= FEWEST_LETTERS and sum(map(_is_latin, letters)) < len(letters) / 2:
        return False
    return len(words) < FEWEST_WORDS or sum(word in _english() for word in words) >= LEAST_SHARE * len(words)


@cache
def _english() -> frozenset[str]:
    data = (files("lhs_nlp.passages") / "english.toml").read_text("utf-8")
    return frozenset(tomllib.loads(data)["words"])


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
