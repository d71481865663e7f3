"""Options that several commands share."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from lhs_nlp.wording import listed

AS_NAMED = "as the file's name ends, else text"
"""What a command does that is not told a format."""

_ENDINGS = {"htm": "html", "md": "markdown", "txt": "text"}
_OF_OTHERS = frozenset(
    {"csv", "doc", "docx", "htm", "html", "json", "jsonl", "odt", "parquet", "pdf", "svg", "xls", "xlsx"}
)
"""Endings that promise a format: plain text under such a name would not open."""

Format = TypeVar("Format", bound=StrEnum)


def finite(value: float) -> float:
    """Return a number that was given; raise BadParameter for `inf` and `nan`, which are read as numbers, too."""
    if not math.isfinite(value):
        raise typer.BadParameter("must be a number; a large one is as good as no limit.")
    return value


def format_of(given: Format | None, output: Path | None, otherwise: Format) -> Format:
    """Return the format that was given, or that a file's name ends in; another one where neither tells.

    Raises BadParameter where the name ends as that of a format which the command does not write.
    """
    if given is not None:
        return given
    ending = output.suffix.casefold().removeprefix(".") if output is not None else ""
    for each in type(otherwise):
        if each.value == _ENDINGS.get(ending, ending):
            return each
    if ending in _OF_OTHERS:
        written = listed([each.value for each in type(otherwise)], "or")
        raise typer.BadParameter(
            f"{output}: what is written here is {written}, not .{ending}. Name the file so, or choose by --format.",
            param_hint="--output",
        )
    return otherwise


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
