"""What holds after all decisions: the model's findings, corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.corrections.types import Decision
from lhs_nlp.framework import Framework

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding

Cell = tuple[int, str]
"""A passage's position and a benefit."""


@dataclass(frozen=True, slots=True)
class Label:
    """Whether a passage speaks of a benefit, and in which status.

    Attributes
    ----------
    position, benefit
        Of what.
    status
        None when the benefit is absent.
    finding
        What the model found; None when that is nothing.
    decision
        What made it so; None for the model.
    version
        Number of the latest decision, taken back or not; 0 without any.
    """

    position: int
    benefit: str
    status: str | None
    finding: Finding | None
    decision: Decision | None
    version: int

    @property
    def by(self) -> str | None:
        """Who decided; None for the model."""
        return self.decision.reviewer if self.decision else None

    def claimed(self, framework: Framework) -> bool:
        """Return whether it is a claim: by the reviewer's status, else as the model decided."""
        if self.status is None:
            return False
        if self.decision is None and self.finding is not None:
            return self.finding.claimed
        return framework.status(self.status).claim


@dataclass(frozen=True, slots=True)
class Review:
    """A document as it stands at one desk.

    Attributes
    ----------
    framework
        What is looked for.
    labels
        Every passage and benefit of which the model or a reviewer said anything.
    finished
        The decision that the document is read to its end; None while it is not.
    version
        Number of the latest decision on the document; 0 without any.
    decisions
        From which all this follows, the latest last.
    """

    framework: Framework
    labels: Mapping[Cell, Label]
    finished: Decision | None
    version: int
    decisions: tuple[Decision, ...]

    def label(self, position: int, benefit: str) -> Label:
        """Return what holds of a passage and a benefit; absent when nothing was said of it."""
        return self.labels.get((position, benefit)) or Label(position, benefit, None, None, None, 0)

    def passage_version(self, position: int) -> int:
        """Return the number of the latest decision on a passage."""
        return max((label.version for (at, _), label in self.labels.items() if at == position), default=0)

    def claims(self, benefit: str) -> int:
        """Return how many passages claim a benefit: by the reviewer's status, else as the model decided."""
        return sum(label.claimed(self.framework) for label in self.labels.values() if label.benefit == benefit)


def review_of(findings: Iterable[Finding], decided: Sequence[Decision], framework: Framework) -> Review:
    """Apply decisions to what a model found.

    Parameters
    ----------
    findings
        Of the model: those present, and those quoted without being so.
    decided
        Decisions at one desk, the latest last.
    framework
        What is looked for.
    """
    found = {(finding.passage.index, finding.benefit): finding for finding in findings}
    labels = {
        cell: Label(*cell, finding.status if finding.present else None, finding, None, 0)
        for cell, finding in found.items()
    }
    taken_back = {decision.undoes for decision in decided}
    finished = None
    for decision in decided:
        counts = decision.action != "undo" and decision.id not in taken_back
        if decision.position is None:
            finished = decision if counts else finished
            continue
        for benefit in (decision.benefit,) if decision.benefit else framework.benefit_ids:
            cell = decision.position, benefit
            before = labels.get(cell) or Label(*cell, None, None, None, 0)
            now = (decision.new_status, decision) if counts else (before.status, before.decision)
            labels[cell] = Label(*cell, now[0], found.get(cell), now[1], decision.id)
    version = max((decision.id for decision in decided), default=0)
    return Review(framework, labels, finished, version, tuple(decided))
