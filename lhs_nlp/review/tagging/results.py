"""What was found in the publications of a project: an archive's store beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lhs_nlp.archive import Store, StoredSummary, Tagging
from lhs_nlp.documents import read_text
from lhs_nlp.errors import ReadError, ReviewError
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import Publication, publications_of
from lhs_nlp.review.project.text import no_references_line

RESULTS = "results.sqlite"
"""The store in the folder of a project: every command that reads a store reads it too."""


def results_path(project: Project) -> Path:
    """Return where the results of a project are."""
    return project.folder / RESULTS


def results_of(
    project: Project, model: str | None = None, framework: str | None = None
) -> tuple[Tagging, dict[str, StoredSummary]]:
    """Return the newest results of a project, by the hash of the text.

    Raises
    ------
    LhsNlpError
        Nothing was tagged yet, or not by that model for that framework.
    """
    path = results_path(project)
    if not path.exists():
        raise _nothing_yet(project)
    with Store(path, read_only=True) as store:
        if not store.taggings():
            raise _nothing_yet(project)
        tagging = store.tagging(model, framework)
        found = {stored.summary.document.sha256: stored for stored in store.summaries(tagging, history=True)}
    return tagging, found


def _nothing_yet(project: Project) -> ReviewError:
    if not publications_of(project):
        return ReviewError(no_references_line(project))
    what = "what has a title, an abstract or a full text"
    return ReviewError(f"{project.folder}: nothing is tagged yet; `lhs-nlp review tag {project.folder}` tags {what}.")


def summary_of(publication: Publication, results: Mapping[str, StoredSummary]) -> StoredSummary | None:
    """Return the result of a publication's full text, else of its title and abstract; None when neither is tagged."""
    if publication.full_text and publication.full_text.sha256 in results:
        return results[publication.full_text.sha256]
    try:
        return results.get(read_text(publication.text).sha256)
    except ReadError:
        return None
