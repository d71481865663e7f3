"""Plain text tables of 80 columns, more only where words and numbers would not fit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lhs_nlp.evaluate.bootstrap import FEWEST_DOCUMENTS, Estimate, Mean
from lhs_nlp.printing import printable

WIDTH = 80
UNDEFINED = "-"
NO_INTERVAL = (
    f"None is given where fewer than {FEWEST_DOCUMENTS} documents bear on it, e.g. have the benefit, or where all "
    "resamples give one value: that is want of data, not certainty."
)


def number(value: float | None, digits: int = 2) -> str:
    """Return a number, or a dash where there is none."""
    return UNDEFINED if value is None else f"{value:z.{digits}f}"


def interval(estimate: Estimate) -> str:
    """Return a value with its interval, e.g. ``0.93 (0.90-0.96)`` or ``-0.36 (-0.52 to -0.10)``."""
    if estimate.low is None:
        return number(estimate.value)
    between = "-" if estimate.low >= 0 else " to "
    return f"{number(estimate.value)} ({number(estimate.low)}{between}{number(estimate.high)})"


def over_how_many(means: Mapping[str, Mean]) -> tuple[str, str]:
    """Return what the row of means is called, and a line below the table that tells where they are over fewer.

    Parameters
    ----------
    means
        By the heads of their columns.
    """
    counts = [mean.over for mean in means.values()]
    if len(set(counts)) == 1:
        return f"Mean over {counts[0]}", ""
    most = max(counts)
    fewer = ", ".join(f"{head} over {mean.over}" for head, mean in means.items() if mean.over < most)
    return "Mean", paragraph(f"Means are over {most}; {fewer}.")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table: the first column to the left, the others to the right, no word and no number cut short."""
    grid = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    shown = [[printable(cell) for cell in row] for row in rows]
    for at, cells in enumerate(zip_longest(heads, *shown, fillvalue="")):
        longest = max(cell_len(word) for cell in cells for word in cell.split() or [""])
        grid.add_column(Text(heads[at]), justify="right" if at else "left", vertical="top", min_width=longest)
    for row in shown:
        # As Text, so that nothing in a label is read as markup.
        grid.add_row(*map(Text, row))
    return _printed(grid)


def paragraph(text: str, indent: int = 0) -> str:
    """Return a text in lines of at most 80 columns."""
    lines = _printed(Text(printable(text)), WIDTH - indent).splitlines()
    return "".join(" " * indent + line + "\n" for line in lines)


def _printed(content: Table | Text, width: int = WIDTH) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(content, crop=False)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
