"""What spreadsheets take for a formula, and what a sheet of Excel can hold."""

from __future__ import annotations

MOST_ROWS = 1_048_576
"""Rows of a sheet, by Excel's own limit."""
MOST_CHARACTERS = 32_767
"""Characters of a cell, by Excel's own limit."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - spreadsheets read them alike


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula."""
    # Spreadsheets may drop leading blanks before they look for a formula.
    return text.lstrip(" ").startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
