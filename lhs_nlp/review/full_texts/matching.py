"""Which publication a document is the full text of: by its DOI, or by its title; never where two might be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PureWindowsPath

from lhs_nlp.documents import Document
from lhs_nlp.references import doi_in
from lhs_nlp.references.readings import DOI
from lhs_nlp.review.duplicates.traits import normal
from lhs_nlp.review.duplicates.vetoes import kinds_apart, numbers_in
from lhs_nlp.review.project.publications import Publication

FRONT = 5_000
"""Characters at the beginning of a document in which its own DOI and title stand."""

LEAST_WORDS = 4
"""Words of a title by which a document may be known; shorter ones are in too many texts."""

ALIKE = 92
"""How like a document's own title and a record's must be, 0 to 100 (Indel similarity of rapidfuzz)."""

_IN_NAME = re.compile(r"(10\.\d{4,9})[_-](?=\S)")
"""A DOI in the name of a file, where its slash cannot be."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a document is.

    Parameters
    ----------
    publications
        Numbers of the publications that it may be; one when it is known, several when that is not clear.
    reason
        Why, in words.
    record
        When its publication is known, the number of the record whose DOI or title it has: the file stays with that
        one if the publication's records are parted again.
    """

    publications: tuple[int, ...]
    reason: str
    record: int | None = field(default=None, compare=False)

    @property
    def publication(self) -> int | None:
        """The number of its publication, when it is known."""
        return self.publications[0] if len(self.publications) == 1 else None


class Matcher:
    """Knows publications by their DOIs and titles.

    Parameters
    ----------
    publications
        Of a project.
    """

    def __init__(self, publications: Sequence[Publication]) -> None:
        self._dois: defaultdict[str, set[int]] = defaultdict(set)
        self._titles: defaultdict[str, set[int]] = defaultdict(set)
        self._publication_of: dict[int, int] = {}
        for publication in publications:
            for record in publication.records:
                self._publication_of[record.id] = publication.number
                if record.reference.doi:
                    self._dois[record.reference.doi].add(record.id)
                title = normal(record.reference.title)
                if len(title.split()) >= LEAST_WORDS:
                    self._titles[title].add(record.id)

    def match(self, document: Document, name: str) -> Match:
        """Return which publication a document is.

        Parameters
        ----------
        document
            What was read.
        name
            Of its file.
        """
        front = document.text[:FRONT]
        said = (
            self._with_dois(_own_dois(document, name)),
            self._with_dois(dois := _dois_in(front)),
            self._with_titles(_titles(document, name), normal(front)),
        )
        found = _judged(*map(self._publications, said), dois=len(dois))
        told = Counter(record for records in said for record in records)
        own = (record for record in told if self._publication_of[record] == found.publication)
        return replace(found, record=min(own, key=lambda record: (-told[record], record), default=None))

    def _publications(self, records: Iterable[int]) -> set[int]:
        return {self._publication_of[record] for record in records}

    def _with_dois(self, dois: Iterable[str]) -> set[int]:
        return {number for doi in dois for number in self._dois.get(doi, ())}

    def _with_titles(self, titles: Sequence[str], front: str) -> set[int]:
        """Return records whose title is the document's own, or stands at its beginning."""
        standing = {known for known in self._titles if known in titles or f" {known} " in f" {front} "}
        alike = {known for title in titles if title not in standing for known in self._alike(title)}
        # A title that is part of a longer one there is not the document's.
        longest = [
            title for title in standing | alike if not any(title != other and title in other for other in standing)
        ]
        return {number for title in longest for number in self._titles[title]}

    def _alike(self, title: str) -> set[str]:
        """Return the titles of records that are written a little otherwise than a document's own, which none has."""
        from rapidfuzz import fuzz, process

        alike = process.extract_iter(title, list(self._titles), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return {known for known, *_ in alike if not _is_other(title, known)}


def _is_other(title: str, known: str) -> bool:
    """Return whether a document's title is of another kind of work than a record's, or lacks a number of it."""
    # The name of a file may have more numbers, such as the year.
    return bool(kinds_apart(title, known) or Counter(numbers_in(known)) - Counter(numbers_in(title)))


_UNSURE = "DOIs of records stand on its first pages, but not its title: they may be cited"


def _judged(own: set[int], named: set[int], titled: set[int], *, dois: int) -> Match:
    """Return which publication a document is.

    Parameters
    ----------
    own, named, titled
        Publications whose DOI it says is its own, whose DOIs stand on its first pages, and whose title it has.
    dois
        How many DOIs stand on its first pages.
    """
    if own:
        return _agreed(own, titled, "its DOI")
    if named and named & titled:
        return Match(tuple(sorted(named & titled)), "its DOI and its title")
    if len(titled) == 1:
        return Match(tuple(titled), "its title")
    if titled:
        return Match(tuple(sorted(titled)), "its title, which several records have")
    if len(named) == 1 and dois == 1:
        return Match(tuple(named), "the only DOI on its first pages")
    return Match((), _UNSURE if named else "no record has its DOI or its title")


def _agreed(own: set[int], titled: set[int], by: str) -> Match:
    """Return what a DOI says, unless the title speaks against it."""
    if titled and not own & titled:
        return Match(tuple(sorted(own | titled)), f"{by} says another record than its title")
    agreed = own & titled or own
    return Match(tuple(sorted(agreed)), f"{by} and its title" if own & titled else by)


def _own_dois(document: Document, name: str) -> list[str]:
    """Return DOIs that the file says are its own: in its metadata, or in its name."""
    stem = re.sub(r"\.\w{2,5}\Z", "", PureWindowsPath(name).name)
    said = (document.metadata.get("doi", ""), _IN_NAME.sub(r"\1/", stem))
    return [doi for text in said if (doi := doi_in(text))]


def _dois_in(text: str) -> set[str]:
    return {doi for match in DOI.finditer(text) if (doi := doi_in(match.group()))}


def _titles(document: Document, name: str) -> list[str]:
    stem = re.sub(r"\.\w{2,5}\Z", "", PureWindowsPath(name).name)
    said = (document.title, document.metadata.get("title"), stem)
    return [title for text in said if len((title := normal(text)).split()) >= LEAST_WORDS]
