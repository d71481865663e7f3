"""What several commands of `lhs-nlp review` take and write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.stored import keep_apart


def folder_named(text: str) -> Path:
    """Return the folder that a text names. Raises ReviewError when it is blank: an empty path means where one is."""
    from lhs_nlp.errors import ReviewError

    if not text.strip():
        raise ReviewError("The name of the project's folder is empty: name it, or write . for the one you are in.")
    return Path(text)


ProjectFolder = Annotated[Path, typer.Argument(parser=folder_named, help="Folder of the project.", metavar="PROJECT")]
By = Annotated[str | None, typer.Option("--by", help="Who does this.", show_default="your login name", metavar="NAME")]
RecordNumber = Annotated[int, typer.Argument(help="Number of a record.", metavar="RECORD")]


def keep_project(project: Path, output: Path | None) -> None:
    """Raise LhsNlpError when an output would take the place of the project's own databases."""
    from lhs_nlp.review.project.connection import DATABASE
    from lhs_nlp.review.tagging.results import RESULTS

    for name in (DATABASE, RESULTS):
        keep_apart(project / name, output)
