"""What of a text is printed: nothing that acts on where it is shown."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return text without what could steer a terminal, break a file or turn the order of other text.

    Control characters and lone surrogates become U+FFFD; overrides of direction are dropped.
    """
    return _DIRECTIONS.sub("", _CONTROLS.sub("\ufffd", text))
