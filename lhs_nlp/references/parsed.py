"""What passes between a file and the reader or writer of its format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from lhs_nlp.references.types import Fields, SkippedText
from lhs_nlp.references.values import Value

LONGEST_EXCERPT = 200
"""Characters of skipped text that are shown."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes and, unless they are binary, their text with every line ended by a newline alone."""

    data: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader found: the fields of each record, and what belongs to none."""

    records: tuple[Fields, ...]
    skipped: tuple[SkippedText, ...] = ()
    warnings: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()


class Format(Protocol):
    """What reads and writes one format; a module with these names is one."""

    def read(self, content: Content) -> Parsed:
        """Read all records; raise ReferencesError when the file holds none that can be read."""

    def write(self, records: Sequence[Fields]) -> bytes:
        """Write records of this format."""

    def values(self, fields: Fields) -> list[Value]:
        """Return what the fields of a record say."""

    def added(self, fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
        """Return fields that say more: roles and plain texts, written as this format writes them."""


def skipped_text(line: int, text: str, reason: str) -> SkippedText:
    """Return a piece of a file that was skipped, shortened when it is long."""
    text = text.strip("\n")
    return SkippedText(line, text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT] + "[...]", reason)
