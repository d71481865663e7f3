"""Attach files to publications: each is read in a process of its own and matched by DOI or title."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lhs_nlp.archive.batch import READ
from lhs_nlp.archive.reading import Failed, Order, Reading, Task, readings
from lhs_nlp.archive.sources import File
from lhs_nlp.archive.sources.folders import is_document, local_file, walk
from lhs_nlp.archive.store import Source
from lhs_nlp.documents.limits import DEFAULT_LIMITS
from lhs_nlp.errors import ReadError
from lhs_nlp.report.failure import Failure
from lhs_nlp.review.full_texts.matching import Match, Matcher
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.attachments import FullText, attach
from lhs_nlp.review.project.publications import Publication, publications_of

SECONDS, MEGABYTES = 120.0, 2000
"""Longest time and most memory to read one file."""

Kind = Literal["matched", "known", "ambiguous", "unmatched", "failed"]


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of a file.

    Parameters
    ----------
    name
        The file.
    kind
        `matched` to a publication; `known` as one that was attached before, perhaps from another place; `ambiguous`
        between several; `unmatched`; `failed` to be read.
    publications
        Numbers of the publications that it is of, or may be of.
    reason
        Why, in words.
    """

    name: str
    kind: Kind
    publications: tuple[int, ...]
    reason: str


def attach_files(project: Project, named: Sequence[str | Path], by: str, *, workers: int = 1) -> Iterator[Attached]:
    """Match files to publications, attach those of which that is clear, and yield what became of each.

    Parameters
    ----------
    project
        Whose publications.
    named
        Documents, or folders of them. A publication that has a full text keeps it, and is followed to where it was
        moved.
    by
        Who does this.
    workers
        Processes that read.
    """
    publications = publications_of(project)
    matcher = Matcher(publications)
    taken = {each.number: each.full_text for each in publications if each.full_text}
    known = _by_content(taken)
    order = Order(READ, DEFAULT_LIMITS, SECONDS, MEGABYTES)
    with readings(_feed(map(str, named), known), order, workers) as outcomes:
        for outcome in outcomes:
            match outcome:
                case Attached():
                    yield _followed(project, outcome, taken, by)
                case Failed():
                    yield Attached(outcome.source, "failed", (), outcome.message)
                case Reading(source, document, _):
                    found = matcher.match(document, source.name)
                    full_text = FullText(
                        document.sha256, _absolute(source.name), f"matched by {found.reason}", found.record
                    )
                    attached = _judged(source.name, found, full_text, taken)
                    if attached.kind == "matched":
                        attach(project, found.record or attached.publications[0], full_text, by)
                        taken[attached.publications[0]] = full_text
                    yield attached


def _by_content(taken: Mapping[int, FullText]) -> dict[str, tuple[int, ...]]:
    numbers: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, full_text in taken.items():
        numbers[full_text.sha256] += (number,)
    return numbers


def _followed(project: Project, known: Attached, taken: dict[int, FullText], by: str) -> Attached:
    """Return what became of a file that is known; it is read here from now on if it is not where it was."""
    gone = [number for number in known.publications if not _is_there(taken[number])]
    if not gone:
        return known
    before = taken[gone[0]].path
    for number in gone:
        taken[number] = replace(taken[number], path=_absolute(known.name))
        attach(project, taken[number].record or number, taken[number], by)
    return replace(known, reason=f"attached before, and moved here from {before}")


def _is_there(full_text: FullText) -> bool:
    try:
        data = local_file(full_text.path).load(DEFAULT_LIMITS)
    except ReadError:
        return False
    return hashlib.sha256(data).hexdigest() == full_text.sha256


def _judged(name: str, match: Match, full_text: FullText, taken: Mapping[int, FullText]) -> Attached:
    number = match.publication
    if number is None:
        return Attached(name, "ambiguous" if match.publications else "unmatched", match.publications, match.reason)
    before = taken.get(number)
    if before is None:
        return Attached(name, "matched", (number,), match.reason)
    if before.sha256 == full_text.sha256:
        return Attached(name, "known", (number,), f"the same file as {before.path}")
    return Attached(name, "ambiguous", (number,), f"{match.reason}, but the record has a full text: {before.path}")


def attach_by_hand(project: Project, record: int, path: str | Path, by: str) -> Attached:
    """Attach a file to a record's publication, whatever it says; it need not be readable yet.

    Raises
    ------
    LhsNlpError
        The file cannot be opened, or there is no such record.
    """
    data = local_file(path).load(DEFAULT_LIMITS)
    full_text = FullText(hashlib.sha256(data).hexdigest(), _absolute(str(path)), "said by hand")
    attach(project, record, full_text, by)
    return Attached(str(path), "matched", (project.record(record).publication,), full_text.matched_by)


def tasks_of(publications: Iterable[Publication], sources: Iterable[Source]) -> Iterator[Task | Failed]:
    """Yield the full texts of publications as they are to be read; what is gone or was changed fails.

    Parameters
    ----------
    publications
        Each with a full text.
    sources
        What each is called while it is read.
    """
    for publication, source in zip(publications, sources, strict=True):
        full_text = publication.full_text
        if full_text is None:
            continue
        try:
            data = local_file(full_text.path).load(DEFAULT_LIMITS)
        except ReadError as error:
            yield Failed(source.name, error.reason, str(error))
            continue
        if hashlib.sha256(data).hexdigest() != full_text.sha256:
            message = f"{full_text.path}: is not the file that was attached; attach it again."
            yield Failed(source.name, "not_found", message)
        else:
            yield Task(source, data, full_text.sha256)


def _feed(named: Iterable[str], known: Mapping[str, tuple[int, ...]]) -> Iterator[Task | Attached | Failed]:
    for file in _files(named):
        if isinstance(file, Failure):
            yield Failed(file.source, file.reason, file.message)
            continue
        try:
            data = file.load(DEFAULT_LIMITS)
        except ReadError as error:
            yield Failed(file.name, error.reason, str(error))
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in known:
            yield Attached(file.name, "known", known[sha256], "attached before")
        else:
            yield Task(Source(file.name), data, sha256)


def _files(named: Iterable[str]) -> Iterator[File | Failure]:
    for name in named:
        if not os.path.isdir(name):
            yield local_file(name)
            continue
        for found in walk(name):
            if isinstance(found, Failure):
                yield found
            elif is_document(found.name):
                yield local_file(found)


def _absolute(name: str) -> Path:
    return Path(os.path.abspath(name))
