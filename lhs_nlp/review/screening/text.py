"""Screening in lines for a terminal: what waits, what may be left, conflicts, agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lhs_nlp.evaluate.bootstrap import Estimate
from lhs_nlp.printing import printable
from lhs_nlp.report.display import one_line
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import Publication
from lhs_nlp.review.project.text import record_line
from lhs_nlp.review.project.types import Choice, Decision, Stage
from lhs_nlp.review.screening.agreement import PairAgreement
from lhs_nlp.review.screening.counts import Flow
from lhs_nlp.review.screening.decisions import Criterion
from lhs_nlp.review.screening.queue import Queue
from lhs_nlp.review.screening.rule import Conflict, reaches
from lhs_nlp.review.screening.status import ScreeningStatus
from lhs_nlp.review.screening.stopping import Stopping
from lhs_nlp.wording import counted

UNRANKED = "include a record first."
STAGES: Mapping[Stage, str] = {"title_abstract": "title and abstract", "full_text": "full text"}
NOTHING = "There is nothing to screen yet."


def criterion_lines(criteria: Sequence[Criterion]) -> Iterator[str]:
    """Yield criteria with their numbers."""
    yield from (f"{each.id}  {each.kind}: {one_line(each.text)}" for each in criteria)


def publication_lines(publication: Publication) -> Iterator[str]:
    """Yield what a screener reads of a publication."""
    yield record_line(publication.records[0])
    yield printable(publication.text or "(no title and no abstract)")
    if publication.reference.keywords:
        yield f"Keywords: {one_line('; '.join(publication.reference.keywords))}"


def decided_lines(project: Project, record: int, choice: Choice, stage: Stage) -> Iterator[str]:
    """Yield what was decided on a record, and whether that does not count yet."""
    found = project.record(record)
    yield f"{choice}: {record_line(found)}"
    if not reaches(project, stage)(found.publication):
        yield f"It does not count until the publication is included by {STAGES['title_abstract']}."


def undone_line(undone: Decision | None) -> str:
    """Return which decision was taken back."""
    if undone is None:
        return "There is nothing to undo."
    between = ", between screeners" if undone.role == "adjudicate" else ""
    return f"Undone: {undone.choice} of {undone.record} ({STAGES[undone.stage]}{between})."


def queue_head(queue: Queue) -> str:
    """Return how many publications are decided, and how many relevant ones may be left."""
    decided = f"{queue.included:,} included, {queue.excluded:,} excluded, {len(queue.waiting):,} to screen"
    if queue.ranked:
        return f"{decided}.\nRelevant ones that may be left: {left_words(queue.stopping)}."
    return f"{decided}." if queue.included else f"{decided}, not ranked yet: {UNRANKED}"


def queue_lines(queue: Queue, show: int) -> Iterator[str]:
    """Yield what to screen next."""
    yield queue_head(queue)
    yield from (record_line(publication.records[0]) for publication in queue.waiting[:show])


def stopping_lines(stopping: Stopping, incomplete: int) -> Iterator[str]:
    """Yield how many relevant publications may be left, and whether screening may stop.

    Parameters
    ----------
    stopping
        What is known of those that nobody has decided on.
    incomplete
        How many wait for more screeners; these are to be finished in any case.
    """
    if not stopping.screened + stopping.unscreened:
        yield NOTHING
        return
    yield f"Relevant ones that may be left: {left_words(stopping)}."
    if stopping.recall_likely is not None and stopping.recall_least is not None:
        yield (
            f"Found so far: probably {stopping.recall_likely:.0%} of all or more, "
            f"with {stopping.target:.0%} confidence {stopping.recall_least:.0%} or more."
        )
    may = "go on" if not stopping.reached else "begin no more" if incomplete else "may stop"
    yield f"Recall below {stopping.target:.0%}: p = {stopping.p_value:.3f}, so {may}."
    if incomplete:
        yield f"Waiting for more screeners: {counted(incomplete, 'publication')}."


def left_words(stopping: Stopping) -> str:
    """Return how many relevant publications may be left: as likely as not, and at most."""
    return (
        f"of {stopping.unscreened:,}, probably {stopping.likely_left:,} or fewer, "
        f"with {stopping.target:.0%} confidence {stopping.most_left:,} or fewer"
    )


def conflict_lines(project: Project, conflict: Conflict, texts: Mapping[int, str]) -> Iterator[str]:
    """Yield a publication on which screeners differ, and what each of them said; texts are those of criteria."""
    yield record_line(project.record(conflict.publication))
    for decision in (*conflict.decisions, *filter(None, [conflict.doubt])):
        named = texts.get(decision.criterion) if decision.criterion is not None else None
        why = "; ".join(one_line(text) for text in (named, decision.reason) if text)
        between = ", between them" if decision is conflict.doubt else ""
        yield f"  {one_line(decision.by)}{between}: {decision.choice}{f' ({why})' if why else ''}"


def agreement_lines(pairs: Sequence[PairAgreement]) -> Iterator[str]:
    """Yield how far each two screeners agree."""
    if not pairs:
        yield "No two screeners have decided on the same publication."
    for pair in pairs:
        found = pair.coefficients
        yield f"{one_line(pair.first)} and {one_line(pair.second)}: {counted(found.units, 'publication')}"
        yield f"  same decision  {_interval(found.observed)}"
        yield f"  Cohen's kappa  {_interval(found.kappa)}{f': {found.undefined}' if found.undefined else ''}"


def _interval(estimate: Estimate) -> str:
    if estimate.value is None:
        return "not defined"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f}  (95% interval {estimate.low:.3f} to {estimate.high:.3f})"


def status_lines(status: ScreeningStatus) -> Iterator[str]:
    """Yield where screening stands: by decision, by screener, and what may be left."""
    counts, rule = status.counts, status.rule
    yield f"Rule: {counted(rule.screeners, 'screener')} a publication; conflicts: {rule.conflicts}"
    yield f"{counts.included:,} included, {counts.excluded:,} excluded of {counts.to_screen:,}"
    yield f"{counts.undecided:,} to decide, {counts.maybe:,} in doubt, {counts.conflict:,} in conflict"
    yield from (f"  {one_line(name)}: {number:,} decided" for name, number in status.by_screener.items())
    yield from stopping_lines(status.stopping, counts.incomplete)


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
