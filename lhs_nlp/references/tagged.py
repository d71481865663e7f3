"""Formats of one field a line, each led by a tag: what RIS and nbib have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from lhs_nlp.references.names import inverted
from lhs_nlp.references.parsed import Parsed, skipped_text
from lhs_nlp.references.roles import tag_of
from lhs_nlp.references.types import Fields, Reference, SkippedText
from lhs_nlp.references.values import Value, reference_of

_PEOPLE = ("authors", "editors")


class TaggedRecords:
    """Collects the fields of records from lines.

    Parameters
    ----------
    joint
        What is put between the lines of a value that goes over several.
    """

    def __init__(self, joint: str) -> None:
        self.records: list[Fields] = []
        self.starts: list[int] = []
        self.skipped: list[SkippedText] = []
        self._joint = joint
        self._fields: list[tuple[str, list[str]]] = []
        self._blank = 0

    def __bool__(self) -> bool:
        """Return whether a record is open."""
        return bool(self._fields)

    def has(self, tag: str) -> bool:
        """Return whether the open record has a field of this tag."""
        return any(name == tag for name, _ in self._fields)

    def add(self, number: int, tag: str, value: str) -> None:
        """Add a field to the open record, or open one."""
        if not self._fields:
            self.starts.append(number)
        self._fields.append((tag, [value]))
        self._blank = 0

    def extend(self, number: int, line: str) -> None:
        """Add a line without a tag to the last field; outside of a record it is skipped."""
        if not line.strip():
            self._blank += 1
        elif self._fields:
            self._fields[-1][1].extend([*([""] * self._blank if self._joint == "\n" else []), line])
            self._blank = 0
        else:
            self.skip(number, line, "A line outside of any record.")

    def skip(self, number: int, line: str, reason: str) -> None:
        """Report a line as skipped."""
        self.skipped.append(skipped_text(number, line, reason))

    def close(self) -> None:
        """Close the open record, if there is one."""
        if self._fields:
            self.records.append(tuple((tag, self._joint.join(lines)) for tag, lines in self._fields))
        self._fields = []
        self._blank = 0

    def parsed(
        self, format: str, first: str, values: Callable[[Fields], list[Value]], warnings: tuple[str, ...] = ()
    ) -> Parsed:
        """Return what was collected; what has tags but is no record, such as the head of an export, is skipped."""
        self.close()
        records: list[Fields] = []
        for start, fields in zip(self.starts, self.records, strict=True):
            if any(tag == first and value.strip() for tag, value in fields) or is_record(
                reference_of(format, fields, values(fields))
            ):
                records.append(fields)
            else:
                text = "\n".join(f"{tag}: {value}" for tag, value in fields)
                self.skip(start, text, "Lines with tags, but without type, title, abstract, authors, DOI and PMID.")
        return Parsed(tuple(records), tuple(sorted(self.skipped, key=lambda piece: piece.line)), warnings)


def is_record(found: Reference) -> bool:
    """Return whether a reference says what work it is, in whatever way."""
    return any((found.type, found.title, found.abstract, found.doi, found.pmid, found.authors))


def with_inverted_names(values: Iterable[Value]) -> list[Value]:
    """Return values in which people are "Family, Given", be their initials written behind the family or not."""
    return [replace(value, text=inverted(value.text)) if value.role in _PEOPLE else value for value in values]


def added_lines(format: str, fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields with one more for each value; a role without a tag becomes a note that names it."""
    more = []
    for role, text in values:
        tag = tag_of(format, role)
        more.append((tag, text) if tag else (str(tag_of(format, "note")), f"{role}: {text}"))
    return (*fields, *more)
