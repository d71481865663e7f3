"""What was found in the publications of a project: an archive's store beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    return next((results[sha256] for sha256 in hashes_of(publication) if sha256 in results), None)


def newest_summary(path: Path, publication: Publication) -> StoredSummary | None:
    """Return the newest result of a publication in a store, of whatever model; None when there is none.

    While a run goes on, what was found before stands until its publication is tagged again.
    """
    if not path.exists():
        return None
    hashes = list(hashes_of(publication))
    with Store(path, read_only=True) as store:
        found = (store.summary(sha256, tagging) for tagging in reversed(store.taggings()) for sha256 in hashes)
        return next(filter(None, found), None)


def hashes_of(publication: Publication) -> Iterator[str]:
    """Yield the hashes under which a publication's results are: its full text's, then its title and abstract's."""
    if publication.full_text:
        yield publication.full_text.sha256
    try:
        document = read_text(publication.text)
    except ReadError:
        return
    yield document.sha256
