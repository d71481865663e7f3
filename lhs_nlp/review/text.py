"""What a project holds, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lhs_nlp.report.display import clipped, counted, one_line
from lhs_nlp.review.attaching import Attached
from lhs_nlp.review.counts import Flow
from lhs_nlp.review.grouping import Grouping
from lhs_nlp.review.project import Project
from lhs_nlp.review.searching import Hit
from lhs_nlp.review.simulation import SimulationResult
from lhs_nlp.review.stopping import TARGET
from lhs_nlp.review.types import Added, Likely, Record

LONGEST_TITLE = 90
LONGEST_COLUMNS = 1000
SKIPPED = 5
"""Pieces of skipped text that are shown of a file."""


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
        yield f"  {len(added.skipped) - SKIPPED:,} more pieces are in the table `skipped` of the project."


def grouping_line(grouping: Grouping) -> str:
    """Return how many records, publications and duplicates there are."""
    duplicates = grouping.records - grouping.publications
    return (
        f"In all {grouping.records:,} records of {grouping.publications:,} publications: {duplicates:,} duplicates; "
        f"{grouping.close:,} pairs look alike and were kept apart."
    )


def likely_lines(project: Project, pairs: Sequence[Likely], show: int) -> Iterator[str]:
    """Yield pairs of records that look alike: those that were joined, and those that were kept apart."""
    for joined, heading in ((True, "Taken for one publication"), (False, "Kept apart, though alike")):
        chosen = [pair for pair in pairs if pair.joined is joined]
        # The least sure first: what somebody should look at.
        chosen.sort(key=lambda pair: pair.score if joined else -pair.score)
        yield f"{heading}: {len(chosen):,} pairs"
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


def attached_line(project: Project, attached: Attached) -> str:
    """Return what became of a file, and the records that it is of or may be of."""
    records = "; ".join(record_line(project.record(number)) for number in attached.publications)
    said = f"{one_line(attached.name)}: {attached.kind} ({one_line(attached.reason)})"
    return f"{said}: {records}" if records else said


def hit_lines(hits: Sequence[Hit], show: int) -> Iterator[str]:
    """Yield what was found, with its rank by words and by meaning."""
    if not hits:
        yield "Nothing was found."
    for hit in hits[:show]:
        ranks = [f"{rank} by {kind}" for kind, rank in (("words", hit.by_words), ("meaning", hit.by_meaning)) if rank]
        yield f"{record_line(hit.publication.records[0])}  {', '.join(ranks)}"


def flow_lines(flow: Flow) -> Iterator[str]:
    """Yield the counts of the PRISMA 2020 flow diagram."""
    yield f"Records identified: {sum(flow.identified.values()):,}"
    yield from (f"  {one_line(name)}: {records:,}" for name, records in flow.identified.items())
    yield f"Duplicate records: {flow.duplicates:,}"
    for heading, counts in (("Publications screened", flow.title_abstract), ("Full texts assessed", flow.full_text)):
        yield f"{heading}: {counts.to_screen - counts.undecided:,} of {counts.to_screen:,}"
        yield f"  included: {counts.included:,}"
        yield f"  excluded: {counts.excluded:,}"
        yield from (f"    {one_line(reason)}: {number:,}" for reason, number in counts.excluded_for.items())
        yield f"  maybe: {counts.maybe:,}; in conflict: {counts.conflict:,}"


def simulation_lines(result: SimulationResult) -> Iterator[str]:
    """Yield the measures of a simulation, and its recall curve."""
    yield f"{result.records:,} records, {result.relevant:,} included ({', '.join(map(one_line, result.included_as))})"
    if result.without_label:
        yield f"{counted(result.without_label, 'record')} without a label left out"
    yield f"mean of {counted(len(result.curves), 'run')}, least to most:"
    for name, key in (("WSS@95", "wss_95"), ("RRF@10", "rrf_10"), ("ATD", "atd")):
        values = [curve.to_dict()[key] for curve in result.curves]
        yield f"  {name}  {sum(values) / len(values):.3f}  ({min(values):.3f} to {max(values):.3f})"
    stops = result.stops
    screened = sum(1 - stop.saved for stop in stops) / len(stops)
    yield (
        f"stopping criterion: met after {screened:.0%} of the records; "
        f"recall of at least {TARGET:.0%} in {result.reached_target} of {len(stops)} "
        f"(least {min(stop.recall for stop in stops):.3f})"
    )
    yield "records screened, recall:"
    for percent in (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100):
        recall = sum(curve.to_dict()["recall_by_percent"][percent] for curve in result.curves) / len(result.curves)
        yield f"  {percent:3d}%  {recall:.3f}  {'#' * round(40 * recall)}"
