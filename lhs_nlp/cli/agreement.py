"""`lhs-nlp agreement`: how far two labellers agree on the same passages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.options import FrameworkFile, Output, ResultFormat, TextOrJson, format_of

SCHEMA = "lhs-nlp/agreement/1"


def agreement(
    first: Annotated[
        Path,
        typer.Argument(help="Labelled passages: JSON lines, or an export of Label Studio or doccano.", metavar="A"),
    ],
    second: Annotated[Path, typer.Argument(help="The same passages by another labeller.", metavar="B")],
    show: Annotated[int, typer.Option(min=0, help="Show this many disagreements.", metavar="N")] = 10,
    format: ResultFormat = None,
    output: Output = None,
    framework: FrameworkFile = None,
) -> None:
    """Compare two labellings: Cohen's kappa, Krippendorff's alpha.

    Each line of A and B is {"id", "doc", "text", "labels": {benefit: status}}, and may have
    `concepts`. Passages are matched by id; those that one file alone has are named.
    """
    from lhs_nlp.cli.output import keep_inputs, opened, write_json
    from lhs_nlp.evaluate import agreement_to_text, compare, read_gold
    from lhs_nlp.framework import framework_in_use

    keep_inputs(output, first, second, framework)
    chosen = format_of(format, output, TextOrJson.TEXT)
    known = framework_in_use(framework)
    result = compare(read_gold(first, known), read_gold(second, known), known)
    with opened(output, data=chosen is TextOrJson.JSON) as file:
        if chosen is TextOrJson.TEXT:
            file.write(agreement_to_text(result, known, show))
            return
        report = {
            "schema": SCHEMA,
            "first": str(first),
            "second": str(second),
            "framework": {"id": known.id, "version": known.version},
            **result.to_dict(show),
        }
        write_json(file, report)
