"""What a project hands out: records, counts, judgements and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lhs_nlp.references.types import Reference, SkippedText

Choice = Literal["include", "exclude", "maybe"]
Stage = Literal["title_abstract", "full_text"]
Role = Literal["screen", "adjudicate"]
Outcome = Literal["include", "exclude", "maybe", "conflict", "incomplete"]
"""What decisions on a publication come to; incomplete: more screeners must decide."""


@dataclass(frozen=True, slots=True)
class Record:
    """A reference in a project.

    Parameters
    ----------
    id
        Its number in the project.
    publication
        The number of the first record of the same publication: its own where it has no duplicates.
    source
        Name of the file that it was read from.
    position
        Its number in that file, from 1.
    reference
        What was read.
    """

    id: int
    publication: int
    source: str
    position: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file.

    Parameters
    ----------
    name
        The file.
    format, encoding
        Of its content.
    records
        How many records it holds.
    skipped
        Text of it that belongs to no record.
    columns
        For a table: which column was taken for which field; others have "".
    warnings
        Sentences on what to check.
    before
        The name under which the same file was added before; None when it is new.
    """

    name: str
    format: str
    encoding: str
    records: int
    skipped: tuple[SkippedText, ...]
    columns: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records that look alike.

    Parameters
    ----------
    first, second
        Numbers of the records.
    score
        0 to 1.
    reason
        What agrees and what does not, in words.
    joined
        They are taken for one publication.
    """

    first: int
    second: int
    score: float
    reason: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What a screener decided on a record.

    Parameters
    ----------
    id
        Its number.
    record
        Number of the record; it holds for all records of the publication.
    stage, choice
        On what, and how.
    criterion
        Number of the criterion that decided; None when none was named.
    reason
        In the screener's words.
    by, at
        Who, and when in UTC.
    role
        As a screener, or between screeners.
    undone_at
        When it was taken back; None while it stands.
    """

    id: int
    record: int
    stage: Stage
    choice: Choice
    criterion: int | None
    reason: str | None
    by: str
    at: str
    role: Role = "screen"
    undone_at: str | None = None
