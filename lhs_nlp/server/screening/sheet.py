"""What the page of a publication shows: its text, with the benefits that were found in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.documents import holds_text, read_text
from lhs_nlp.report import display
from lhs_nlp.review.project.publications import Publication

if TYPE_CHECKING:
    from lhs_nlp.archive.store import StoredSummary
    from lhs_nlp.finding import Finding


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
    of_full_text
        They were found in its full text; title and abstract are without marks.
    """

    publication: Publication
    title: tuple[MarkedText, ...]
    abstract: tuple[MarkedText, ...]
    claims: tuple[tuple[str, int, str, str], ...]
    of_full_text: bool = False


def sheet_of(publication: Publication, stored: StoredSummary | None) -> PublicationSheet:
    """Return what is shown of a publication, without benefits when it is not tagged."""
    title, abstract = publication.reference.title, publication.reference.abstract
    if stored is None:
        return PublicationSheet(publication, _plain(title), _plain(abstract), ())
    full_text = publication.full_text
    if full_text and stored.summary.document.sha256 == full_text.sha256:
        return PublicationSheet(publication, _plain(title), _plain(abstract), tuple(_claims(stored)), of_full_text=True)
    pieces, text = list(_pieces(stored)), stored.summary.document.text
    # The text that was tagged is the title, if there is one, and then the abstract; a passage may be of both.
    ends = _length_read(title)
    begins = len(text) - len(text[ends:].lstrip())
    heading, body = _between(pieces, 0, ends), _between(pieces, begins, len(text))
    return PublicationSheet(publication, tuple(heading), tuple(body), tuple(_claims(stored)))


def _length_read(text: str | None) -> int:
    """Return how long a text is where it was read: its spaces and ends of lines may be others there."""
    return len(read_text(text).text) if text and holds_text(text) else 0


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
    """Yield the pieces of the text that was tagged, each behind its offset."""
    summary = stored.summary
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in summary.findings:
        found[finding.passage.index].append(finding)
    text, done = summary.document.text, 0
    for passage in summary.passages:
        yield done, MarkedText(text[done : passage.start])
        yield passage.start, MarkedText(passage.text, tuple(_marks(stored, found[passage.index])))
        done = passage.end
    yield done, MarkedText(text[done:])


def _between(pieces: Iterable[tuple[int, MarkedText]], begin: int, end: int) -> Iterator[MarkedText]:
    """Yield what lies between two offsets, cut there with the same marks; what is blank is left out."""
    for at, piece in pieces:
        text = piece.text[max(begin - at, 0) : max(end - at, 0)]
        if text.strip():
            yield MarkedText(text, piece.marks)


def _marks(stored: StoredSummary, findings: list[Finding]) -> Iterator[tuple[str, int, str, str]]:
    framework = stored.summary.framework
    letters, hues, lines = display.letters(framework), display.hues(framework), display.lines(framework)
    for finding in sorted(findings, key=lambda each: -each.probability):
        words = f"{framework.benefit(finding.benefit).name}: {framework.status(finding.status).name.lower()}"
        yield letters[finding.benefit], hues[finding.benefit], lines[finding.status], words
