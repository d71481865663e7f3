"""`lhs-nlp batch --dry-run`: what a run would do, line by line and counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from lhs_nlp.archive import Options
    from lhs_nlp.archive.feed import Entry
    from lhs_nlp.archive.sources import Item
    from lhs_nlp.tagger import Tagger

_COUNTED = ("tag", "skip", "leave out", "fail")


def print_plan(sources: list[str], store: Path | None, tagger: Tagger, options: Options) -> None:
    """Say what would become of everything; without a store nothing is known to be done."""
    from lhs_nlp.archive import Account
    from lhs_nlp.archive.feed import Known
    from lhs_nlp.archive.plan import plan
    from lhs_nlp.archive.reading import Failed
    from lhs_nlp.archive.sources import find
    from lhs_nlp.cli.output import complain, opened
    from lhs_nlp.report.display import one_line

    counts: Counter[str] = Counter()
    account = Account()
    found = find(sources, options.columns, tagger.limits, options.bounds)
    with opened(None, data=False) as file:
        for entry in plan(found, store, tagger, retag=options.retag):
            step, name = _step(entry)
            counts[step] += 1
            account.others += isinstance(entry, Known) and entry.other
            if isinstance(entry, Failed):
                complain(entry.message)
            else:
                file.write(f"{step}\t{one_line(name)}\n")
        file.write(f"Would {', '.join(f'{step} {counts[step]:,}' for step in _COUNTED)}.\n")
        file.writelines(f"{line}\n" for line in account.of_others())
    if store is None:
        complain("what has results already was not looked at; name them with --store.")
    if counts["fail"]:
        raise typer.Exit(1)


def _step(entry: Entry | Item) -> tuple[str, str]:
    """Return what is to be done with something that was found, and its name."""
    from lhs_nlp.archive.feed import Known, Repeat
    from lhs_nlp.archive.reading import Failed
    from lhs_nlp.archive.sources import Ignored, Item

    match entry:
        case Failed():
            return "fail", entry.source
        case Ignored():
            return "leave out", entry.name
        case Item():
            return "tag", entry.name
        case Known() | Repeat():
            return "skip", entry.source.name
        case _:
            return "tag", entry.source.name
