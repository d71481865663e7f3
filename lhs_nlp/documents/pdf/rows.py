"""Put the pieces that stand side by side into rows: bullets before text, cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from lhs_nlp.documents.hyphens import HYPHENS
from lhs_nlp.documents.pdf.lines import Line, join

_LONE_BULLET = re.compile(r"\s*(?:[^\w\s]{1,2}|[o\uf0b7\uf0a7])\s*\Z")
_LONE_NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s*\Z")
_CELL_GAP = 1.0
"""Gap between two pieces that were drawn one by one, in font sizes, from which on they are cells."""
_SAME_ROW = 0.4
"""How far the middles of two pieces on one row may be apart, in font sizes."""
_WRAPPED = 1.45
"""Distance from line to line inside a cell, in font sizes, at most."""
_TALLEST = 50
"""Lines of a cell, at most."""
_CLOSER = 0.9
"""Distance inside a cell at most, as a share of that between the rows."""

_Row = list[Line]


def in_rows(pieces: Sequence[Line]) -> list[Line]:
    """Return lines from top to bottom; pieces parted by wide gaps are the cells of one line."""
    rows = [_cells(row) for row in side_by_side(pieces)]
    return [_as_line(row) for row in _unwrapped(rows)]


def side_by_side(pieces: Iterable[Line]) -> list[_Row]:
    """Return pieces from top to bottom, those on the same height together."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if rows and rows[-1][0].middle - piece.middle < _SAME_ROW * min(rows[-1][0].size or 8, piece.size or 8):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _cells(row: _Row) -> _Row:
    """Return a row's cells from left to right: pieces with small gaps are one, and so is an item with its bullet."""
    first, *others = sorted(row, key=lambda piece: piece.left)
    cells = [first]
    for piece in others:
        if piece.left - cells[-1].right > _CELL_GAP * piece.size:
            cells.append(piece)
        else:
            cells[-1] = join(cells[-1], piece)
    if len(cells) == 2 and any(map(str.isalpha, cells[1].text)):
        if _LONE_BULLET.match(first.text):
            return [join(replace(first, text="\u2022"), cells[1], " ")]
        if _LONE_NUMBER.match(first.text):
            return [join(first, cells[1], " ")]
    return cells


def _unwrapped(rows: Sequence[_Row]) -> list[_Row]:
    """Return rows with the lines of each cell joined: what stands close below cells, and within them, is theirs."""
    unwrapped: list[_Row] = []
    for at, row in enumerate(rows):
        table = unwrapped[-1] if unwrapped else []
        columns = [_column(table, piece) for piece in row]
        if None in columns or not _is_close(rows, at, len(table)):
            unwrapped.append(row)
            continue
        for column, piece in zip(columns, row, strict=True):
            if column is not None:
                table[column] = join(table[column], piece, "" if table[column].text.endswith(HYPHENS) else " ")
    return unwrapped


def _column(table: _Row, piece: Line) -> int | None:
    """Return the number of the cell that a piece below is flush with, None when there is none or it reaches further."""
    for at, cell in enumerate(table if len(table) > 1 else ()):
        if abs(cell.left - piece.left) < 0.3 * piece.size:
            return at if at + 1 == len(table) or piece.right < table[at + 1].left else None
    return None


def _is_close(rows: Sequence[_Row], at: int, cells: int) -> bool:
    """Return whether a row is closer to the one above than the table's next row to the one above that."""
    distance = rows[at - 1][0].middle - rows[at][0].middle
    near = range(at + 1, min(at + _TALLEST, len(rows)))
    following = next((below for below in near if len(rows[below]) >= cells), None)
    between = rows[following - 1][0].middle - rows[following][0].middle if following else float("inf")
    return len(rows[at]) < cells and distance < min(_WRAPPED * rows[at][0].size, _CLOSER * between)


def _as_line(row: _Row) -> Line:
    line = reduce(lambda one, other: join(one, other, " | "), row)
    return replace(line, cells=len(row)) if len(row) > 1 else line
