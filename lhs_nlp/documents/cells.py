"""Cells of tables as text."""

from __future__ import annotations

import json
from datetime import date, datetime

MISSING = frozenset({"NA", "NaN", "nan", "NULL"})
"""What R, pandas and databases write into a cell for which there is no value; NA may also be a code, of Namibia."""


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
