"""The references of a project, for a file that another program reads."""

from __future__ import annotations

from collections.abc import Container

from lhs_nlp.references.types import Reference
from lhs_nlp.review.project.project import Project
from lhs_nlp.review.project.publications import Publication, publications_of


def references_of(project: Project, *, merge: bool, only: Container[int] | None = None) -> list[Reference]:
    """Return the references of a project.

    Parameters
    ----------
    project
        Whose references.
    merge
        Return one a publication, with what each of its records knows, in the order of their first records; else every
        record as it was read.
    only
        Numbers of the publications whose references are wanted; None for all.
    """
    return [reference for _, reference in with_publications(project, merge=merge, only=only)]


def with_publications(
    project: Project, *, merge: bool, only: Container[int] | None = None
) -> list[tuple[Publication, Reference]]:
    """Return the references of a project, each with its publication; see `references_of`."""
    publications = [each for each in publications_of(project) if only is None or each.number in only]
    if merge:
        return [(publication, publication.reference) for publication in publications]
    records = ((record, publication) for publication in publications for record in publication.records)
    return [(publication, record.reference) for record, publication in sorted(records, key=lambda pair: pair[0].id)]
