"""The store: results of many documents in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.archive.errors import StoreError
from lhs_nlp.archive.store import reading, writing
from lhs_nlp.archive.store.columns import now, to_json
from lhs_nlp.archive.store.connection import connect, transaction, translated_errors
from lhs_nlp.archive.store.types import Outcome, Run, Source, StoredFailure, StoredSummary, Tagging
from lhs_nlp.database import insert
from lhs_nlp.documents import Document
from lhs_nlp.framework import Framework
from lhs_nlp.passages import Passage
from lhs_nlp.summary import DocumentSummary


class Store:
    """Results of many documents, in one SQLite file that several programs may use at once.

    The schema is a public one: see `schema.sql`, and read through `connection` with SQL or
    pandas. Each method that writes does so in a transaction of its own. One thread, one Store.

    Parameters
    ----------
    path
        The file.
    create
        Make it when there is none.
    read_only
        Open it for reading alone.

    Raises
    ------
    StoreError
        The file cannot be opened, is not a store, or was made by a newer version.

    Examples
    --------
    >>> with Store("results.sqlite", read_only=True) as store:
    ...     for stored in store.summaries(store.tagging()):
    ...         print(stored.sources[0].name, stored.summary.text)
    """

    def __init__(self, path: str | Path, *, create: bool = True, read_only: bool = False) -> None:
        self.path = Path(path)
        self.connection: Connection = connect(self.path, create=create, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the last to close it writes all into the one file."""
        self.connection.close()

    # Reading

    def taggings(self) -> list[Tagging]:
        """Return which models found something for which frameworks, the newest last."""
        with translated_errors(self.path):
            return reading.taggings(self.connection)

    def tagging(self, model: str | None = None, framework: str | None = None) -> Tagging:
        """Return the newest results of a model for a framework.

        Parameters
        ----------
        model, framework
            Name, or the beginning of the SHA-256; None for any.

        Raises
        ------
        StoreError
            The store holds no such results; the message names those that it holds.
        """
        known = self.taggings()
        for tagging in reversed(known):
            if _named(model, tagging.model, tagging.model_sha256) and _named(
                framework, tagging.framework.id, tagging.framework.sha256
            ):
                return tagging
        if not known:
            adding = "`lhs-nlp batch` adds some, `lhs-nlp review tag` those of a review project"
            raise StoreError(f"{self.path}: holds no results yet; {adding}.")
        wanted = " ".join(filter(None, (model and f"of the model {model!r}", framework and f"for {framework!r}")))
        listed = ", ".join(
            f"{each.model} ({each.model_sha256[:12]}) for {each.framework.id} {each.framework.version} "
            f"({each.framework.sha256[:12]})"
            for each in known
        )
        raise StoreError(f"{self.path}: holds no results {wanted}; it holds {listed}.")

    def count(self, tagging: Tagging) -> int:
        """Return the number of documents that were tagged and are still somewhere."""
        with translated_errors(self.path):
            return len(reading.document_keys(self.connection, tagging))

    def lacking(self, tagging: Tagging) -> list[tuple[Tagging, int]]:
        """Return which other taggings hold documents that this one lacks, the newest last, and how many."""
        with translated_errors(self.path):
            counts = reading.lacking(self.connection, tagging)
            found = [(each, counts[each.model_id, each.framework_id]) for each in reading.taggings(self.connection)]
        return [(each, count) for each, count in found if count]

    def summaries(self, tagging: Tagging, *, history: bool = False) -> Iterator[StoredSummary]:
        """Yield results in the order of their first sources, one at a time in memory.

        Parameters
        ----------
        tagging
            Whose results.
        history
            Yield also documents that are no longer where they were found.
        """
        with translated_errors(self.path):
            for key in reading.document_keys(self.connection, tagging, history=history):
                if stored := reading.stored_summary(self.connection, key, tagging):
                    yield stored

    def summary(self, sha256: str, tagging: Tagging) -> StoredSummary | None:
        """Return a document's result; None when it was not tagged by that model for that framework."""
        with translated_errors(self.path):
            key = reading.document_id(self.connection, sha256)
            return None if key is None else reading.stored_summary(self.connection, key, tagging)

    def document(self, sha256: str, source: str = "") -> tuple[Document, tuple[Passage, ...]] | None:
        """Return a document and its passages as they were read; None when it is not there."""
        with translated_errors(self.path):
            key = reading.document_id(self.connection, sha256)
            return None if key is None else reading.document(self.connection, key, source)

    def is_tagged(self, sha256: str, tagging: Tagging) -> bool:
        """Return whether a document has a result of this model for this framework."""
        with translated_errors(self.path):
            key = reading.document_id(self.connection, sha256)
            return key is not None and reading.has_summary(self.connection, key, tagging)

    def has_document(self, sha256: str) -> bool:
        """Return whether a document is there, whoever tagged it."""
        with translated_errors(self.path):
            return reading.document_id(self.connection, sha256) is not None

    def failures(self) -> Iterator[StoredFailure]:
        """Yield the places that could not be read, in the order of names."""
        with translated_errors(self.path):
            yield from reading.failures(self.connection)

    def runs(self) -> list[Run]:
        """Return all runs, the newest last."""
        with translated_errors(self.path):
            return reading.runs(self.connection)

    # Writing

    def begin_run(
        self, *, model: str, model_sha256: str, framework: Framework, named: Sequence[str] = ()
    ) -> tuple[int, Tagging]:
        """Say that a model begins to look for a framework; return the run's id and whose results it adds."""
        from lhs_nlp import __version__

        with transaction(self.connection, self.path) as connection:
            tagging = Tagging(
                writing.model_id(connection, model, model_sha256),
                writing.framework_id(connection, framework),
                model,
                model_sha256,
                framework,
            )
            values = {
                "model_id": tagging.model_id,
                "framework_id": tagging.framework_id,
                "version": __version__,
                "named": to_json(list(named)),
                "started_at": now(),
            }
            return insert(connection, "runs", values), tagging

    def end_run(self, run: int, outcome: Outcome, *, tagged: int, skipped: int, failed: int) -> None:
        """Say how a run ended."""
        with transaction(self.connection, self.path) as connection:
            connection.execute(
                "UPDATE runs SET finished_at = ?, outcome = ?, tagged = ?, skipped = ?, failed = ? WHERE id = ?",
                (now(), outcome, tagged, skipped, failed, run),
            )

    def add(
        self,
        summary: DocumentSummary,
        claims: NDArray[np.floating],
        sources: Sequence[Source],
        tagging: Tagging,
        run: int,
    ) -> bool:
        """Add a document's result and where it was found: all of it or, when that fails, nothing.

        Parameters
        ----------
        summary
            What was found.
        claims
            Claim probability of every passage and benefit, [passages, B]: see `claims_of`.
        sources
            Where the document is.
        tagging, run
            As `begin_run` gave them.

        Returns
        -------
        bool
            False when another run had added the result before; it stays as it is.

        Raises
        ------
        StoreError
            The store has the document with other passages, as another version cut them: findings would be of the wrong
            ones. `document` has those that are stored.
        """
        with transaction(self.connection, self.path) as connection:
            key = reading.document_id(connection, summary.document.sha256)
            if key is None:
                key = writing.add_document(connection, summary.document, summary.passages, run)
            elif not reading.has_passages(connection, key, summary.passages):
                raise StoreError(
                    f"{self.path}: {summary.document.source} was cut into other passages by another version of "
                    "lhs-nlp, so this result does not fit; add it to a new store."
                )
            new = not reading.has_summary(connection, key, tagging)
            if new:
                writing.add_summary(connection, summary, claims, key, tagging, run)
            for source in sources:
                writing.add_source(connection, source, key, run)
        return new

    def add_source(self, sha256: str, source: Source, run: int) -> None:
        """Say that a document that is there was found here too; nothing is written when that is known."""
        with translated_errors(self.path):
            if reading.is_known(self.connection, sha256, source):
                return
        with transaction(self.connection, self.path) as connection:
            key = reading.document_id(connection, sha256)
            if key is None:
                raise StoreError(f"{self.path}: holds no document {sha256}, so no place of it can be added.")
            writing.add_source(connection, source, key, run)

    def add_failure(self, source: str, reason: str, message: str, run: int, sha256: str | None = None) -> bool:
        """Say why a place could not be read; `sha256` is of its bytes when they could be had.

        Returns
        -------
        bool
            Whether the place had a document that it holds no more: see `writing.add_failure`.
        """
        with transaction(self.connection, self.path) as connection:
            return writing.add_failure(connection, source, reason, message, sha256, run)

    def end_failures(self, places: Sequence[str], run: int) -> None:
        """Say that places of which a run heard nothing bad are no failures any more."""
        if places:
            with transaction(self.connection, self.path) as connection:
                writing.end_failures(connection, places, run)


def _named(wanted: str | None, name: str, sha256: str) -> bool:
    return wanted is None or wanted == name or (len(wanted) >= 4 and sha256.startswith(wanted.lower()))
