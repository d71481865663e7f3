"""The evidence map: how many publications claim each benefit, by year, design and setting, and which they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lhs_nlp.archive import Tagging
from lhs_nlp.references.types import Reference
from lhs_nlp.report.display import by_rank
from lhs_nlp.review.cited import Which, cited_in
from lhs_nlp.review.describing import Description, describe
from lhs_nlp.review.project import Project
from lhs_nlp.review.vocabulary import NOT_STATED, Entry, vocabulary
from lhs_nlp.summary import BenefitSummary

MOST_YEARS = 12
"""Years that have a row each; more are put into spans of five."""
SPAN = 5

MAP_COLUMNS = ("axis", "row", "publications", "benefit", "claimed", "strongest", "review", "claimed_by", "review_of")
"""Of the map as a table; the last two hold keys."""


@dataclass(slots=True)
class Cell:
    """Publications where a row and a benefit meet, by their keys.

    Attributes
    ----------
    claimed
        Those that claim the benefit.
    strongest
        Those of them whose best quotation has the claim's highest status, e.g. achieved.
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


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """What the publications of a review claim, and where that evidence lies.

    Attributes
    ----------
    tagging
        Which model looked for which framework.
    strongest
        The highest status of a claim, by its name in the framework.
    untagged
        Publications that have no text, or are not tagged yet: they are on no chart.
    publications
        Those that are, by their keys, in the order of the project.
    axes
        Year, design, setting.
    """

    tagging: Tagging
    strongest: str
    untagged: int
    publications: tuple[MappedPublication, ...]
    axes: tuple[Axis, ...]


def map_of(project: Project, which: Which = "all") -> EvidenceMap:
    """Return the evidence map of a project.

    Parameters
    ----------
    project
        Whose publications; their keys are those of `citable`.
    which
        All of them, or those that were included and not excluded at the last stage that was decided on.

    Raises
    ------
    LhsNlpError
        Nothing was tagged yet.
    """
    tagging, found = cited_in(project, which)
    mapped = [
        MappedPublication(
            cited.key,
            cited.publication.number,
            cited.publication.reference,
            describe(cited.publication),
            cited.stored.summary.benefits,
        )
        for cited in found
        if cited.stored
    ]
    strongest = next(status for status in by_rank(tagging.framework) if status.claim)
    return EvidenceMap(tagging, strongest.name, len(found) - len(mapped), tuple(mapped), _axes(mapped, strongest.id))


def map_rows(evidence: EvidenceMap) -> Iterator[dict[str, Any]]:
    """Yield a row for each row and benefit of each chart, with the keys of its publications."""
    for axis in evidence.axes:
        for row in axis.rows:
            for benefit in evidence.tagging.framework.benefit_ids:
                cell = axis.cells.get((row, benefit), Cell())
                values = (
                    *(axis.id, row, axis.publications[row], benefit),
                    *(len(cell.claimed), len(cell.strongest), len(cell.review)),
                    *("; ".join(cell.claimed), "; ".join(cell.review)),
                )
                yield dict(zip(MAP_COLUMNS, values, strict=True))


def _axes(publications: Sequence[MappedPublication], strongest: str) -> tuple[Axis, ...]:
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
    if benefit.evidence and benefit.evidence[0].status == strongest:
        cell.strongest.append(key)
