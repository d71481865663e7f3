"""Arguments and options of commands that read a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.errors import LhsNlpError

StoreFile = Annotated[Path, typer.Argument(help="Store that `lhs-nlp batch` has made.", metavar="STORE")]
StoredModel = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Results of this model: its name, or the beginning of its SHA-256.",
        show_default="the newest results",
        metavar="MODEL",
    ),
]
StoredFramework = Annotated[
    str | None,
    typer.Option(
        "--framework",
        help="Results for this framework: its id, or the beginning of its SHA-256.",
        show_default="the newest results",
        metavar="ID",
    ),
]


def keep_apart(store: Path, *outputs: Path | None) -> None:
    """Raise LhsNlpError when an output would take the place of the store."""
    for output in outputs:
        if output is not None and output.exists() and store.exists() and output.samefile(store):
            raise LhsNlpError(f"{output}: it is the store itself; write to another file.")
