"""Results as one HTML file that needs nothing else: no network, no server, no script to be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Template

from lhs_nlp.report import display, page
from lhs_nlp.report.failure import Failure, Result, each
from lhs_nlp.report.html_text import Part, cut

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding
    from lhs_nlp.passages import Passage
    from lhs_nlp.summary import DocumentSummary

EXCERPT = 110
"""Most characters of a passage in the list of findings."""

_PACKAGE = "lhs_nlp.report"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")


def to_html(results: Result | Iterable[Result]) -> str:
    """Return results as one self-contained HTML file.

    The file shows each document's summary, a card a benefit with quotations that lead to their
    places, and the whole text with its findings marked; script only adds filters and jumps. Several
    results are led by an index. A policy in the file forbids every connection and foreign script.

    Parameters
    ----------
    results
        One result or several.

    Returns
    -------
    str
        The file's content, to be written as UTF-8.
    """
    everything = each(results)
    sheets = [
        _sheet(result, prefix=f"d{number}-" if len(everything) > 1 else "")
        for number, result in enumerate(everything, start=1)
    ]
    style, script = page.style(_PACKAGE, "report.css"), page.script(_PACKAGE, "report.js")
    return (
        _template()
        .render(
            sheets=sheets,
            style=style,
            script=script,
            policy=page.policy(style, script),
            columns=_columns(everything),
            repeated={name for name, count in Counter(sheet.heading for sheet in sheets).items() if count > 1},
        )
        .lstrip()
    )


@dataclass(frozen=True, slots=True)
class FailureSheet:
    """What the template shows of a failure."""

    failure: Failure
    prefix: str
    heading: str


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """What the template shows of a summary.

    Attributes
    ----------
    summary
        The summary.
    prefix
        What the ids of its elements begin with.
    heading
        What the document is called.
    findings
        Findings and quotations to be listed and marked, in the order of the text.
    by_passage
        Index of a passage to its findings, strongest claim first.
    parts
        The text.
    letters, hues
        Benefit to its letter and its place in the palette.
    lines
        Status to its style of line.
    language
        Language of the text as a tag of HTML; None when unknown.
    """

    summary: DocumentSummary
    prefix: str
    heading: str
    findings: tuple[Finding, ...]
    by_passage: dict[int, list[Finding]]
    parts: tuple[Part, ...]
    letters: dict[str, str]
    hues: dict[str, int]
    lines: dict[str, str]
    language: str | None

    @property
    def explained(self) -> bool:
        """Whether any quotation has an explanation."""
        return any(finding.explanation for finding in self.findings)

    def count(self, *, benefit: str | None = None, status: str | None = None) -> int:
        """Return how many findings are of a benefit or of a status."""
        return sum(benefit in (None, one.benefit) and status in (None, one.status) for one in self.findings)


def _sheet(result: Result, prefix: str) -> FailureSheet | SummarySheet:
    if isinstance(result, Failure):
        return FailureSheet(result, prefix, display.one_line(result.source))
    findings = _cited(result)
    by_passage: dict[int, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: -one.claim_probability):
        by_passage.setdefault(finding.passage.index, []).append(finding)
    marked: Sequence[Passage] = [found[0].passage for found in by_passage.values()]
    language = result.document.metadata.get("language", "")
    return SummarySheet(
        summary=result,
        prefix=prefix,
        heading=display.heading(result.document),
        findings=findings,
        by_passage=by_passage,
        parts=tuple(cut(result.document, marked)),
        letters=display.letters(result.framework),
        hues=display.hues(result.framework),
        lines=display.lines(result.framework),
        language=language if _LANGUAGE.match(language) else None,
    )


def _cited(summary: DocumentSummary) -> tuple[Finding, ...]:
    """Return what is listed and marked, in the order of the text, and of the framework within a passage."""
    order = {benefit: place for place, benefit in enumerate(summary.framework.benefit_ids)}
    return tuple(sorted(summary.candidates, key=lambda one: (one.passage.index, order[one.benefit])))


def _columns(results: Sequence[Result]) -> dict[str, str]:
    """Return id and name of every benefit of which a summary speaks."""
    summaries = [result for result in results if not isinstance(result, Failure)]
    return {
        benefit.benefit: summary.framework.benefit(benefit.benefit).name
        for summary in summaries
        for benefit in summary.benefits
    }


@cache
def _template() -> Template:
    environment = page.environment()
    environment.globals["excerpt"] = _excerpt
    return environment.from_string(page.read(_PACKAGE, "report.html.jinja"))


def _excerpt(text: str) -> str:
    return display.clipped(display.one_line(text), EXCERPT)
