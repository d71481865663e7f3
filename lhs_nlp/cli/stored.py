"""Arguments and options of commands that read a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.errors import LhsNlpError
from lhs_nlp.wording import counted

if TYPE_CHECKING:
    from lhs_nlp.archive import Store, Tagging

_LOGS = ("-wal", "-shm")
"""What SQLite adds to the names of the files that it keeps beside a database."""

StoreFile = Annotated[
    Path, typer.Argument(help="Store that `lhs-nlp batch` or `review tag` has made.", metavar="STORE")
]
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


def chosen(store: Store, model: str | None, framework: str | None) -> Tagging:
    """Return the results that were asked for; say on standard error when others fit as well and hold more documents."""
    from lhs_nlp.cli.output import complain

    tagging = store.tagging(model, framework)
    if model is not None and framework is not None:
        return tagging
    for other, count in store.lacking(tagging):
        if model is None or other.model == tagging.model:
            complain(f"{store.path}: {_said_of(tagging, other, counted(count, 'document'))}")
    return tagging


def _said_of(tagging: Tagging, other: Tagging, documents: str) -> str:
    """Return what to say of documents that have results of another tagging alone."""
    from lhs_nlp.framework import default_framework

    shown, others = tagging.model, other.model
    option = f"--model {other.model_sha256[:12]}"
    if other.framework.sha256 != tagging.framework.sha256:
        shown, others = (f"{each.model} for {each.framework.id} {each.framework.version}" for each in (tagging, other))
        option = f"{option} --framework {other.framework.sha256[:12]}"
    # Without its file, a framework of the user's own would not be the one that is looked for.
    file = "" if tagging.framework.sha256 == default_framework().sha256 else " --framework FILE"
    return (
        f"these are the results of {shown}; {documents} of {others} are not among them. {option} shows those; "
        f"`lhs-nlp batch --retag{file}` tags by {shown}, too, what it still finds of them."
    )


def keep_apart(store: Path, *outputs: Path | None) -> None:
    """Raise LhsNlpError when an output would take the place of the store, or of the logs beside it."""
    own = [path for path in (store, *(Path(f"{store}{end}") for end in _LOGS)) if path.exists()]
    for output in outputs:
        if output is not None and output.exists() and any(output.samefile(path) for path in own):
            raise LhsNlpError(f"{output}: it is the store itself; write to another file.")
