"""Numbers to shapes: what the page draws, on grids of its own that stretch with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.archive.portfolio.types import Grouping, Pattern, Portfolio

WIDTH = 1000
"""Units from left to right."""
HEIGHT = 100
"""Units from bottom to top of a trend."""
COLUMNS = 500
"""Most columns of a strip; more documents share columns."""
LEVELS = 10
"""Steps from nothing to all, of the shades of a heat map."""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring columns of the same shade; `claimed` and `review` from 0 to `LEVELS`."""

    x: float
    width: float
    claimed: int
    review: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A share over the years: points of the line, and of the area between the ends of the intervals."""

    first: int
    last: int
    line: str
    area: str


def level(share: float | None) -> int:
    """Return the shade of a share: 0 for none, at least 1 for any."""
    return 0 if not share else max(1, round(share * LEVELS))


def strip(portfolio: Portfolio) -> list[list[Block]]:
    """Return all documents side by side, one row a benefit: alike documents are neighbours.

    Documents are put in the order of their verdicts on the benefit most often claimed, then on the
    next one, so that any number of them is a few blocks.
    """
    ranked = sorted(portfolio.patterns, key=lambda pattern: _order(pattern, portfolio))
    columns = min(COLUMNS, portfolio.documents)
    rows: list[list[tuple[int, int]]] = [[] for _ in portfolio.verdicts]
    for taken in _columns([(pattern, portfolio.patterns[pattern]) for pattern in ranked], columns):
        total = sum(taken.values())
        for at, row in enumerate(rows):
            parts = [sum(n for p, n in taken.items() if p[at] == verdict) for verdict in ("claimed", "needs_review")]
            row.append((level(parts[0] / total), level(parts[1] / total)))
    return [list(_blocks(row)) for row in rows]


def _order(pattern: Pattern, portfolio: Portfolio) -> list[int]:
    by_count = sorted(range(len(pattern)), key=lambda at: -portfolio.claimed(list(portfolio.verdicts)[at]).count)
    return [("claimed", "needs_review", "not_claimed").index(pattern[at]) for at in by_count]


def _columns(ranked: list[tuple[Pattern, int]], columns: int) -> Iterator[dict[Pattern, int]]:
    """Deal the documents out to columns, in order, as evenly as whole documents can be."""
    total, done, left = sum(number for _, number in ranked), 0, list(reversed(ranked))
    for column in range(1, columns + 1):
        taken: dict[Pattern, int] = {}
        while done < column * total // columns:
            pattern, number = left.pop()
            part = min(number, column * total // columns - done)
            taken[pattern] = taken.get(pattern, 0) + part
            done += part
            if number > part:
                left.append((pattern, number - part))
        yield taken


def _blocks(shades: list[tuple[int, int]]) -> Iterator[Block]:
    x, unit = 0.0, WIDTH / len(shades) if shades else 0.0
    for (claimed, review), same in groupby(shades):
        width = unit * len(list(same))
        yield Block(round(x, 2), round(width, 2), claimed, review)
        x += width


def trend(grouping: Grouping, benefit: str) -> Trend | None:
    """Return how a benefit's share goes over the years; None when there are fewer than two."""
    years = [
        (int(group.name), group.share(benefit)) for group in grouping.groups if grouping.ordered and not group.merged
    ]
    if len(years) < 2:
        return None
    first, last = years[0][0], years[-1][0]
    line, low, high = [], [], []
    for year, share in years:
        x = round((year - first) / (last - first) * WIDTH, 1)
        ends = share.interval or (0.0, 1.0)
        line.append((x, _y(share.value or 0.0)))
        low.append((x, _y(ends[0])))
        high.append((x, _y(ends[1])))
    return Trend(first, last, _path(line), _path([*high, *reversed(low)]))


def _y(share: float) -> float:
    return round((1 - share) * HEIGHT, 1)


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
