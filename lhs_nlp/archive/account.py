"""The account of a run: what was tagged, skipped, failed and left out."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath

from lhs_nlp.archive.sources.tables import is_table


@dataclass(slots=True)
class Account:
    """What became of everything that was found, counted while a run goes on.

    Attributes
    ----------
    tagged
        Documents that results were added for, and the passages and pages in them.
    skipped
        Documents whose results were there already, or that another file repeats.
    others
        Of the skipped, those that other models alone have tagged, or this one for other frameworks.
    failed
        Places that could not be read, by reason.
    lost
        Of these, the ones that a document was read at before, which is not counted there any more.
    ignored
        Files left out, as their names are no document's, by suffix; links to folders; folders that a pattern matches.
    """

    tagged: int = 0
    passages: int = 0
    pages: int = 0
    skipped: int = 0
    others: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    ignored: Counter[str] = field(default_factory=Counter)

    @property
    def failures(self) -> int:
        """Number of places that could not be read."""
        return self.failed.total()

    @property
    def counts(self) -> dict[str, int]:
        """What the table of runs holds of it."""
        return {"tagged": self.tagged, "skipped": self.skipped, "failed": self.failures}

    @property
    def seen(self) -> int:
        """Number of documents that are done with, one way or another."""
        return self.tagged + self.skipped + self.failures

    def ignore(self, name: str, *, is_folder: bool = False) -> None:
        """Count a file, or a folder that a pattern matches, that was left out."""
        kind = "link to a folder" if os.path.isdir(name) else PurePath(name).suffix.lower()
        kind = "folder that a pattern matches" if is_folder else kind
        self.ignored[kind or "without a suffix"] += 1

    def lines(self) -> list[str]:
        """Return the account in words, a line each."""
        said = [
            f"Tagged {self.tagged:,}, skipped {self.skipped:,} (there already, or copies), failed {self.failures:,}."
        ]
        if self.failed:
            said.append(f"Failed: {_counts(self.failed)}.")
        if self.lost:
            said.append(
                f"Of the failed, read in an earlier run: {self.lost:,}; what was found there then is shown no more."
            )
        said += self.of_others()
        said += self.left_out()
        if any(map(is_table, self.ignored)):
            said.append("Tables among them are read row by row with --text-column NAME.")
        return said

    def of_others(self) -> list[str]:
        """Return the line that tells how many of the skipped other models alone have tagged; none when none were."""
        if not self.others:
            return []
        others = f"tagged by another model, or for another framework, alone: {self.others:,}"
        return [f"Of the skipped, {others}; --retag tags them by this one, too."]

    def left_out(self) -> list[str]:
        """Return the line that tells which files were left out; none when none were."""
        return [f"Left out by their names: {_counts(self.ignored)}."] if self.ignored else []


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counter.most_common())
