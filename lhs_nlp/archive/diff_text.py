"""What moved between two models, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from lhs_nlp.archive.diff import Comparison, Move, Shift
from lhs_nlp.archive.store import Tagging
from lhs_nlp.report.display import VERDICTS, clipped, one_line, two_digits
from lhs_nlp.wording import counted

_LONGEST_QUOTATION = 300


def diff_to_text(
    comparison: Comparison, moves: Iterable[Move], before: Tagging, after: Tagging, show: int
) -> Iterator[str]:
    """Yield lines that say what moved and why; `show` limits the moves that are told one by one."""
    yield f"{_model(before)} -> {_model(after)}, framework {after.framework.id} {after.framework.version}"
    alone = f"{comparison.only_before:,} by the first alone, {comparison.only_after:,} by the second alone"
    yield f"{counted(comparison.both, 'document')} tagged by both, {alone}."
    total = comparison.moved.total()
    yield f"{counted(total, 'verdict')} moved." if total else "No verdict moved."
    for benefit in before.framework.benefits:
        counts = [
            f"{VERDICTS[old].words} -> {VERDICTS[new].words} {count:,}"
            for (benefit_id, old, new), count in comparison.moved.most_common()
            if benefit_id == benefit.id
        ]
        if counts:
            yield f"  {benefit.name}: {', '.join(counts)}"
    for move in islice(moves, show):
        yield ""
        yield from _move(move)
    if total > show:
        yield ""
        yield f"{total - show:,} more: raise --show, or use --format json."


def _model(tagging: Tagging) -> str:
    return f"{one_line(tagging.model)} ({tagging.model_sha256[:12]})"


def _move(move: Move) -> Iterator[str]:
    old = f"{VERDICTS[move.before].words} {two_digits(move.confidence_before)}"
    new = f"{VERDICTS[move.after].words} {two_digits(move.confidence_after)}"
    yield f"{one_line(move.source)}: {move.benefit}, {old} -> {new}"
    if not move.shifts:
        yield "    No passage moved that way: the models draw the line between verdicts elsewhere."
    for shift in move.shifts:
        yield f"    {_shift(shift)}"


def _shift(shift: Shift) -> str:
    said = [f"{two_digits(shift.before)} -> {two_digits(shift.after)}"]
    if shift.status_before != shift.status_after:
        said.append(f"{shift.status_before or 'absent'} -> {shift.status_after or 'absent'}")
    if shift.passage.page is not None:
        said.append(f"page {shift.passage.page:,}")
    return f'{", ".join(said)}: "{clipped(one_line(shift.passage.text), _LONGEST_QUOTATION)}"'
