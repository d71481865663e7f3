"""What every renderer shows alike: words and signs of verdicts, letters and colours of benefits, lines of statuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Protocol

from lhs_nlp.printing import printable
from lhs_nlp.report.places import file_name
from lhs_nlp.wording import counted, within_sentence

if TYPE_CHECKING:
    from lhs_nlp.documents import Document
    from lhs_nlp.explanation import Neighbour
    from lhs_nlp.finding import Finding
    from lhs_nlp.framework import Framework, Status
    from lhs_nlp.summary import BenefitSummary, DocumentSummary, Verdict


@dataclass(frozen=True, slots=True)
class VerdictSign:
    """How a verdict is written: in words, as a sign, as a sign in ASCII, and its style in a terminal."""

    words: str
    sign: str
    ascii_sign: str
    style: str


VERDICTS: dict[Verdict, VerdictSign] = {
    "claimed": VerdictSign("claimed", "●", "[x]", "green"),
    "needs_review": VerdictSign("needs review", "◐", "[?]", "yellow"),
    "not_claimed": VerdictSign("not claimed", "○", "[ ]", "dim"),
}


@dataclass(frozen=True, slots=True)
class Hue:
    """One colour of the palette: its name in a terminal, and ink and tint on light and on dark paper."""

    terminal: str
    ink: str
    tint: str
    dark_ink: str
    dark_tint: str


PALETTE = (
    Hue("blue", "#0b57a4", "#e4eefb", "#8ec1ff", "#17304c"),
    Hue("yellow", "#964600", "#fdecda", "#ffb778", "#452b11"),
    Hue("magenta", "#663cb0", "#efe8fb", "#cbb3ff", "#352852"),
    Hue("bright_magenta", "#ab1f66", "#fce5ef", "#ffa0ca", "#4b1f36"),
    Hue("cyan", "#006567", "#daf2f1", "#72d8d4", "#0f3c3b"),
    Hue("green", "#3a670f", "#e8f4d9", "#b3da80", "#293a12"),
    Hue("red", "#a32a20", "#fde7e4", "#ffa79c", "#4d211c"),
    Hue("white", "#46505e", "#e9ecf0", "#bcc6d3", "#2d343d"),
)
"""Colours of benefits, by their place in the framework; a longer framework begins again."""

CLAIM_LINES = ("solid", "dashed", "double")
"""Lines under passages with a status of a claim, highest rank first."""
OTHER_LINES = ("dotted", "wavy")
"""Lines under passages with another status, lowest rank first."""

FORMATS = {
    "pdf": "PDF",
    "docx": "Word",
    "html": "HTML",
    "markdown": "Markdown",
    "text": "plain text",
    "jats": "JATS XML",
    "tei": "TEI XML",
}

PROBABILITY_NOTE = (
    "Probability: the chance that the document claims the benefit, as the model sees it. "
    "What is claimed at less than one half is a close call: read what is quoted."
)
MODEL_NOTE = "Found by a model: read the quotations before you rely on a verdict."

_BETWEEN_BLOCKS = re.compile(r"\s*\n\s*\n\s*")
"""What stands between paragraphs, items and rows in a document's text."""

NEIGHBOUR = 240
"""Most characters of a labelled passage that is shown beside a quotation."""


class Said(Protocol):
    """What a passage says of a benefit: a finding, or a quotation of a store."""

    @property
    def status(self) -> str:
        """Id of the status that is most probable if the benefit is present."""

    @property
    def present(self) -> bool:
        """Whether its probability reaches the threshold."""


def one_line(text: str) -> str:
    """Return printable text with every run of white space as one space."""
    return printable(" ".join(text.split()))


def in_lines(text: str) -> list[str]:
    """Return printable text as lines, one a paragraph, item of a list or row of a table: none runs on into the next."""
    return [one_line(block) for block in _BETWEEN_BLOCKS.split(text.strip())]


def clipped(text: str, most: int) -> str:
    """Return text of at most so many characters, cut between words where there are any; ``[...]`` shows the cut."""
    if len(text) <= most:
        return text
    kept = text[: most - 6]
    return f"{kept[: kept.rfind(' ', most // 2)].rstrip() if ' ' in kept[most // 2 :] else kept} [...]"


def letters(framework: Framework) -> dict[str, str]:
    """Give each benefit a letter of its name that no other benefit has, or its number when none is left."""
    given: dict[str, str] = {}
    for number, benefit in enumerate(framework.benefits, start=1):
        free = (letter for letter in benefit.name.upper() if letter.isalpha() and letter not in given.values())
        given[benefit.id] = next(free, str(number))
    return given


def hues(framework: Framework) -> dict[str, int]:
    """Give each benefit its place in the palette."""
    return {benefit.id: place % len(PALETTE) for place, benefit in enumerate(framework.benefits)}


def lines(framework: Framework) -> dict[str, str]:
    """Give each status the style of line that is drawn under its passages."""
    ranked = by_rank(framework)
    claims = [status.id for status in ranked if status.claim]
    others = [status.id for status in reversed(ranked) if not status.claim]
    return {**dict(zip(claims, cycle(CLAIM_LINES))), **dict(zip(others, cycle(OTHER_LINES)))}


def by_rank(framework: Framework) -> list[Status]:
    """Return the statuses, highest rank first."""
    return sorted(framework.statuses, key=lambda status: -status.rank)


def heading(document: Document) -> str:
    """Return what to call a document: its title, else the name of its file."""
    return heading_of(document.title, document.source)


def heading_of(title: str | None, source: str) -> str:
    """Return what to call a document with this title, in this place."""
    return one_line(title or "") or one_line(file_name(source) or source) or "untitled"


def facts(document: Document) -> list[str]:
    """Return source, format, pages and words of a document, each as it is shown; unknowns are left out."""
    pages = document.pages
    known = [one_line(document.source), FORMATS.get(document.format, one_line(document.format))]
    if pages is not None:
        known.append(counted(pages, "page"))
    return [*known, counted(document.words, "word")]


def metadata_name(key: str) -> str:
    """Return what a key of a document's metadata is called, e.g. ``Author``, ``DOI``."""
    return "DOI" if key == "doi" else one_line(key.replace("_", " ")).capitalize()


def two_digits(probability: float) -> str:
    """Return a probability with two decimals, never as certainty: at most ``>.99``, at least ``<.01``."""
    return ">.99" if probability > 0.99 else "<.01" if probability < 0.01 else f"{probability:.2f}"


def status_counts(summary: BenefitSummary, framework: Framework) -> list[tuple[Status, int]]:
    """Return the statuses that passages of a benefit have and how many have each, highest rank first."""
    return [(status, count) for status in by_rank(framework) if (count := summary.statuses.get(status.id, 0))]


def quoted(benefit: BenefitSummary, summary: DocumentSummary, *, passages: bool = False) -> tuple[Finding, ...]:
    """Return what to quote for a benefit: its best quotations when it may be claimed, or these and all its findings."""
    if passages:
        return tuple(finding for finding in summary.candidates if finding.benefit == benefit.benefit)
    return () if benefit.verdict == "not_claimed" else benefit.evidence


def concept_names(benefit: str, concepts: Sequence[str], framework: Framework) -> list[str]:
    """Return the names of a benefit's key concepts."""
    return [framework.concept(benefit, concept).name for concept in concepts]


def stakeholder_names(stakeholders: Sequence[str], framework: Framework) -> list[str]:
    """Return the names of stakeholders."""
    return [framework.stakeholder(stakeholder).name for stakeholder in stakeholders]


def place(finding: Finding) -> list[str]:
    """Return page and section of a finding, as far as they are known."""
    page, section = finding.passage.page, one_line(finding.passage.section or "")
    return ([] if page is None else [f"page {page:,}"]) + ([section] if section else [])


def status_said(said: Said, framework: Framework) -> str:
    """Return what a passage says of a benefit, e.g. ``achieved``, or ``achieved, unsure`` below the threshold."""
    return within_sentence(framework.status(said.status).name) + doubt(said)


def doubt(said: Said) -> str:
    """Return what follows a status below the threshold, ``, unsure``; else nothing."""
    return "" if said.present else ", unsure"


def carried_by(finding: Finding) -> list[str]:
    """Return the words that carried a finding, each once, strongest first; none when it is not explained."""
    strongest = finding.explanation.strongest() if finding.explanation else ()
    words: dict[str, str] = {}
    for word in strongest:
        words.setdefault(word.text.casefold(), one_line(word.text))
    return list(words.values())


def in_runs(finding: Finding) -> list[tuple[str, bool]]:
    """Cut a passage into runs of text: those that carried the finding, and those that did not.

    As in `in_lines`, a line feed stands between paragraphs, items and rows.
    """
    text, at, runs = finding.passage.text, 0, []
    strongest = finding.explanation.strongest() if finding.explanation else ()
    for word in sorted(strongest, key=lambda word: word.start):
        runs += [(text[at : word.start], False), (text[word.start : word.end], True)]
        at = word.end
    return [(_BETWEEN_BLOCKS.sub("\n", run), carries) for run, carries in [*runs, (text[at:], False)] if run]


def neighbours(finding: Finding) -> tuple[Neighbour, ...]:
    """Return the labelled passages that a finding is most like; none when it is not explained."""
    return finding.explanation.neighbours if finding.explanation else ()


def labelled(neighbour: Neighbour, framework: Framework) -> str:
    """Return the labels of a labelled passage in words, e.g. ``safety: anticipated``, and how similar it is."""
    known = [benefit.id for benefit in framework.benefits if benefit.id in neighbour.labels]
    pairs = [(framework.benefit(benefit), framework.status(neighbour.labels[benefit])) for benefit in known]
    named = [f"{within_sentence(benefit.name)} {within_sentence(status.name)}" for benefit, status in pairs]
    return f"labelled {', '.join(named) if named else 'as no benefit'}; similarity {neighbour.similarity:.2f}"


def origin(summary: DocumentSummary) -> str:
    """Return which model looked for which framework."""
    model = f"Model {summary.model_id} ({summary.model_sha256[:12]})"
    return f"{model}, framework {summary.framework.id} {summary.framework.version}."
