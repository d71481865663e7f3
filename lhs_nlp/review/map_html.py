"""The evidence map as one HTML file: bubbles drawn into tables, with the publications behind each."""

from __future__ import annotations

from functools import cache
from math import sqrt

from jinja2 import Template

from lhs_nlp.references.types import Reference
from lhs_nlp.report import display, page
from lhs_nlp.review.evidence_map import EvidenceMap
from lhs_nlp.review.vocabulary import NOT_STATED, vocabulary

RADIUS = 48
"""Of the largest bubble of a chart, in a square of 100."""
SMALLEST = 7
"""Radius of the smallest bubble: one that can be seen."""

_PACKAGE = "lhs_nlp.review"


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
    style = page.style(_PACKAGE, "review.css")
    framework = evidence.tagging.framework
    return _template().render(
        map=evidence,
        framework=framework,
        title=title or f"Evidence map of {display.counted(len(evidence.publications), 'publication')}",
        letters=display.letters(framework),
        hues=display.hues(framework),
        style=style,
        policy=page.policy(style, ""),
    )


def radius(count: int, largest: int) -> float:
    """Return the radius of a bubble whose area stands for a count."""
    return round(max(SMALLEST, RADIUS * sqrt(count / largest)), 1) if count else 0.0


def cited(reference: Reference) -> str:
    """Return authors, year, title and journal in one line."""
    families = [display.one_line(author.split(",")[0]) for author in reference.authors]
    named = f"{families[0]} et al." if len(families) > 2 else " and ".join(families)
    head = " ".join(filter(None, (named, f"({reference.year})" if reference.year else "")))
    parts = (head, display.one_line(reference.title or "(no title)"), display.one_line(reference.journal or ""))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


@cache
def _template() -> Template:
    environment = page.environment()
    environment.globals.update(radius=radius, cited=cited, not_stated=NOT_STATED, vocabulary=vocabulary())
    return environment.from_string(page.read(_PACKAGE, "map.html.jinja"))
