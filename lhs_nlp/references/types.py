"""What a reader of references hands over: records of a bibliography, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Fields = tuple[tuple[str, str], ...]
"""Tags and values of one record in their order."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of a bibliography. `None` and `()` mean unknown.

    Parameters
    ----------
    type
        What the source calls it, e.g. ``JOUR`` in RIS or ``article`` in BibTeX.
    title
        Title of the work.
    abstract
        Abstract, paragraphs separated by newlines where the source has them.
    authors
        Each as "Family, Given".
    year
        Year of publication.
    doi
        Lower case and bare: "10.1000/abc".
    pmid
        PubMed's number, digits only.
    journal
        Name of the journal or of the book that holds the work.
    volume, issue, pages
        As the source has them; pages as "first-last", or the number of an article that has none.
    keywords
        Keywords and subject headings.
    url
        Where the work is found.
    language
        As the source has it.
    format
        Of the file that it was read from, e.g. ``ris``.
    fields
        Every field of the source in its order: tag and value as they were, known or not.
    """

    type: str | None
    title: str | None
    abstract: str | None
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    pmid: str | None
    journal: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    keywords: tuple[str, ...]
    url: str | None
    language: str | None
    format: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class SkippedText:
    """A piece of a file that belongs to no record.

    Parameters
    ----------
    line
        Number of its first line, counted from 1.
    text
        The piece, shortened when it is long.
    reason
        A sentence: why it was skipped.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """Everything that was read from one file, and everything that was not.

    Parameters
    ----------
    path
        The file.
    format
        One of `FORMATS`.
    encoding
        Of its bytes, e.g. ``utf-8``; ``binary`` for a workbook.
    records
        In the order of the file.
    skipped
        What belongs to no record, in the order of the file.
    columns
        For a table: which column was taken for which field, as (column, field); a column of no known field
        has the field "". () for other formats.
    warnings
        Sentences on the file as a whole: a guessed encoding, records without an end mark.
    """

    path: Path
    format: str
    encoding: str
    records: tuple[Reference, ...]
    skipped: tuple[SkippedText, ...]
    columns: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
