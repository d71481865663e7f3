"""Cells of tables as text."""

from __future__ import annotations

import json
from datetime import date, datetime

MISSING = frozenset({"NA", "NaN", "nan", "NULL"})
"""What R, pandas and databases write into a cell for which there is no value; NA may also be a code, of Namibia."""
_NO_TEXT = MISSING | {
    *("N/A", "n/a", "#N/A", "<NA>", "None", "null"),
    *("#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"),  # the errors of a spreadsheet's formulas
    *("[No abstract available]", "No abstract available", "No abstract available."),  # of Scopus, and of others
}


def says_no_text(text: str) -> bool:
    """Return whether what stands in place of a text or an id says that there is none; elsewhere it may be a value."""
    return text.strip() in _NO_TEXT


def cell_text(cell: object) -> str:
    """Return a cell as text: a whole number without a fraction, a date without a time of midnight."""
    if cell is None or cell != cell:  # NaN is not itself
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return json.dumps(cell, ensure_ascii=False, default=str) if isinstance(cell, dict | list) else str(cell)
