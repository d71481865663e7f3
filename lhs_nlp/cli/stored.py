"""Arguments and options of commands that read a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.errors import LhsNlpError

_LOGS = ("-wal", "-shm")
"""What SQLite adds to the names of the files that it keeps beside a database."""

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
    """Raise LhsNlpError when an output would take the place of the store, or of the logs beside it."""
    own = [path for path in (store, *(Path(f"{store}{end}") for end in _LOGS)) if path.exists()]
    for output in outputs:
        if output is not None and output.exists() and any(output.samefile(path) for path in own):
            raise LhsNlpError(f"{output}: it is the store itself; write to another file.")
