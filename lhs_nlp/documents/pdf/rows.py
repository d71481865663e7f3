"""Put the pieces that stand side by side into rows: bullets before text, cells of a table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain, pairwise
from operator import and_, or_
from statistics import fmean

from lhs_nlp.documents.bullets import BULLET
from lhs_nlp.documents.hyphens import HYPHENS
from lhs_nlp.documents.pdf.lines import Line, join

_LONE_BULLET = re.compile(r"\s*(?:[^\w\s]{1,2}|[o\uf0b7\uf0a7])\s*\Z")
_LONE_NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s*\Z")
_CELL_GAP = 1.0
"""Gap between two pieces that were drawn one by one, in font sizes, from which on they are cells."""
_NARROW_CELL_GAP = 0.4
"""The same where cells of rows nearby begin at that place: a line that fills its cell nearly touches the next one."""
_NEARBY, _FEWEST_EDGES, _FLUSH = 12, 2, 1.0
"""Rows to either side that are near, how many of them have a cell that begins at a place, and how exactly in points."""
_SAME_ROW = 0.4
"""How far the middles of two pieces on one row may be apart, in font sizes."""
_WRAPPED = 1.45
"""Distance from line to line inside a cell, in font sizes, at most."""
_FEWEST_WORDS = 3
"""Words of a line in a cell of text, at least."""
_TALLEST = 50
"""Lines of a cell, at most."""
_CLOSER = 0.9
"""Distance inside a cell at most, as a share of that between the rows."""

_Row = list[Line]


def in_rows(pieces: Sequence[Line]) -> list[Line]:
    """Return lines from top to bottom; pieces parted by wide gaps are the cells of one line."""
    rows = [sorted(row, key=lambda piece: piece.left) for row in side_by_side(pieces)]
    edges = [_edges(row) for row in rows]
    cells = [_cells(row, _near(edges, at)) for at, row in enumerate(rows)]
    return [_as_line(row) for row in _unwrapped(cells)]


def side_by_side(pieces: Iterable[Line]) -> list[_Row]:
    """Return pieces from top to bottom, those on the same height together."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if rows and rows[-1][0].middle - piece.middle < _SAME_ROW * min(rows[-1][0].size or 8, piece.size or 8):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _edges(row: _Row) -> list[float]:
    """Return where cells begin for sure, after a wide gap."""
    return [piece.left for before, piece in pairwise(row) if piece.left - before.right > _CELL_GAP * piece.size]


def _near(edges: Sequence[list[float]], at: int) -> list[float]:
    """Return where cells begin in the rows near one, from left to right."""
    return sorted(chain(*edges[max(0, at - _NEARBY) : at], *edges[at + 1 : at + 1 + _NEARBY]))


def _cells(row: _Row, edges: Sequence[float]) -> _Row:
    """Return a row's cells: pieces with small gaps are one, but where others begin; so is an item with its bullet."""
    first, *others = row
    cells = [first]
    for piece in others:
        known = bisect_right(edges, piece.left + _FLUSH) - bisect_left(edges, piece.left - _FLUSH) >= _FEWEST_EDGES
        if piece.left - cells[-1].right > (_NARROW_CELL_GAP if known else _CELL_GAP) * piece.size:
            cells.append(piece)
        else:
            cells[-1] = join(cells[-1], piece)
    if len(cells) == 2 and any(map(str.isalpha, cells[1].text)):
        if _LONE_BULLET.match(first.text):
            return [join(replace(first, text=BULLET), cells[1], " ")]
        if _LONE_NUMBER.match(first.text):
            return [join(first, cells[1], " ")]
    return cells


def _unwrapped(rows: Sequence[_Row]) -> list[_Row]:
    """Return rows with the lines of each cell joined: what stands close below cells, and within them, is theirs."""
    unwrapped: list[_Row] = []
    for at, row in enumerate(rows):
        table = unwrapped[-1] if unwrapped else []
        columns = [_column(table, piece) for piece in row]
        if None in columns or not (_is_close(rows, at, len(table)) or _reads_on(rows, at, len(table))):
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
    distance = _distance(rows, at)
    near = range(at + 1, min(at + _TALLEST, len(rows)))
    following = next((below for below in near if len(rows[below]) >= cells), None)
    between = _distance(rows, following) if following else float("inf")
    return len(rows[at]) < cells and distance < min(_WRAPPED * rows[at][0].size, _CLOSER * between)


def _reads_on(rows: Sequence[_Row], at: int, cells: int) -> bool:
    """Return whether all cells of a row go on in the one below: from lines that are full, and closer than rows are."""
    row = rows[at]
    if at == 0 or not len(row) == len(rows[at - 1]) == cells:
        return False
    around = range(max(1, at - _NEARBY), min(at + 1 + _NEARBY, len(rows)))
    widest = max(_distance(rows, near) for near in around if len(rows[near]) >= cells)
    distance = _distance(rows, at)
    if distance >= min(_WRAPPED * row[0].size, _CLOSER * widest):
        return False
    pairs = list(zip(rows[at - 1], row, strict=True))
    nearby = list(chain(*(rows[near] for near in around if len(rows[near]) > 1)))
    if any(len(above.text.split()) < 2 for above, _ in pairs):
        return False
    full = [_is_full(above, piece, nearby) for above, piece in pairs]
    goes_on = [is_full and piece.text.lstrip()[:1].islower() for is_full, (_, piece) in zip(full, pairs, strict=True)]
    is_text = [
        is_full and len(above.text.split()) >= _FEWEST_WORDS for is_full, (above, _) in zip(full, pairs, strict=True)
    ]
    return all(map(or_, goes_on, is_text)) and any(map(and_, goes_on, is_text))


def _distance(rows: Sequence[_Row], at: int) -> float:
    """Return how far a row is below the one above; the boxes of its pieces are as high as their letters."""
    above, below = (fmean(piece.middle for piece in row) for row in (rows[at - 1], rows[at]))
    return above - below


def _is_full(above: Line, piece: Line, nearby: Sequence[Line]) -> bool:
    """Return whether the first word of a cell's line would not have fitted on the line above."""
    right = max(line.right for line in nearby if abs(line.left - piece.left) < _FLUSH)
    word = piece.text.split(maxsplit=1)[0]
    width = (piece.right - piece.left) / len(piece.text) * (len(word) + 1)
    return abs(above.left - piece.left) < _FLUSH and above.right + width > right


def _as_line(row: _Row) -> Line:
    line = reduce(lambda one, other: join(one, other, " | "), row)
    return replace(line, cells=len(row)) if len(row) > 1 else line
