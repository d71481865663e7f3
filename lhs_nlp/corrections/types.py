"""Decisions of reviewers, and from where they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from lhs_nlp.archive.store.columns import storable

Action = Literal["accept", "reject", "status", "add", "none", "done", "undo"]
Role = Literal["review", "adjudication"]

ACTIONS: tuple[Action, ...] = get_args(Action)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose decisions count together: a desk has its own state of every passage.

    Attributes
    ----------
    reviewer
        Who sits at it.
    role
        To review a document, or to decide between reviewers who differ.
    blind
        Whether others' decisions are hidden, so that two can review the same document independently.
    """

    reviewer: str
    role: Role = "review"
    blind: bool = False

    @property
    def only(self) -> str | None:
        """The one reviewer whose decisions count; None for everybody's. Adjudicators work together."""
        return storable(self.reviewer) if self.blind and self.role == "review" else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reviewer wants to decide.

    Attributes
    ----------
    action
        `accept`, `reject` and `status` need a passage and a benefit, `add` these and a status, `none` a
        passage, `done` nothing; `accept` with another status than the finding's is `status`; `undo` takes
        back the latest decision of the passage (and benefit).
    seen
        Version of what the reviewer was shown (`Label.version`, `Review.version`); a decision on
        anything newer is refused.
    position
        Of the passage.
    benefit, status
        Ids in the framework.
    words
        What was selected in the passage; None for all of it.
    comment
        In the reviewer's words.
    """

    action: Action
    seen: int
    position: int | None = None
    benefit: str | None = None
    status: str | None = None
    words: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the table `decisions`: see `decisions.sql`."""

    id: int
    summary_id: int
    document_id: int
    reviewer: str
    role: Role
    blind: bool
    action: Action
    position: int | None
    benefit: str | None
    old_status: str | None
    new_status: str | None
    start_offset: int | None
    end_offset: int | None
    comment: str | None
    undoes: int | None
    decided_at: str

    def concerns(self, position: int | None, benefit: str | None) -> bool:
        """Return whether it is about this passage and benefit, or about all benefits of the passage."""
        return self.position == position and (benefit is None or self.benefit in (None, benefit))
