"""The evidence map: how many publications claim each benefit, by year, design and setting, and which they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lhs_nlp.archive import Tagging
from lhs_nlp.report.display import by_rank
from lhs_nlp.review.evidence.charts import Axis, Cell, MappedPublication, axes_of
from lhs_nlp.review.evidence.cited import Which, cited_in
from lhs_nlp.review.evidence.describing import describe
from lhs_nlp.review.project import Project

MAP_COLUMNS = ("axis", "row", "publications", "benefit", "claimed", "strongest", "review", "claimed_by", "review_of")
"""Of the map as a table; the last two hold keys."""


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
    return EvidenceMap(tagging, strongest.name, len(found) - len(mapped), tuple(mapped), axes_of(mapped, strongest.id))


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
