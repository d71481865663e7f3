"""Tag the publications of a project, by full text where there is one; results are in an archive's store beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lhs_nlp.archive import Source, Store, Tagging
from lhs_nlp.archive.batch import READ, default_workers
from lhs_nlp.archive.reading import Failed, Order, Reading, readings
from lhs_nlp.archive.runs import recorded_run
from lhs_nlp.archive.waiting import WaitingDocuments
from lhs_nlp.documents import Document, read_text
from lhs_nlp.documents.limits import DEFAULT_LIMITS
from lhs_nlp.errors import ReadError
from lhs_nlp.passages import Passage, split_document
from lhs_nlp.review.full_texts.attaching import MEGABYTES, SECONDS, tasks_of
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import Publication, publications_of
from lhs_nlp.review.tagging.places import forget_others, place_of
from lhs_nlp.review.tagging.results import results_path
from lhs_nlp.tagger import Tagger

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
    unread
        Why full texts could not be read, a sentence each; their titles and abstracts were tagged instead.
    """

    tagged: int
    skipped: int
    without_text: int
    unread: tuple[str, ...] = ()


def tag_project(project: Project, tagger: Tagger, on_progress: Callable[[int], None] = lambda done: None) -> Tagged:
    """Tag what this model has not tagged for this framework; a run that was stopped is taken up.

    Parameters
    ----------
    project
        Its publications are tagged by full text where they have one, else by title and abstract.
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
        forget_others(store, publications)
        counts = {"tagged": 0, "skipped": 0, "failed": 0}
        with recorded_run(
            store,
            lambda: counts,
            model=bundle.id,
            model_sha256=bundle.sha256,
            framework=tagger.framework,
            named=[str(project.folder)],
        ) as run:
            work = _Work(store, run.tagging, run.id, WaitingDocuments(tagger.classifier))
            for kind in work.through(publications):
                counts[kind] += 1
                on_progress(sum(counts.values()))
    return Tagged(counts["tagged"], counts["skipped"], counts["failed"], tuple(work.unread))


@dataclass(slots=True)
class _Work:
    """One run over a project."""

    store: Store
    tagging: Tagging
    run: int
    waiting: WaitingDocuments
    unread: list[str] = field(default_factory=list)

    def through(self, publications: Iterable[Publication]) -> Iterator[str]:
        """Tag all publications; yield what became of each: tagged, skipped or failed."""
        to_read: dict[str, Publication] = {}
        for publication in publications:
            full_text, source = publication.full_text, _source(publication)
            if full_text is None:
                yield from self._abstract(publication, source)
            elif self.store.is_tagged(full_text.sha256, self.tagging):
                self.store.add_source(full_text.sha256, source, self.run)
                yield "skipped"
            else:
                to_read[source.name] = publication
        yield from self._full_texts(to_read)
        yield from self._flush()

    def _full_texts(self, publications: Mapping[str, Publication]) -> Iterator[str]:
        if not publications:
            return
        tasks = tasks_of(publications.values(), map(_source, publications.values()))
        with readings(tasks, Order(READ, DEFAULT_LIMITS, SECONDS, MEGABYTES), default_workers()) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome, Reading):
                    yield from self._wait(outcome.source, outcome.document, outcome.passages)
                elif isinstance(outcome, Failed):
                    self.unread.append(outcome.message)
                    publication = publications[outcome.source]
                    yield from self._abstract(publication, _source(publication))

    def _abstract(self, publication: Publication, source: Source) -> Iterator[str]:
        try:
            document = read_text(publication.text, name=source.name, title=publication.reference.title or None)
        except ReadError as error:
            self.store.add_failure(source.name, error.reason, str(error), self.run)
            yield "failed"
            return
        if self.store.is_tagged(document.sha256, self.tagging):
            self.store.add_source(document.sha256, source, self.run)
            yield "skipped"
        else:
            yield from self._wait(source, document, tuple(split_document(document)))

    def _wait(self, source: Source, document: Document, passages: tuple[Passage, ...]) -> Iterator[str]:
        # Findings are stored by their passages' numbers: an older version may have cut what the store has elsewhere.
        self.waiting.add(source, *(self.store.document(document.sha256, source.name) or (document, passages)))
        if self.waiting.passages >= PASSAGES_PER_CALL:
            yield from self._flush()

    def _flush(self) -> Iterator[str]:
        for done in self.waiting.tag():
            new = self.store.add(done.summary, done.claims, [done.source], self.tagging, self.run)
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
        "full_text": str(publication.full_text.path) if publication.full_text else None,
    }
    return Source(place_of(publication), {key: value for key, value in about.items() if value})
