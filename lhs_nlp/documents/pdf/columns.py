"""Put the lines of a page into reading order: column by column, top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, takewhile
from statistics import median

from lhs_nlp.documents.pdf.lines import Line
from lhs_nlp.documents.pdf.rows import in_rows, side_by_side

_FEWEST = 4
"""Lines on either side of a gutter, without which there are no columns."""
_MOST = 3
"""Columns of a page."""
_MOST_TRIED = 100
"""Gaps of a page that are tried as gutters: no page that is to be read has so many."""
_NARROWEST = 0.8
"""Width of a gutter, in font sizes, at least."""
_NARROWEST_COLUMN = 10
"""Width of a column, in font sizes, at least."""
_GOING_ON = 0.2
"""Share of the lines of a column that begin within a sentence, at least: those of cells do not."""
_SMALLER = 0.92
"""Size of the smaller type, as a share of the other, at most, where a box stands beside text."""
_MOSTLY = 0.7
"""Share of the lines of a box that stand close below the one before, at least."""
_FULL = 0.8
"""Width of a full line, as a share of its column, at least."""
_CLOSE = 1.7
"""Distance from line to line, in font sizes, up to which a column goes on beside an empty one."""
_FEWEST_CELLS, _ALIGNED = 3, 0.8
"""Parts of two columns that begin on the same heights, from which on, and the share of the parts, they are a table."""

_Row = list[Line]


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows from `start` to `end` of a page, and the strip between `left` and `right` that nothing in them crosses."""

    start: int
    end: int
    left: float
    right: float

    def covers(self, row: int, left: float, right: float) -> bool:
        return self.start <= row < self.end and left < self.right and self.left < right


def in_reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a page as columns to be read one after another.

    Where rows have a gutter in common, a strip that no line crosses, with running text on both
    sides, or on one side and a box in another size on the other, the left column is read before
    the right one. Other lines are one column, read from top to bottom, and so are tables. Those
    that are not upright follow one by one.
    """
    return [*_columns([line for line in lines if line.upright]), *([line] for line in lines if not line.upright)]


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    rows = side_by_side(lines)
    band = _widest_band(rows)
    if band is None:
        return [in_rows(lines)] if lines else []
    above, below = chain(*rows[: band.start]), chain(*rows[band.end :])
    sides = _sides(rows, band)
    parts = [list(above), *sides, list(below)]
    return [column for part in parts for column in _columns(part)]


def _widest_band(rows: Sequence[_Row], columns: int = _MOST) -> _Band | None:
    """Return the band of most rows that has from two to so many columns of text."""
    tried: list[_Band] = []
    for at, left, right in _gaps(rows):
        if len(tried) < _MOST_TRIED and not any(band.covers(at, left, right) for band in tried):
            tried.append(_trimmed(rows, _grown(rows, at, left, right)))
    bands = [band for band in tried if _holds_text(*_sides(rows, band), columns)]
    return max(bands, key=lambda band: band.end - band.start, default=None)


def _gaps(rows: Sequence[_Row]) -> Iterator[tuple[int, float, float]]:
    """Yield row, left and right of the gaps between neighbours, also those that do not stand on quite one height."""
    for at, row in enumerate(rows):
        near = sorted(chain(row, *rows[at + 1 : at + 2]), key=lambda line: line.left)
        for one, other in pairwise(near):
            if other.left - one.right > _NARROWEST * other.size:
                yield at, one.right, other.left


def _grown(rows: Sequence[_Row], at: int, left: float, right: float) -> _Band:
    """Return the band around a gap: the rows above and below up to those that cross the strip or leave too little."""
    strip: tuple[float, float] | None
    start = end = at
    for step in (1, -1):
        row = at if step == 1 else at - 1
        while 0 <= row < len(rows) and (strip := _narrowed(rows[row], left, right)):
            left, right = strip
            start, end, row = min(start, row), max(end, row + 1), row + step
    return _Band(start, end, left, right)


def _narrowed(row: _Row, left: float, right: float) -> tuple[float, float] | None:
    """Return what a row leaves of a strip, None when it crosses the strip or leaves too little."""
    for line in row:
        if line.right < right and line.left < left:
            left = max(left, line.right)
        elif line.left > left:
            right = min(right, line.left)
        else:
            return None
    return (left, right) if right - left > _NARROWEST * max(line.size for line in row) else None


def _trimmed(rows: Sequence[_Row], band: _Band) -> _Band:
    """Return the band without what stands alone and apart below its columns, such as a heading of what follows.

    A column that is longer than the one beside it is no such thing: some of its lines are full.
    """
    sides = [{line.left >= band.right: line for line in row} for row in rows[band.start : band.end]]
    alone = list(takewhile(lambda row: row.keys() == sides[-1].keys() != {True, False}, reversed(sides)))
    for side in alone[0] if alone else ():
        column = [(at, row[side]) for at, row in enumerate(sides) if side in row]
        for (_, above), (at, line) in pairwise(column):
            is_apart = at >= len(sides) - len(alone) and not _follows(above, line)
            if is_apart and not _goes_on_in([each for row, each in column if row >= at], [each for _, each in column]):
                return replace(band, end=band.start + at)
    return band


def _goes_on_in(lines: Sequence[Line], column: Sequence[Line]) -> bool:
    """Return whether some of the last lines of a column are full, and set as the column is."""
    size = median(line.size for line in column)
    width = max(line.right for line in column) - min(line.left for line in column)
    return any(
        line.right - line.left > _FULL * width and abs(line.size - size) < 0.1 * size and not line.emphasised
        for line in lines
    )


def _follows(above: Line, line: Line) -> bool:
    return above.middle - line.middle < _CLOSE * line.size and abs(above.size - line.size) < 0.1 * line.size


def _sides(rows: Sequence[_Row], band: _Band) -> tuple[list[Line], list[Line]]:
    lines = list(chain(*rows[band.start : band.end]))
    return [line for line in lines if line.left < band.right], [line for line in lines if line.left >= band.right]


def _holds_text(left: Sequence[Line], right: Sequence[Line], columns: int) -> bool:
    """Return whether the left side is a column of text, and the right one too or several of them, or one a box."""
    if _are_cells(left, right):
        return False
    if not _is_text(left):
        return _is_text(right) and _is_box(left, right)
    if _is_text(right) or _is_box(right, left):
        return True
    return columns > 2 and _widest_band(side_by_side(right), columns - 1) is not None


def _are_cells(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Return whether the parts of both sides, which gaps divide, begin on the same heights: labels and answers do."""
    one, other = _beginnings(left), _beginnings(right)
    shared = sum(any(abs(a.middle - b.middle) < 0.4 * a.size for b in other) for a in one)
    return shared >= _FEWEST_CELLS and shared >= _ALIGNED * min(len(one), len(other))


def _beginnings(side: Sequence[Line]) -> list[Line]:
    """Return the lines that follow a gap."""
    lines = in_rows(side)
    return lines[:1] + [line for above, line in pairwise(lines) if above.middle - line.middle > _CLOSE * line.size]


def _is_box(side: Sequence[Line], text: Sequence[Line]) -> bool:
    """Return whether lines stand close below each other in another size than the text beside them: cells do not."""
    lines = in_rows(side)
    if len(lines) < _FEWEST or any(line.cells > 1 for line in lines):
        return False
    sizes = [median(line.size for line in each) for each in (lines, text)]
    close = sum(above.middle - line.middle < _CLOSE * line.size for above, line in pairwise(lines))
    return min(sizes) < _SMALLER * max(sizes) and close >= _MOSTLY * (len(lines) - 1)


def _is_text(column: Sequence[Line]) -> bool:
    """Return whether lines are enough, fill the column and go on from each other: cells, bullets and numbers do not."""
    lines = in_rows(column)
    if len(lines) < _FEWEST:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    filled = sum(line.right - line.left > 0.6 * width and line.cells == 1 for line in lines)
    going_on = sum(_goes_on(line.text.lstrip()[:1]) for line in lines)
    wide = width > _NARROWEST_COLUMN * max(line.size for line in lines)
    return wide and filled >= 0.5 * len(lines) and going_on >= _GOING_ON * len(lines)


def _goes_on(first: str) -> bool:
    """Return whether a line may go on from the one before by its first letter, which many scripts write in one case."""
    return first.isalpha() and not first.isupper()
