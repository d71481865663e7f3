"""Put the lines of a page into reading order: column by column, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from lhs_nlp.documents.pdf.lines import Line, join_cells

_FEWEST = 6
"""Lines on either side of a gutter, without which there are no columns."""


def in_reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a page as columns to be read one after another.

    A page with two columns has a gutter: a vertical strip near its middle that few lines
    cross. Lines that cross it (titles, wide tables) part the page into bands; within a
    band the left column is read before the right one. Other pages are one column, read
    from top to bottom.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return [_rows(lines)] if lines else []
    columns: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if line.left < gutter < line.right:
            columns += [_rows(left), _rows(right), [line]]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    columns += [_rows(left), _rows(right)]
    return _joined([column for column in columns if column], gutter)


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return lines from top to bottom; pieces that stand side by side are cells of one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if rows and abs(rows[-1][0].middle - line.middle) < 0.4 * min(rows[-1][0].size or 8, line.size or 8):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [join_cells(sorted(row, key=lambda line: line.left)) for row in rows]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the x of the gutter, None on a page of one column."""
    if len(lines) < 2 * _FEWEST:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    candidates = [start + (end - start) * share / 100 for share in range(35, 66)]
    crossing = {x: sum(line.left < x < line.right for line in lines) for x in candidates}
    fewest = min(crossing.values())
    best = [x for x in candidates if crossing[x] == fewest]
    gutter = best[len(best) // 2]
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.left >= gutter]
    if min(len(left), len(right)) < _FEWEST or fewest > 0.2 * len(lines):
        return None
    return gutter if _is_text(left, gutter - start) and _is_text(right, end - gutter) else None


def _is_text(column: Sequence[Line], width: float) -> bool:
    """Return whether most lines fill the column, as running text does and cells of a table do not."""
    filled = sum(line.right - line.left > 0.6 * width for line in column)
    return filled >= 0.5 * len(column)


def _joined(columns: list[list[Line]], gutter: float) -> list[list[Line]]:
    """Join wide lines that follow each other into one column."""
    joined: list[list[Line]] = []
    for column in columns:
        wide = len(column) == 1 and column[0].left < gutter < column[0].right
        if joined and wide and all(line.left < gutter < line.right for line in joined[-1]):
            joined[-1] += column
        else:
            joined.append(list(column))
    return joined
