"""Whether a text is of the language that sentences are cut in and the model has learned from."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

MOST_WORDS = 2_000
"""Words that are looked at: enough to tell."""
FEWEST_LETTERS, FEWEST_WORDS = 20, 40
"""Below these, nothing is said against a text."""
LEAST_SHARE = 0.1
"""In English prose four words in ten are function words, in lists and tables fewer; elsewhere one in twenty."""

_WORD = re.compile(r"[^\W\d_]+")


def looks_english(text: str) -> bool:
    """Return whether nothing speaks against a text being English.

    Its letters are Latin, and at least one word in ten is among spaCy's English function words. A
    text that is too short to tell by, e.g. a title, passes.
    """
    from spacy.lang.en.stop_words import STOP_WORDS

    words = [match[0].lower() for match in islice(_WORD.finditer(text), MOST_WORDS)]
    letters = "".join(words)
    if len(letters) >= FEWEST_LETTERS and sum(map(_is_latin, letters)) < len(letters) / 2:
        return False
    return len(words) < FEWEST_WORDS or sum(word in STOP_WORDS for word in words) >= LEAST_SHARE * len(words)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
