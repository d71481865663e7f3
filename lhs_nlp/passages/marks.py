"""Marks around sentences, for use inside the brackets of a regular expression."""
# ruff: noqa: RUF001 - marks that look alike are the subject

STOPS = ".!?…"
"""Marks that may end a sentence."""

FINAL_STOPS = "。！？｡।؟"
"""Marks of other scripts that always end one, also without a space."""

CLOSING = "\"'”’»」』）)\\]}"
OPENING = "\"'“‘„«「『（(\\[{¿¡"

BULLETS = "•▪●◦‣⁃"
DASHES = "–—-"

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
