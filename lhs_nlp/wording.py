"""Numbers and names as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """E.g. ``1 page``, ``6,312 words``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def within_sentence(name: str) -> str:
    """Return a name without the capital of its first word; capitals that mean something stay, e.g. those of ``HIV``."""
    first, blank, others = name.partition(" ")
    return (first.lower() if first == first.capitalize() else first) + blank + others


def listed(parts: Sequence[str], link: str, separator: str = ", ") -> str:
    """Join as a person would: ``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    glue = f"{separator}{link} " if separator == "; " else f" {link} "
    return separator.join(parts[:-1]) + glue + parts[-1]
