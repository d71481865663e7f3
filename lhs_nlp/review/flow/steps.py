"""The steps of the PRISMA 2020 flow diagram (Page et al. 2021, doi:10.1136/bmj.n71), in words and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lhs_nlp.report import display
from lhs_nlp.review.screening.counts import Flow, Screening
from lhs_nlp.wording import counted

_MOST_LINES = 12
"""Files, or reasons, that have a line of their own in a box."""


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the diagram: what goes on, and what leaves beside it.

    Parameters
    ----------
    phase
        Identification, Screening or Included.
    stays, leaves
        Lines of the two boxes; () for no box.
    """

    phase: str
    stays: tuple[str, ...]
    leaves: tuple[str, ...] = ()


def steps_of(flow: Flow) -> list[Step]:
    """Return the steps of the diagram; what nobody recorded is not shown as a number."""
    first, second = flow.title_abstract, flow.full_text
    return [
        Step("Identification", tuple(_identified(flow.identified)), _left_before(flow)),
        Step("Screening", (_n("Records screened", _decided(first)), *_waiting(first)), _excluded("Records", first)),
        Step(
            "Screening", (_n("Reports sought for retrieval", first.included),), ("Reports not retrieved: not recorded",)
        ),
        Step(
            "Screening",
            (_n("Reports assessed for eligibility", _decided(second)), *_waiting(second)),
            _excluded("Reports", second),
        ),
        Step("Included", (_n("Publications included in review", second.included),)),
    ]


def _n(text: str, number: int) -> str:
    return f"{text} (n = {number:,})"


def _decided(screening: Screening) -> int:
    return screening.to_screen - screening.undecided


def _identified(sources: Mapping[str, int]) -> Iterator[str]:
    yield _n("Records identified", sum(sources.values()))
    yield from _listed(sources, "file")


def _listed(counts: Mapping[str, int], noun: str) -> Iterator[str]:
    shown = list(counts.items())
    if len(shown) > _MOST_LINES:
        rest = sum(number for _, number in shown[_MOST_LINES - 1 :])
        shown = [*shown[: _MOST_LINES - 1], (counted(len(shown) - _MOST_LINES + 1, f"more {noun}"), rest)]
    yield from (f"\u2022 {_n(display.one_line(name), number)}" for name, number in shown)


def _left_before(flow: Flow) -> tuple[str, ...]:
    return ("Records removed before screening:", f"\u2022 {_n('Duplicate records', flow.duplicates)}")


def _waiting(screening: Screening) -> Iterator[str]:
    if screening.undecided:
        yield _n("Not decided on yet", screening.undecided)


def _excluded(noun: str, screening: Screening) -> tuple[str, ...]:
    open_ones = (("Maybe", screening.maybe), ("Screeners in conflict", screening.conflict))
    return (
        _n(f"{noun} excluded", screening.excluded),
        *_listed(screening.excluded_for, "reason"),
        *(_n(name, number) for name, number in open_ones if number),
    )
