"""What a document's place is called without the folders that it lies in."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath

_ROW = re.compile(r"(.*?\.(?:csv|tsv|jsonl|ndjson|xlsx|xlsm|parquet)(?:\?[^#]*)?)(#.*)", re.IGNORECASE | re.DOTALL)


def file_name(place: str) -> str:
    """Return the last part of a place, with both kinds of slash; nothing where there is none.

    What a table calls a row stays whole: ``folder/table.csv#10.1000/abc`` is ``table.csv#10.1000/abc``.
    """
    row = _ROW.fullmatch(place)
    file, name = row.groups() if row else (place, "")
    return PureWindowsPath(file).name + name
