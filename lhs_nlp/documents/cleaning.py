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
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return text on one line: NFC, ligatures spelt out, invisible characters gone, single spaces."""
    visible = _INVISIBLE.sub("", text.translate(_LIGATURES))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", visible)).strip()
