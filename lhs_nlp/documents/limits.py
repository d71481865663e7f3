"""How large a document may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on what is read; each can be raised by the caller.

    Attributes
    ----------
    megabytes
        Largest file, and largest content of a compressed file, in MB (1,000,000 bytes).
    pages
        Most pages of a PDF.
    characters
        Longest text, in characters.
    """

    megabytes: float = 100.0
    pages: int = 2000
    characters: int = 20_000_000


DEFAULT_LIMITS = Limits()


def in_megabytes(size: float) -> str:
    """Return a number of bytes in MB, to the kB: what is over a limit must not look like the limit."""
    return f"{size / 1e6:,.3f}".rstrip("0").rstrip(".") + " MB"
