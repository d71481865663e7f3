"""Counts in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """E.g. ``1 page``, ``6,312 words``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
