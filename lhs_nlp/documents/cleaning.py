"""Mend what files do to text: ligatures, soft hyphens, odd spaces, control characters."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
# Soft hyphen, zero-width characters, direction marks, byte-order mark, noncharacters, surrogates, control characters.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_LONGEST_WORD = 200
"""Characters normalised at once: normalising takes time that grows with the square of a run of accents."""


def clean(text: str) -> str:
    """Return text on one line: NFC, ligatures spelt out, invisible characters gone, single spaces."""
    visible = _INVISIBLE.sub("", text if text.isascii() else text.translate(_LIGATURES))
    return " ".join(word if word.isascii() else _composed(word) for word in visible.split())


def _composed(word: str) -> str:
    pieces = (word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
    return "".join(unicodedata.normalize("NFC", piece) for piece in pieces)
