"""The charts of an evidence map: publications where a year, a design or a setting and a benefit meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lhs_nlp.references.types import Reference
from lhs_nlp.review.evidence.describing import Description
from lhs_nlp.review.evidence.vocabulary import NOT_STATED, Entry, vocabulary
from lhs_nlp.summary import BenefitSummary

MOST_YEARS = 12
"""Years that have a row each; more are put into spans of five."""
SPAN = 5


@dataclass(slots=True)
class Cell:
    """Publications where a row and a benefit meet, by their keys.

    Attributes
    ----------
    claimed
        Those that claim the benefit.
    strongest
        Those of them whose best quotation surely has the claim's highest status, e.g. achieved.
    review
        Others, of which the model does not know.
    """

    claimed: list[str] = field(default_factory=list)
    strongest: list[str] = field(default_factory=list)
    review: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Axis:
    """One chart: rows beside the benefits.

    Attributes
    ----------
    id, name
        What the rows are of.
    rows
        Their names, "Not stated" last; only such as have publications.
    publications
        How many each row has, whatever they claim.
    cells
        By row and benefit; pairs without publications are left out.
    """

    id: str
    name: str
    rows: tuple[str, ...]
    publications: Mapping[str, int]
    cells: Mapping[tuple[str, str], Cell]

    @property
    def largest(self) -> int:
        """The most claims in one cell."""
        return max((len(cell.claimed) for cell in self.cells.values()), default=0)


@dataclass(frozen=True, slots=True)
class MappedPublication:
    """A publication on the map."""

    key: str
    number: int
    reference: Reference
    description: Description
    benefits: tuple[BenefitSummary, ...]


def axes_of(publications: Sequence[MappedPublication], strongest: str) -> tuple[Axis, ...]:
    """Return the charts of publications by year, design and setting; `strongest` is the id of the highest status."""
    years = {each.reference.year for each in publications if each.reference.year is not None}
    names = {year: _span(year, many=len(years) > MOST_YEARS) for year in sorted(years)}
    designs, settings = vocabulary().designs, vocabulary().settings
    by_year = [[names[each.reference.year]] if each.reference.year in names else [] for each in publications]
    by_design = [[each.description.design.name] if each.description.design else [] for each in publications]
    by_setting = [[stated.name for stated in each.description.settings] for each in publications]
    return (
        _axis("year", "Year", dict.fromkeys(names.values()), publications, by_year, strongest),
        _axis("design", "Design", _names(designs), publications, by_design, strongest),
        _axis("setting", "Setting", _names(settings), publications, by_setting, strongest),
    )


def _span(year: int, *, many: bool) -> str:
    first = year - year % SPAN
    return f"{first} to {first + SPAN - 1}" if many else str(year)


def _names(entries: Iterable[Entry]) -> dict[str, None]:
    return dict.fromkeys(entry.name for entry in entries)


def _axis(
    id: str,
    name: str,
    order: Iterable[str],
    publications: Sequence[MappedPublication],
    rows: Sequence[list[str]],
    strongest: str,
) -> Axis:
    counts: defaultdict[str, int] = defaultdict(int)
    cells: defaultdict[tuple[str, str], Cell] = defaultdict(Cell)
    for publication, own in zip(publications, rows, strict=True):
        for row in own or [NOT_STATED]:
            counts[row] += 1
            for benefit in publication.benefits:
                if benefit.verdict != "not_claimed":
                    _put(cells[row, benefit.benefit], publication.key, benefit, strongest)
    return Axis(id, name, tuple(row for row in (*order, NOT_STATED) if row in counts), dict(counts), dict(cells))


def _put(cell: Cell, key: str, benefit: BenefitSummary, strongest: str) -> None:
    if benefit.verdict == "needs_review":
        cell.review.append(key)
        return
    cell.claimed.append(key)
    if benefit.evidence and benefit.evidence[0].present and benefit.evidence[0].status == strongest:
        cell.strongest.append(key)
