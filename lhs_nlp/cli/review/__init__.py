"""`lhs-nlp review`: a literature review, from exports of databases to what is worth reading."""

from __future__ import annotations

import typer

from lhs_nlp.cli.review.attaching import attach, detach
from lhs_nlp.cli.review.deciding import agreement, conflicts, resolve, rule, status
from lhs_nlp.cli.review.gathering import add, duplicates, export, init, judge
from lhs_nlp.cli.review.reading import evidence, flow, search, tag
from lhs_nlp.cli.review.screening import criterion, decide, next, simulate, undo
from lhs_nlp.cli.review.serving import screen, serve
from lhs_nlp.cli.review.summarising import digest, map

review = typer.Typer(
    name="review", help="Review literature: gather references, find duplicates, screen, tag.", no_args_is_help=True
)

for command in (
    init,
    add,
    duplicates,
    judge,
    attach,
    detach,
    export,
    criterion,
    decide,
    undo,
    next,
    screen,
    serve,
    rule,
    conflicts,
    resolve,
    agreement,
    status,
    tag,
    search,
    evidence,
    map,
    digest,
    flow,
    simulate,
):
    review.command()(command)
