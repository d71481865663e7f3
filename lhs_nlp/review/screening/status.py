"""Where screening stands: counts by decision and by screener, and what may be left to find."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.types import Stage
from lhs_nlp.review.screening.counts import Screening, flow_of
from lhs_nlp.review.screening.decisions import standing
from lhs_nlp.review.screening.queue import stopping_at
from lhs_nlp.review.screening.rule import Rule, reaches, rule_of
from lhs_nlp.review.screening.stopping import Stopping


@dataclass(frozen=True, slots=True)
class ScreeningStatus:
    """Where the screening of one stage stands.

    Parameters
    ----------
    stage
        Which one.
    counts
        Publications by what was decided in the end.
    by_screener
        On how many publications that reach the stage each screener decided, in the order of names.
    rule
        How decisions of several screeners become one.
    stopping
        How many relevant ones may be among those that nobody decided on.
    """

    stage: Stage
    counts: Screening
    by_screener: dict[str, int]
    rule: Rule
    stopping: Stopping

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {**asdict(self), "stopping": self.stopping.to_dict()}


def status_of(project: Project, stage: Stage = "title_abstract") -> ScreeningStatus:
    """Return where the screening of a stage stands."""
    flow = flow_of(project)
    counts = flow.title_abstract if stage == "title_abstract" else flow.full_text
    said = standing(project, stage)
    screeners = Counter(name for number in filter(reaches(project, stage), said) for name in said[number])
    return ScreeningStatus(
        stage=stage,
        counts=counts,
        by_screener=dict(sorted(screeners.items())),
        rule=rule_of(project),
        stopping=stopping_at(project, counts.to_screen, stage),
    )
