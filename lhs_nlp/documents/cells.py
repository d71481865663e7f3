"""Cells of tables as text, and how a CSV parts them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Set
from datetime import date, datetime
from functools import lru_cache

MISSING = frozenset({"NA", "NaN", "nan", "NULL"})
"""What R, pandas and databases write into a cell for which there is no value; NA may also be a code, of Namibia."""
_NO_TEXT = MISSING | {
    *("N/A", "n/a", "#N/A", "<NA>", "None", "null"),
    *("#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"),  # the errors of a spreadsheet's formulas
    *("[No abstract available]", "No abstract available", "No abstract available."),  # of Scopus, and of others
}
_DELIMITERS = ",;\t"
_DELIMITER_FOR_EXCEL = re.compile(r'"?sep=.?"?', re.IGNORECASE)


def says_no_text(text: str) -> bool:
    """Return whether what stands for a text, an id or a funder says that there is none; elsewhere it may be a value."""
    return text.strip() in _NO_TEXT


@lru_cache(1000)
def column_key(name: str) -> str:
    """Return a column's name without what does not matter of how it is written: case, spaces, hyphens, underscores."""
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


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


def head_line(next_line: Callable[[], str]) -> str:
    """Return the line that names the columns: above it may be blank ones, and one that tells Excel the delimiter.

    Parameters
    ----------
    next_line
        Returns the next line of a CSV, "" at its end.
    """
    while (line := next_line()) and (not line.strip() or _DELIMITER_FOR_EXCEL.fullmatch(line.strip())):
        pass
    return line


def delimiter_of(head: str, wanted: Set[str | None]) -> str:
    """Return the delimiter by which a head has the columns that are wanted, else the most frequent one."""
    by_frequency = sorted(_DELIMITERS, key=head.count, reverse=True)
    names = {each: next(csv.reader([head], delimiter=each), []) for each in by_frequency}
    return next((each for each in by_frequency if wanted <= set(names[each])), by_frequency[0])
