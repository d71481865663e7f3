"""`lhs-nlp learn`: corrections in, a model that has learned from them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.options import FrameworkFile, Model

if TYPE_CHECKING:
    from lhs_nlp.framework import Framework
    from lhs_nlp.learn import Corrections

_DATABASE = b"SQLite format 3\0"


def learn(
    corrections: Annotated[
        Path,
        typer.Argument(
            help="A corrected store, or labelled passages: JSON lines, or an export of Label Studio or doccano.",
            metavar="CORRECTIONS",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the new model; not there yet.", metavar="DIR")
    ],
    check: Annotated[
        Path | None,
        typer.Option(
            "--check",
            help="Other labelled passages on which the new model must not be worse, JSON lines as of `evaluate`.",
            show_default="corrections alone",
            metavar="FILE",
        ),
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Of a store, learn what two independent reviewers have read.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write the new model even if it is worse.")] = False,
    model: Model = None,
    framework: FrameworkFile = None,
) -> None:
    """Teach the model from corrections, and show how much better it is.

    CORRECTIONS is a store in which reviewers decided (lhs-nlp serve), or a file. Each of its lines
    is {"id", "text", "labels": {benefit: status}}, with {} for a passage that carries none, and may
    have `doc`, the document that the passage is from. A text longer than a passage is split, and
    its strongest passage stands for each benefit, as in `evaluate`. What Label Studio (JSON) or doccano
    (JSONL) export of passages from `lhs-nlp export --table passages` is read as it is.

    The encoder stays; presence and status of benefits, their calibration and thresholds are fitted
    anew, near what they were. A model that is worse on corrections that it has not seen is not
    written, nor one that could not be measured: corrections of three documents are needed, some of
    them with a benefit. Use the new one with --model DIR.
    """
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.cli.progress import shown_steps
    from lhs_nlp.errors import LhsNlpError
    from lhs_nlp.evaluate import read_gold
    from lhs_nlp.framework import framework_in_use
    from lhs_nlp.learn import check_free, corrections_to_text, framework_to_text, learned_to_text, save_learned, teach

    check_free(output)
    known = framework_in_use(framework)
    bundle = load_bundle(model)
    found = _corrections(corrections, known, blind=blind)
    typer.echo(f"Model: {bundle.id}\n{corrections_to_text(found)}{framework_to_text(bundle, known)}")
    with shown_steps() as on_progress:
        learned = teach(bundle, found, known, read_gold(check, known) if check else None, on_progress=on_progress)
    typer.echo(learned_to_text(learned, known), nl=False)
    if learned.objection and not force:
        raise LhsNlpError(f"{learned.objection}. Nothing was written; correct more, or write it all the same: --force.")
    typer.echo(f"\nWritten to {output}: {save_learned(output, bundle, found, learned)}")


def _corrections(path: Path, framework: Framework, *, blind: bool) -> Corrections:
    from lhs_nlp.learn import decided_in, read_corrections

    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(_DATABASE)) == _DATABASE:
                return decided_in(path, framework, blind=blind)
    if blind and path.exists():
        raise typer.BadParameter("is for a store, as lines do not tell who has read them.", param_hint="--blind")
    return read_corrections(path, framework)
