"""Tag the titles and abstracts of a project; results are in an archive's store beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lhs_nlp.archive import Source, Store, StoredSummary, Tagging
from lhs_nlp.archive.store.types import Outcome
from lhs_nlp.archive.waiting import WaitingDocuments
from lhs_nlp.documents import read_text
from lhs_nlp.errors import ReadError, ReviewError
from lhs_nlp.passages import split_document
from lhs_nlp.review.project import Project
from lhs_nlp.review.publications import Publication, publications_of
from lhs_nlp.tagger import Tagger

RESULTS = "results.sqlite"
"""The store in the folder of a project: every command that reads a store reads it too."""

PASSAGES_PER_CALL = 256
"""Passages that are classified and then stored together: what is lost when the run is killed."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What became of the publications.

    Parameters
    ----------
    tagged
        Publications that this run added results for.
    skipped
        Publications whose text this model had tagged for this framework before.
    without_text
        Publications that have neither title nor abstract.
    """

    tagged: int
    skipped: int
    without_text: int


def tag_project(project: Project, tagger: Tagger, on_progress: Callable[[int], None] = lambda done: None) -> Tagged:
    """Tag what this model has not tagged for this framework; a run that was stopped is taken up.

    Parameters
    ----------
    project
        Its publications are tagged by title and abstract.
    tagger
        Finds benefits.
    on_progress
        Is told how many publications are done with.

    Raises
    ------
    LhsNlpError
        The store cannot be written; what was written is safe.
    """
    bundle, publications = tagger.classifier.bundle, publications_of(project)
    with Store(results_path(project)) as store:
        run, tagging = store.begin_run(
            model=bundle.id, model_sha256=bundle.sha256, framework=tagger.framework, named=[str(project.folder)]
        )
        counts = {"tagged": 0, "skipped": 0, "failed": 0}
        outcome: Outcome = "stopped"
        try:
            for kind in _tag(store, tagging, run, WaitingDocuments(tagger.classifier), publications):
                counts[kind] += 1
                on_progress(sum(counts.values()))
            outcome = "finished"
        except KeyboardInterrupt:
            outcome = "interrupted"
            raise
        finally:
            store.end_run(run, outcome, **counts)
    return Tagged(counts["tagged"], counts["skipped"], counts["failed"])


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
        raise ReviewError(f"{project.folder}: nothing is tagged yet; `lhs-nlp review tag {project.folder}` does.")
    with Store(path, read_only=True) as store:
        tagging = store.tagging(model, framework)
        found = {stored.summary.document.sha256: stored for stored in store.summaries(tagging, history=True)}
    return tagging, found


def summary_of(publication: Publication, results: Mapping[str, StoredSummary]) -> StoredSummary | None:
    """Return the result of a publication; None when it has no text, or is not tagged yet."""
    try:
        return results.get(read_text(publication.text).sha256)
    except ReadError:
        return None


def _tag(
    store: Store, tagging: Tagging, run: int, waiting: WaitingDocuments, publications: list[Publication]
) -> Iterator[str]:
    for publication in publications:
        source = _source(publication)
        try:
            document = read_text(publication.text, name=source.name)
        except ReadError as error:
            store.add_failure(source.name, error.reason, str(error), run)
            yield "failed"
            continue
        if store.is_tagged(document.sha256, tagging):
            store.add_source(document.sha256, source, run)
            yield "skipped"
            continue
        waiting.add(source, document, tuple(split_document(document)))
        if waiting.passages >= PASSAGES_PER_CALL:
            yield from _flush(store, tagging, run, waiting)
    yield from _flush(store, tagging, run, waiting)


def _flush(store: Store, tagging: Tagging, run: int, waiting: WaitingDocuments) -> Iterator[str]:
    for done in waiting.tag():
        new = store.add(done.summary, done.claims, [done.source], tagging, run)
        yield "tagged" if new else "skipped"


def _source(publication: Publication) -> Source:
    reference = publication.reference
    about = {
        "record": str(publication.number),
        "title": reference.title,
        "authors": "; ".join(reference.authors),
        "year": str(reference.year or ""),
        "journal": reference.journal,
        "doi": reference.doi,
        "pmid": reference.pmid,
    }
    return Source(f"record {publication.number}", {key: value for key, value in about.items() if value})
