"""The store behind the pages: opened for each request, by the thread that answers it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from lhs_nlp.archive.errors import StoreError
from lhs_nlp.archive.store import Store, StoredSummary, Tagging
from lhs_nlp.archive.store.connection import transaction, translated_errors
from lhs_nlp.archive.store.search import catch_up, is_behind
from lhs_nlp.report import places

_PAUSE = 0.15
"""Seconds in which others may begin to write: whoever waits for SQLite looks every tenth of a second."""

_OWNER = """
    SELECT models.sha256, frameworks.sha256 FROM models, frameworks WHERE models.id = ? AND frameworks.id = ?
"""


@dataclass(frozen=True, slots=True)
class Library:
    """A store, and whose results of it are shown."""

    path: Path
    tagging: Tagging

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Open the store for reading alone; what fails until it is closed is a StoreError."""
        with translated_errors(self.path), Store(self.path, read_only=True) as store:
            self._check_owner(store)
            yield store

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Open the store for writing; what fails until it is closed is a StoreError."""
        with translated_errors(self.path), Store(self.path, create=False) as store:
            self._check_owner(store)
            yield store

    def _check_owner(self, store: Store) -> None:
        """Raise StoreError when another file has taken the store's place, whose keys are of other models."""
        tagging = self.tagging
        owner = store.connection.execute(_OWNER, (tagging.model_id, tagging.framework_id)).fetchone()
        if owner is None or tuple(owner) != (tagging.model_sha256, tagging.framework.sha256):
            raise StoreError(f"{self.path}: another store has taken its place; end the server and start it again.")

    def of_model(self, model_sha256: str) -> Library:
        """Return the same store with the results of another model for the same framework.

        Raises
        ------
        StoreError
            It holds none.
        """
        with self.reading() as store:
            return replace(self, tagging=store.tagging(model_sha256, self.tagging.framework.sha256))

    def prepare_search(self) -> None:
        """See that all documents can be searched; others who write to the store get their turn meanwhile."""
        with self.reading() as store:
            behind = is_behind(store.connection)
        if not behind:
            return
        with self.writing() as store:
            while True:
                with transaction(store.connection, store.path) as connection:
                    catch_up(connection)
                if not is_behind(store.connection):
                    return
                time.sleep(_PAUSE)

    def summary(self, store: Store, sha256: str) -> StoredSummary | None:
        """Return a document's result, its place without the folders that it is in."""
        stored = store.summary(sha256, self.tagging)
        if stored is None:
            return None
        document = stored.summary.document
        named = replace(document, source=file_name(document.source))
        return replace(stored, summary=replace(stored.summary, document=named))


def open_library(path: Path, model: str | None = None, framework: str | None = None) -> Library:
    """Open a store, bring it up to date, and choose whose results are shown.

    When no model is named, these are the newest results of those that cover all documents, so that a
    store which is being tagged again does not look as if it had lost some; else the newest.

    Raises
    ------
    StoreError
        There is no such store, or it holds no such results.
    """
    with Store(path, create=False) as store:
        newest = store.tagging(model, framework)
        return Library(path, newest if model else _newest_complete(store, newest) or newest)


def _newest_complete(store: Store, newest: Tagging) -> Tagging | None:
    """Return the newest results for the same framework that cover all documents."""
    everything = store.connection.execute("SELECT count(DISTINCT document_id) FROM sources").fetchone()[0]
    alike = (each for each in reversed(store.taggings()) if each.framework_id == newest.framework_id)
    return next((each for each in alike if store.count(each) == everything), None)


def file_name(source: str) -> str:
    """Return the last part of a place: where a file lies is nobody's business who is not on that machine."""
    return places.file_name(source) or "document"
