"""What a proposal comes to, given all that was decided before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.columns import storable
from lhs_nlp.corrections.errors import ConflictError, CorrectionError
from lhs_nlp.corrections.labels import Review, review_of
from lhs_nlp.corrections.types import Decision, Desk, Proposal
from lhs_nlp.framework import Framework

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding
    from lhs_nlp.passages import Passage

LONGEST_COMMENT = 2_000
"""Most characters of a comment."""


def comment_of(proposal: Proposal) -> str | None:
    """Return a comment as it is stored; raise CorrectionError when it is too long."""
    text = storable((proposal.comment or "").strip())
    if len(text) > LONGEST_COMMENT:
        raise CorrectionError(f"A comment has at most {LONGEST_COMMENT:,} characters; this one has {len(text):,}.")
    return text or None


@dataclass(frozen=True, slots=True)
class Case:
    """A document at a desk, within the transaction that may add to it."""

    found: Sequence[Finding]
    passages: Sequence[Passage]
    decided: Sequence[Decision]
    framework: Framework
    desk: Desk

    def values(self, proposal: Proposal) -> dict[str, object]:
        """Return the columns that say what is decided."""
        review = review_of(self.found, self.decided, self.framework)
        match proposal.action:
            case "undo":
                return self._undo(proposal, review)
            case "done":
                if review.version != proposal.seen:
                    raise _late()
                return {"action": "done"}
            case "none":
                position = self._position(proposal)
                if review.passage_version(position) != proposal.seen:
                    raise _late()
                return {"action": "none", "position": position}
        return self._on_a_label(proposal, review)

    def _on_a_label(self, proposal: Proposal, review: Review) -> dict[str, object]:
        position, benefit = self._position(proposal), self._benefit(proposal)
        label = review.label(position, benefit)
        if label.version != proposal.seen:
            raise _late()
        if proposal.action == "accept" and label.status is None:
            raise CorrectionError("There is no finding to accept: add the benefit with a status instead.")
        action = proposal.action
        # Who chooses another status and accepts means the finding as chosen.
        if action == "accept" and proposal.status not in (None, label.status):
            action = "status"
        status = self._status(proposal) if action in ("add", "status") else label.status
        return {
            "action": action,
            "position": position,
            "benefit": benefit,
            "old_status": label.status,
            "new_status": None if action == "reject" else status,
            **self._selected(proposal, position),
        }

    def _undo(self, proposal: Proposal, review: Review) -> dict[str, object]:
        """Take back the reviewer's latest decision: on a label, on a passage, or on the document."""
        if proposal.position is None:
            seen = review.version
        elif proposal.benefit is None:
            seen = review.passage_version(self._position(proposal))
        else:
            seen = review.label(self._position(proposal), self._benefit(proposal)).version
        if seen != proposal.seen:
            raise _late()
        taken_back = {decision.undoes for decision in self.decided}
        for decision in reversed(self.decided):
            stands = decision.action != "undo" and decision.id not in taken_back
            meant = proposal.position is None or decision.concerns(proposal.position, proposal.benefit)
            if stands and meant and decision.reviewer == self.desk.reviewer:
                return self._without(decision, review)
        raise CorrectionError("There is no decision of yours to undo here.")

    def _without(self, taken: Decision, review: Review) -> dict[str, object]:
        others = [decision for decision in self.decided if decision.id != taken.id]
        before = review_of(self.found, others, self.framework)
        statuses: dict[str, object] = {}
        if taken.position is not None and taken.benefit is not None:
            cell = taken.position, taken.benefit
            statuses = {"old_status": review.label(*cell).status, "new_status": before.label(*cell).status}
        place = {"position": taken.position, "benefit": taken.benefit}
        return {"action": "undo", "undoes": taken.id, **place, **statuses}

    def _position(self, proposal: Proposal) -> int:
        if proposal.position is None or not 0 <= proposal.position < len(self.passages):
            raise CorrectionError(f"Name one of the document's passages, from 0; it has {len(self.passages):,}.")
        return proposal.position

    def _benefit(self, proposal: Proposal) -> str:
        if proposal.benefit not in self.framework.benefit_ids:
            raise CorrectionError(f"The benefit must be one of {', '.join(self.framework.benefit_ids)}.")
        return proposal.benefit

    def _status(self, proposal: Proposal) -> str:
        if proposal.status not in self.framework.status_ids:
            raise CorrectionError(f"The status must be one of {', '.join(self.framework.status_ids)}.")
        return proposal.status

    def _selected(self, proposal: Proposal, position: int) -> dict[str, object]:
        """Find the selected words in the passage; a browser shows white space otherwise than the text has it."""
        words = (proposal.words or "").split()
        if not words:
            return {}
        passage = self.passages[position]
        found = re.search(r"\s+".join(map(re.escape, words)), passage.text)
        if found is None:
            return {}  # the selection reaches into another passage: all of this one is meant
        return {"start_offset": passage.start + found.start(), "end_offset": passage.start + found.end()}


def _late() -> ConflictError:
    return ConflictError(
        "Somebody decided on this after it was shown, so nothing was written. "
        "Look at it as it is now, and decide again."
    )
