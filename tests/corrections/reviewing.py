"""A small store and reviewers who decide on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lhs_nlp.archive.store import Store, StoredSummary, Tagging
from lhs_nlp.corrections import (
    Action,
    Decision,
    Desk,
    Proposal,
    Review,
    decide,
    decisions,
    review_of,
)
from tests.archive.filling import NOTHING, SAFETY, VALUE, small_store

TEXTS = {
    "a.md": f"# Aims\n\n{SAFETY}\n\n# Meetings\n\n{NOTHING}\n\n# Costs\n\n{VALUE}\n",
    "b.txt": VALUE,
    "c.txt": NOTHING,
}
"""The toy tagger finds safety, anticipated, in passage 0 of a.md, and value, achieved, in passage 2 and in b.txt."""


@dataclass(frozen=True, slots=True)
class Room:
    """An open store, and a document of it."""

    store: Store
    tagging: Tagging

    def stored(self, name: str = "a.md") -> StoredSummary:
        return next(each for each in self.store.summaries(self.tagging) if each.sources[0].name == name)

    def sha256(self, name: str = "a.md") -> str:
        return self.stored(name).summary.document.sha256

    def review(self, desk: Desk, name: str = "a.md") -> Review:
        stored = self.stored(name)
        decided = decisions(self.store, self.sha256(name), self.tagging, desk)
        return review_of(stored.summary.findings, decided, self.tagging.framework)

    def propose(self, desk: Desk, proposal: Proposal, name: str = "a.md") -> Decision:
        return decide(self.store, self.stored(name), self.tagging, desk, proposal)

    def decide(
        self,
        desk: Desk,
        action: Action,
        position: int | None = None,
        benefit: str | None = None,
        status: str | None = None,
        *,
        name: str = "a.md",
        words: str | None = None,
        comment: str | None = None,
    ) -> Decision:
        """Decide on what the desk shows just now."""
        review = self.review(desk, name)
        seen = review.version
        if position is not None:
            seen = review.label(position, benefit).version if benefit else review.passage_version(position)
        return self.propose(desk, Proposal(action, seen, position, benefit, status, words, comment), name)


@contextmanager
def room(path: Path) -> Iterator[Room]:
    """Make a store and open it."""
    with Store(small_store(path, TEXTS)) as store:
        yield Room(store, store.tagging())
