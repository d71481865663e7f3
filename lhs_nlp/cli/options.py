"""Options that several commands share."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer


def finite(value: float) -> float:
    """Return a number that was given; raise BadParameter for `inf` and `nan`, which are read as numbers, too."""
    if not math.isfinite(value):
        raise typer.BadParameter("must be a number; a large one is as good as no limit.")
    return value


Model = Annotated[
    Path | None,
    typer.Option("--model", help="Folder of another model bundle.", show_default="the shipped model", metavar="DIR"),
]
FrameworkFile = Annotated[
    Path | None,
    typer.Option(
        "--framework", help="TOML file of another framework.", show_default="the shipped framework", metavar="FILE"
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write to this file, whole or not at all.",
        show_default="standard output",
        metavar="FILE",
    ),
]
