"""The references of a project, for a file that another program reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lhs_nlp.references.types import Reference
from lhs_nlp.review.merging import merged
from lhs_nlp.review.project import Project
from lhs_nlp.review.types import Record


def references_of(project: Project, *, merge: bool) -> list[Reference]:
    """Return the references of a project.

    Parameters
    ----------
    project
        Whose references.
    merge
        Return one a publication, with what each of its records knows, in the order of their first records; else every
        record as it was read.
    """
    records = project.records()
    if not merge:
        return [record.reference for record in records]
    return [merged([record.reference for record in group]) for group in by_publication(records)]


def by_publication(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records of each publication, in the order of their first records."""
    ordered = sorted(records, key=lambda record: (record.publication, record.id))
    for _, group in groupby(ordered, key=lambda record: record.publication):
        yield list(group)
