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
