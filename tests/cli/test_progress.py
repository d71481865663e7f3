from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from lhs_nlp.cli.progress import columns_for


@pytest.mark.parametrize("width", [40, 50, 60, 79, 80, 120])
def test_terminal_of_any_width_shows_how_many_and_how_long(width: int) -> None:
    console = Console(width=width, file=io.StringIO())
    progress = Progress(*columns_for(width), console=console)
    progress.update(progress.add_task("", total=12_000, rate="12.2 documents/s, 99 passages/s"), completed=3456)
    with console.capture() as shown:
        console.print(progress.get_renderable())
    line = shown.get()
    assert "3456/12000 " in line
    assert "0:00:00 left -:--:--" in line
    assert ("documents/s" in line) == (width >= 80)
