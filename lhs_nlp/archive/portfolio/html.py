"""A portfolio as one HTML file that needs nothing else: no network, no server, no script to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Template

from lhs_nlp.archive.errors import REASONS
from lhs_nlp.archive.portfolio import charts
from lhs_nlp.archive.portfolio.gaps import HARDLY, gaps
from lhs_nlp.archive.portfolio.prose import in_words
from lhs_nlp.report import display, page
from lhs_nlp.wording import counted, within_sentence

if TYPE_CHECKING:
    from lhs_nlp.archive.portfolio.types import Grouping, ListedDocument, Portfolio

BLOCK = 100
"""Documents of the list that are shown together."""
TITLE = 140
"""Most characters of a title or a place in the list."""
GAPS = 15
"""Gaps that are shown at once; the others can be unfolded."""
PATTERNS = 20
"""Most combinations of verdicts that are shown."""

_PACKAGE = "lhs_nlp.archive.portfolio"
_CODES = {"claimed": "c", "needs_review": "r", "not_claimed": "n"}


def portfolio_to_html(portfolio: Portfolio, title: str | None = None) -> str:
    """Return a portfolio as one self-contained HTML file.

    Everything is in tables that can be read without script, their cells shaded or with bars;
    script adds filters, an order and pages to the list of documents. A policy in the file
    forbids every connection and foreign script.

    Parameters
    ----------
    portfolio
        What was counted.
    title
        What to call it; None for the number of its documents.

    Returns
    -------
    str
        The file's content, to be written as UTF-8.
    """
    style, script = page.style(_PACKAGE, "portfolio.css"), page.script(_PACKAGE, "portfolio.js")
    framework = portfolio.tagging.framework
    return _template().render(
        portfolio=portfolio,
        framework=framework,
        title=title or f"Benefits in {counted(portfolio.documents, 'document')}",
        lead=in_words(portfolio),
        letters=display.letters(framework),
        hues=display.hues(framework),
        gaps=gaps(portfolio),
        blocks=list(_blocks(portfolio)),
        block=BLOCK,
        explained=any(document.quotations for document in portfolio.listed),
        complete=len(portfolio.listed) == portfolio.documents,
        style=style,
        script=script,
        policy=page.policy(style, script),
    )


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A document in the list, with what script filters and orders by."""

    document: ListedDocument
    codes: str
    percents: str
    groups: str


def _blocks(portfolio: Portfolio) -> Iterator[list[ListedRow]]:
    places = [{group.name: str(at) for at, group in enumerate(grouping.groups)} for grouping in portfolio.groupings]
    for start in range(0, len(portfolio.listed), BLOCK):
        yield [_row(document, places) for document in portfolio.listed[start : start + BLOCK]]


def _row(document: ListedDocument, places: list[dict[str, str]]) -> ListedRow:
    return ListedRow(
        document,
        codes="".join(_CODES[verdict] for verdict in document.verdicts),
        percents=",".join(str(round(confidence * 1000)) for confidence in document.confidences),
        groups=",".join(place.get(name or "", "") for place, name in zip(places, document.groups, strict=True)),
    )


def _grouping_name(grouping: Grouping) -> str:
    return within_sentence(display.one_line(grouping.key.replace("_", " ")))


@cache
def _template() -> Template:
    environment = page.environment()
    shown: dict[str, Any] = {
        "charts": charts,
        "codes": _CODES,
        "hardly": f"{HARDLY:.0%}",
        "reasons": REASONS,
        "gaps_shown": GAPS,
        "patterns_shown": PATTERNS,
        "grouping_name": _grouping_name,
        "short": lambda text: display.clipped(display.one_line(text), TITLE),
    }
    environment.globals.update(shown)
    return environment.from_string(page.read(_PACKAGE, "portfolio.html.jinja"))
