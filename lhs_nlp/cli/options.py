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
    "csv doc docx htm html jpeg jpg json jsonl ods odt parquet pdf png pptx rtf svg tsv xls xlsx xml".split()
)
"""Endings that promise a format: plain text under such a name would not open."""

Format = TypeVar("Format", bound=StrEnum)


class TextOrJson(StrEnum):
    """How a command shows what it found: for people, or for programs."""

    TEXT = "text"
    JSON = "json"


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
    ending = _ending_of(output)
    for each in type(otherwise):
        if each.value == ending:
            return each
    check_ending(output, *(each.value for each in type(otherwise)), otherwise=", or choose by --format")
    return otherwise


def check_ending(output: Path | None, *written: str, otherwise: str = "") -> None:
    """Raise BadParameter for a name that ends as that of another format than those that a command writes.

    Parameters
    ----------
    output
        The file to write; None for standard output.
    written
        The formats, as names end.
    otherwise
        What else to do than to name the file so.
    """
    ending = _ending_of(output)
    if output is not None and ending in _OF_OTHERS and ending not in written:
        formats, wrong = listed(written, "or"), output.suffix.casefold()
        raise typer.BadParameter(
            f"{output}: what is written here is {formats}, not {wrong}. Name the file so{otherwise}.",
            param_hint="--output",
        )


def _ending_of(output: Path | None) -> str:
    ending = output.suffix.casefold().removeprefix(".") if output is not None else ""
    return _ENDINGS.get(ending, ending)


MODEL_IN_USE = "that of LHS_NLP_MODEL, else the shipped model"
"""What a command takes that is told no model."""

Model = Annotated[
    Path | None,
    typer.Option("--model", help="Folder of another model bundle.", show_default=MODEL_IN_USE, metavar="DIR"),
]
FrameworkFile = Annotated[
    Path | None,
    typer.Option(
        "--framework", help="TOML file of another framework.", show_default="the shipped framework", metavar="FILE"
    ),
]
ResultFormat = Annotated[
    TextOrJson | None, typer.Option("--format", "-f", help="How to show the result.", show_default=AS_NAMED)
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
