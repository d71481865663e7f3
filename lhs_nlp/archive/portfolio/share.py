"""A share of documents, and how far chance alone may have moved it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

_NORMAL = 1.959963984540054
"""Within so many standard deviations lie 95 % of a normal distribution."""


@dataclass(frozen=True)
class Share:
    """So many of so many documents.

    Attributes
    ----------
    count
        Documents that are counted.
    of
        Documents that could have been.
    """

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of no documents."""
        return self.count / self.of if self.of else None

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval (Wilson 1927) at 95 %; None of no documents."""
        if not self.of:
            return None
        share, square = self.count / self.of, _NORMAL**2
        whole = 2 * (self.of + square)
        middle = (2 * self.of * share + square) / whole
        reach = _NORMAL / whole * sqrt(4 * self.of * share * (1 - share) + square)
        return (middle - reach if self.count else 0.0), (middle + reach if self.count < self.of else 1.0)

    @property
    def percent(self) -> str:
        """E.g. ``41%``; never rounded to all or none: ``<1%``, ``>99%``."""
        if self.value is None:
            return "–"  # noqa: RUF001 - a dash, as tables have it
        rounded = round(self.value * 100)
        if rounded == 0 and self.count:
            return "<1%"
        return ">99%" if rounded == 100 and self.count < self.of else f"{rounded}%"

    @property
    def span(self) -> str:
        """The interval, e.g. ``29–53%``, with as many decimals as tell its ends apart; empty of no documents."""  # noqa: RUF002
        if self.interval is None:
            return ""
        low, high = (100 * end for end in self.interval)
        decimals = next((places for places in range(3) if round(low, places) < round(high, places)), 2)
        return f"{low:.{decimals}f}–{high:.{decimals}f}%"  # noqa: RUF001
