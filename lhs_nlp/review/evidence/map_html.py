"""The evidence map as one HTML file: bubbles drawn into tables, with the publications behind each."""

from __future__ import annotations

from functools import cache
from math import sqrt

from jinja2 import Template

from lhs_nlp.report import display, page
from lhs_nlp.review.evidence.cited import bibliography_line
from lhs_nlp.review.evidence.map import EvidenceMap
from lhs_nlp.review.evidence.vocabulary import NOT_STATED, vocabulary
from lhs_nlp.wording import counted

RADIUS = 48
"""Of the largest bubble of a chart, in a square of 100."""
SMALLEST = 7
"""Radius of the smallest bubble: one that can be seen."""


def map_to_html(evidence: EvidenceMap, title: str | None = None) -> str:
    """Return an evidence map as one self-contained HTML file.

    Everything is in tables that can be read without sight of the bubbles. There is no script, and a policy in the file
    forbids every connection.

    Parameters
    ----------
    evidence
        What was counted.
    title
        What to call it; None for the number of its publications.
    """
    style = page.style("lhs_nlp.review", "review.css")
    framework = evidence.tagging.framework
    return _template().render(
        map=evidence,
        framework=framework,
        title=title or f"Evidence map of {counted(len(evidence.publications), 'publication')}",
        letters=display.letters(framework),
        hues=display.hues(framework),
        style=style,
        policy=page.policy(style, ""),
    )


def radius(count: int, largest: int) -> float:
    """Return the radius of a bubble whose area stands for a count."""
    return round(max(SMALLEST, RADIUS * sqrt(count / largest)), 1) if count else 0.0


@cache
def _template() -> Template:
    environment = page.environment()
    environment.globals.update(
        radius=radius, bibliography_line=bibliography_line, not_stated=NOT_STATED, vocabulary=vocabulary()
    )
    return environment.from_string(page.read("lhs_nlp.review.evidence", "map.html.jinja"))
