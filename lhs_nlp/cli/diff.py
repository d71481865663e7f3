"""`lhs-nlp diff`: which verdicts moved between two models, and why."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.options import Output

SCHEMA = "lhs-nlp/diff/1"


class DiffFormat(StrEnum):
    """How the result is shown."""

    TEXT = "text"
    JSON = "json"


def diff(
    store: Annotated[Path, typer.Argument(help="Store that `lhs-nlp batch` has made.", metavar="STORE")],
    before: Annotated[
        str, typer.Option("--from", help="Name of the first model, or the beginning of its SHA-256.", metavar="MODEL")
    ],
    after: Annotated[
        str, typer.Option("--to", help="Name of the second model, or the beginning of its SHA-256.", metavar="MODEL")
    ],
    show: Annotated[int, typer.Option(min=0, help="Of text: tell this many moves one by one.")] = 20,
    format: Annotated[DiffFormat, typer.Option("--format", "-f", help="How to show the result.")] = DiffFormat.TEXT,
    output: Output = None,
) -> None:
    """Show which verdicts moved between two models, and the passages that explain it.

    Only documents that both models have tagged are compared: `lhs-nlp batch --retag` tags by a
    new model what another has tagged.
    """
    from lhs_nlp.archive import Store
    from lhs_nlp.archive.diff import compare, moves
    from lhs_nlp.archive.diff_text import diff_to_text
    from lhs_nlp.cli.output import opened, write_json

    with Store(store, read_only=True) as opened_store, opened(output, data=format is DiffFormat.JSON) as file:
        first, second = opened_store.tagging(before), opened_store.tagging(after)
        comparison, moved = compare(opened_store, first, second), moves(opened_store, first, second)
        if format is DiffFormat.TEXT:
            file.writelines(f"{line}\n" for line in diff_to_text(comparison, moved, first, second, show))
            return
        report = {
            "schema": SCHEMA,
            "from": {"model": first.model, "sha256": first.model_sha256, "framework": first.framework.id},
            "to": {"model": second.model, "sha256": second.model_sha256, "framework": second.framework.id},
            "documents": {
                "both": comparison.both,
                "only_from": comparison.only_before,
                "only_to": comparison.only_after,
            },
            "moves": [move.to_dict() for move in moved],
        }
        write_json(file, report)
