"""`lhs-nlp diff`: which verdicts moved between two models, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.options import Output, ResultFormat, TextOrJson, format_of
from lhs_nlp.cli.stored import StoredFramework, StoreFile, keep_apart

if TYPE_CHECKING:
    from lhs_nlp.archive import Store, Tagging

SCHEMA = "lhs-nlp/diff/1"


def diff(
    store: StoreFile,
    before: Annotated[
        str, typer.Option("--from", help="Name of the first model, or the beginning of its SHA-256.", metavar="MODEL")
    ],
    after: Annotated[
        str, typer.Option("--to", help="Name of the second model, or the beginning of its SHA-256.", metavar="MODEL")
    ],
    show: Annotated[int, typer.Option(min=0, help="Of text: tell this many moves one by one.", metavar="N")] = 20,
    format: ResultFormat = None,
    output: Output = None,
    framework: StoredFramework = None,
) -> None:
    """Show which verdicts moved between two models, and the passages that explain it.

    Only documents that both models have tagged are compared: `lhs-nlp batch --retag` tags by a
    new model what another has tagged. Of results for several frameworks those for the newest are
    compared that both models have.
    """
    from lhs_nlp.archive import Store
    from lhs_nlp.archive.diff import compare, moves
    from lhs_nlp.archive.diff_text import diff_to_text
    from lhs_nlp.cli.output import opened, write_json

    keep_apart(store, output)
    chosen = format_of(format, output, TextOrJson.TEXT)
    with Store(store, read_only=True) as opened_store, opened(output, data=chosen is TextOrJson.JSON) as file:
        first, second = _pair(opened_store, before, after, framework)
        comparison, moved = compare(opened_store, first, second), moves(opened_store, first, second)
        if chosen is TextOrJson.TEXT:
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


def _pair(store: Store, before: str, after: str, framework: str | None) -> tuple[Tagging, Tagging]:
    """Return the results to compare; say on standard error when those for other frameworks could be, too."""
    from lhs_nlp.archive import StoreError
    from lhs_nlp.cli.output import complain

    if framework is not None:
        return store.tagging(before, framework), store.tagging(after, framework)
    pairs = []
    for sha256 in dict.fromkeys(tagging.framework.sha256 for tagging in reversed(store.taggings())):
        try:
            pairs.append((store.tagging(before, sha256), store.tagging(after, sha256)))
        except StoreError:  # one of the models has none for it
            continue
    if not pairs:
        first, second = store.tagging(before), store.tagging(after)
        frameworks = " and ".join(f"{each.framework.id} {each.framework.version}" for each in (first, second))
        complain(f"{store.path}: the results are for two frameworks, {frameworks}; what both have is compared.")
        return first, second
    (first, second), *others = pairs
    for other, _ in others:
        named = f"{other.framework.id} {other.framework.version}"
        complain(
            f"{store.path}: compared are results for {first.framework.id} {first.framework.version}; "
            f"--framework {other.framework.sha256[:12]} compares those for {named}."
        )
    return first, second
