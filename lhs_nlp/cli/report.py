"""`lhs-nlp report`: what all documents of a store claim together, as one HTML file."""

from __future__ import annotations

from typing import Annotated

import typer

from lhs_nlp.cli.options import Output, check_ending
from lhs_nlp.cli.stored import StoredFramework, StoredModel, StoreFile, chosen, keep_apart


def report(
    store: StoreFile,
    output: Output = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            help="Group by this key of the metadata, beside year, funder, programme; may be repeated.",
            metavar="KEY",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the report.", metavar="TEXT")] = None,
    model: StoredModel = None,
    framework: StoredFramework = None,
) -> None:
    """Show what a portfolio claims: one HTML file that needs no network.

    How many documents claim each benefit, with intervals; what hardly any claims; benefits by
    year, funder and programme, as far as the tables that were tagged tell of them; which go
    together, and to whom they are offered; the strongest quotations; every document; and what
    could not be read.
    """
    from lhs_nlp.archive import Store
    from lhs_nlp.archive.portfolio import portfolio_of, portfolio_to_html
    from lhs_nlp.cli.output import opened

    check_ending(output, "html")
    keep_apart(store, output)
    with Store(store, read_only=True) as source, opened(output) as file:
        portfolio = portfolio_of(source, chosen(source, model, framework), by or [])
        file.write(portfolio_to_html(portfolio, title))
