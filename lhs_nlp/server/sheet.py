"""What the page of a document shows: the report's sheet, with what reviewers made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lhs_nlp.corrections import Label, Review
from lhs_nlp.framework import Status
from lhs_nlp.report import display
from lhs_nlp.report.html_report import SummarySheet
from lhs_nlp.report.html_text import cut

if TYPE_CHECKING:
    from lhs_nlp.archive.store import StoredSummary
    from lhs_nlp.passages import Passage

State = Literal["unsure", "found", "accepted", "changed", "added", "rejected"]

STATES: dict[State, str] = {
    "unsure": "unsure, not decided",
    "found": "not decided",
    "accepted": "accepted",
    "changed": "status changed",
    "added": "added",
    "rejected": "rejected",
}
"""What became of a label, in words."""

_STATE_OF: dict[str, State] = {"accept": "accepted", "status": "changed", "add": "added"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A label in the list of findings.

    Attributes
    ----------
    label, passage
        What holds, and of what.
    status
        The status that is shown: of a rejected label the one before.
    state
        What became of it.
    claim
        Whether it counts as a claim.
    words
        What a reviewer selected of the passage; None for all of it.
    """

    label: Label
    passage: Passage
    status: Status
    state: State
    claim: bool
    words: str | None

    @property
    def id(self) -> str:
        """What it is called in the page."""
        return f"f{self.passage.index}-{self.label.benefit}"

    @property
    def shown(self) -> bool:
        """Whether it is marked in the text."""
        return self.state != "rejected"


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """What the template shows of a document.

    Attributes
    ----------
    sheet
        As in a report.
    review
        What reviewers decided, from one desk.
    entries
        Labels in the order of the text.
    marks
        Passage to the labels that are marked in it, strongest first.
    """

    sheet: SummarySheet
    review: Review
    entries: tuple[Entry, ...]
    marks: dict[int, list[Entry]]

    @property
    def decided(self) -> int:
        """How many of the entries were decided on."""
        return sum(entry.label.decision is not None for entry in self.entries)

    @property
    def versions(self) -> str:
        """JSON object: ``position-benefit`` to the version of the label, where it has one."""
        labels = self.review.labels.values()
        return json.dumps({f"{each.position}-{each.benefit}": each.version for each in labels if each.version})

    def count(self, *, benefit: str | None = None, status: str | None = None) -> int:
        """Return how many entries are of a benefit or of a status."""
        return sum(benefit in (None, e.label.benefit) and status in (None, e.status.id) for e in self.entries)


def review_sheet(stored: StoredSummary, review: Review) -> ReviewSheet:
    """Put together what the page of a document shows."""
    summary = stored.summary
    entries = tuple(_entries(stored, review))
    marks: dict[int, list[Entry]] = {}
    for entry in sorted(filter(lambda each: each.shown, entries), key=_strength):
        marks.setdefault(entry.passage.index, []).append(entry)
    sheet = SummarySheet(
        summary=summary,
        prefix="",
        heading=display.heading(summary.document),
        findings=summary.findings,
        by_passage={},
        parts=tuple(cut(summary.document, summary.passages)),
        letters=display.letters(summary.framework),
        hues=display.hues(summary.framework),
        lines=display.lines(summary.framework),
        language=None,
    )
    return ReviewSheet(sheet, review, entries, marks)


def _entries(stored: StoredSummary, review: Review) -> Iterator[Entry]:
    framework = review.framework
    order = {benefit: at for at, benefit in enumerate(framework.benefit_ids)}
    for cell in sorted(review.labels, key=lambda cell: (cell[0], order[cell[1]])):
        label = review.labels[cell]
        status = _status(label)
        if status is not None:
            passage = stored.summary.passages[label.position]
            words = _words(label, stored.summary.document.text)
            yield Entry(label, passage, framework.status(status), _state(label), label.claimed(framework), words)


def _status(label: Label) -> str | None:
    """Return the status to show; None for what only "no benefit" spoke of."""
    if label.status is not None:
        return label.status
    if label.decision is not None and label.decision.old_status is not None:
        return label.decision.old_status
    return label.finding.status if label.finding else None


def _state(label: Label) -> State:
    if label.decision is None:
        return "found" if label.status is not None else "unsure"
    return _STATE_OF.get(label.decision.action, "rejected")


def _words(label: Label, text: str) -> str | None:
    decision = label.decision
    if decision is None or decision.start_offset is None or decision.end_offset is None:
        return None
    return text[decision.start_offset : decision.end_offset]


def _strength(entry: Entry) -> tuple[bool, float]:
    finding = entry.label.finding
    return not entry.claim, -(finding.claim_probability if finding else 1.0)
