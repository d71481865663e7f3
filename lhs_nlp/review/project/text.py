"""Records of a project in lines for a terminal: what was added, what is of one publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lhs_nlp.report.display import clipped, one_line
from lhs_nlp.review.project.grouping import Grouping
from lhs_nlp.review.project.project import Project
from lhs_nlp.review.project.types import Added, Likely, Record
from lhs_nlp.wording import counted

LONGEST_TITLE = 90
LONGEST_COLUMNS = 1000
SKIPPED = 5
"""Pieces of skipped text that are shown of a file."""


def no_references_line(project: Project) -> str:
    """Return what to do with a project that holds no references."""
    return f"{project.folder}: holds no references yet; `lhs-nlp review add {project.folder} FILE...` adds some."


def added_lines(added: Added) -> Iterator[str]:
    """Yield what became of a file."""
    name = one_line(added.name)
    if added.before is not None:
        known = "" if added.before == added.name else f" as {one_line(added.before)}"
        yield f"{name}: was added before{known}; nothing is added."
        return
    skipped = f", {counted(len(added.skipped), 'piece')} of text skipped" if added.skipped else ""
    yield f"{name}: {counted(added.records, 'record')} ({added.format}, {added.encoding}){skipped}"
    yield from (f"  {warning}" for warning in added.warnings)
    taken = [f"{one_line(column)} as {field}" for column, field in added.columns if field]
    if taken:
        yield clipped(f"  columns: {', '.join(taken)}", LONGEST_COLUMNS)
    for piece in added.skipped[:SKIPPED]:
        yield f'  line {piece.line:,}: {piece.reason} "{clipped(one_line(piece.text), LONGEST_TITLE)}"'
    if len(added.skipped) > SKIPPED:
        yield f"  {counted(len(added.skipped) - SKIPPED, 'more piece')}: see the table `skipped` of the project."


def grouping_line(grouping: Grouping) -> str:
    """Return how many records, publications and duplicates there are."""
    duplicates = grouping.records - grouping.publications
    return (
        f"In all {counted(grouping.records, 'record')} of {counted(grouping.publications, 'publication')}: "
        f"{counted(duplicates, 'duplicate')}. Kept apart, though alike: {counted(grouping.close, 'pair')}."
    )


def likely_lines(project: Project, pairs: Sequence[Likely], show: int) -> Iterator[str]:
    """Yield pairs of records that look alike: those that were joined, and those that were kept apart."""
    for joined, heading in ((True, "Taken for one publication"), (False, "Kept apart, though alike")):
        chosen = [pair for pair in pairs if pair.joined is joined]
        # The least sure first: what somebody should look at.
        chosen.sort(key=lambda pair: pair.score if joined else -pair.score)
        yield f"{heading}: {counted(len(chosen), 'pair')}"
        for pair in islice(chosen, show):
            yield f"  {pair.score:.2f}  {pair.reason}"
            yield from (f"    {record_line(project.record(number))}" for number in (pair.first, pair.second))
        if len(chosen) > show:
            yield f"  {len(chosen) - show:,} more: raise --show, or read the table `pairs` of the project."


def record_line(record: Record) -> str:
    """Return a record in one line: its number, title, first author, year and where it was read."""
    reference = record.reference
    title = clipped(one_line(reference.title or "(no title)"), LONGEST_TITLE)
    author = one_line(reference.authors[0].split(",")[0]) if reference.authors else ""
    about = ", ".join(filter(None, (author, str(reference.year or ""), reference.doi)))
    return f"[{record.id}] {title} ({about}) {one_line(record.source)}#{record.position}"
