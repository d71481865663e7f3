"""What the page of a publication shows: its text, with the benefits that were found in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.report import display
from lhs_nlp.review.project.publications import Publication

if TYPE_CHECKING:
    from lhs_nlp.archive.store import StoredSummary
    from lhs_nlp.classifier import Finding


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A piece of text; benefits that were found in it, as (letter, hue, line, in words)."""

    text: str
    marks: tuple[tuple[str, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationSheet:
    """What is shown of a publication.

    Parameters
    ----------
    publication
        What the records know.
    title, abstract
        Pieces of text in their order; nothing where there is none.
    claims
        Benefits that it claims, or may claim: (letter, hue, name, verdict).
    """

    publication: Publication
    title: tuple[MarkedText, ...]
    abstract: tuple[MarkedText, ...]
    claims: tuple[tuple[str, int, str, str], ...]


def sheet_of(publication: Publication, stored: StoredSummary | None) -> PublicationSheet:
    """Return what is shown of a publication, without benefits when it is not tagged."""
    title, abstract = publication.reference.title, publication.reference.abstract
    if stored is None:
        return PublicationSheet(publication, _plain(title), _plain(abstract), ())
    pieces = list(_pieces(stored))
    # The text that was tagged is the title, if there is one, and then the abstract.
    begins = len(title) if title else 0
    heading = tuple(piece for at, piece in pieces if at < begins)
    body = tuple(piece for at, piece in pieces if at >= begins)
    return PublicationSheet(publication, heading, body, tuple(_claims(stored)))


def _plain(text: str | None) -> tuple[MarkedText, ...]:
    return (MarkedText(text),) if text else ()


def _claims(stored: StoredSummary) -> Iterator[tuple[str, int, str, str]]:
    framework = stored.summary.framework
    letters, hues = display.letters(framework), display.hues(framework)
    for found in stored.summary.benefits:
        if found.verdict != "not_claimed":
            name = framework.benefit(found.benefit).name
            yield letters[found.benefit], hues[found.benefit], name, display.VERDICTS[found.verdict].words


def _pieces(stored: StoredSummary) -> Iterator[tuple[int, MarkedText]]:
    """Yield the pieces of the text that was tagged, each behind its offset; blank ones are left out."""
    summary = stored.summary
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in summary.findings:
        found[finding.passage.index].append(finding)
    text, done = summary.document.text, 0
    for passage in summary.passages:
        yield from _piece(done, text[done : passage.start], ())
        yield from _piece(passage.start, passage.text, tuple(_marks(stored, found[passage.index])))
        done = passage.end
    yield from _piece(done, text[done:], ())


def _piece(at: int, text: str, marks: tuple[tuple[str, int, str, str], ...]) -> Iterator[tuple[int, MarkedText]]:
    if text.strip():
        yield at, MarkedText(text, marks)


def _marks(stored: StoredSummary, findings: list[Finding]) -> Iterator[tuple[str, int, str, str]]:
    framework = stored.summary.framework
    letters, hues, lines = display.letters(framework), display.hues(framework), display.lines(framework)
    for finding in sorted(findings, key=lambda each: -each.probability):
        words = f"{framework.benefit(finding.benefit).name}: {framework.status(finding.status).name.lower()}"
        yield letters[finding.benefit], hues[finding.benefit], lines[finding.status], words
