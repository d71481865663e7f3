"""The references of a project, for a file that another program reads."""

from __future__ import annotations

from collections.abc import Container, Sequence

from lhs_nlp.references import WITH_KEYS, under_key
from lhs_nlp.references.types import Reference
from lhs_nlp.review.project.citing import cited_publications
from lhs_nlp.review.project.project import Project
from lhs_nlp.review.project.publications import Publication, publications_of


def references_of(
    project: Project, *, merge: bool, only: Container[int] | None = None, format: str | None = None
) -> list[Reference]:
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
    format
        What they are written in: where each has a key there, a publication has the one under which it is cited
        elsewhere. None to leave keys as they are.
    """
    found = with_publications(project, merge=merge, only=only)
    return under_keys(project, found, format) if merge else [reference for _, reference in found]


def with_publications(
    project: Project, *, merge: bool, only: Container[int] | None = None
) -> list[tuple[Publication, Reference]]:
    """Return the references of a project, each with its publication; see `references_of`."""
    publications = [each for each in publications_of(project) if only is None or each.number in only]
    if merge:
        return [(publication, publication.reference) for publication in publications]
    records = ((record, publication) for publication in publications for record in publication.records)
    return [(publication, record.reference) for record, publication in sorted(records, key=lambda pair: pair[0].id)]


def under_keys(project: Project, found: Sequence[tuple[Publication, Reference]], format: str | None) -> list[Reference]:
    """Return the references of publications under their keys, where a format has keys."""
    if format not in WITH_KEYS:
        return [reference for _, reference in found]
    publications = publications_of(project)
    cited = dict(zip((each.number for each in publications), cited_publications(publications), strict=True))
    written = []
    for publication, reference in found:
        key, bibtex = cited[publication.number]
        is_cited = format == "bibtex" and reference is publication.reference
        written.append(bibtex if is_cited else under_key(reference, key, format))
    return written
