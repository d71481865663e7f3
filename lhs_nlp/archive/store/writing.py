"""The statements that write: each function runs inside its caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.archive.store.columns import (
    claims_to_bytes,
    compressed,
    finding_values,
    framework_to_json,
    layout_to_bytes,
    now,
    passage_values,
    ranked_findings,
    storable,
    to_json,
    verdict_values,
)
from lhs_nlp.archive.store.types import Source, Tagging
from lhs_nlp.database import insert, insert_all
from lhs_nlp.documents import Document
from lhs_nlp.framework import Framework
from lhs_nlp.passages import Passage
from lhs_nlp.summary import DocumentSummary

_MAY_PASS = frozenset({"not_found", "timeout", "crashed", "out_of_memory"})
"""Reasons of failures that may be over by the next run, though nothing was changed."""


def model_id(connection: Connection, name: str, sha256: str) -> int:
    """Return the key of a model, which is added when it is new."""
    connection.execute("INSERT OR IGNORE INTO models (sha256, name) VALUES (?, ?)", (sha256, storable(name)))
    return int(connection.execute("SELECT id FROM models WHERE sha256 = ?", (sha256,)).fetchone()[0])


def framework_id(connection: Connection, framework: Framework) -> int:
    """Return the key of a framework, which is added when it is new."""
    connection.execute(
        "INSERT OR IGNORE INTO frameworks (sha256, name, version, content) VALUES (?, ?, ?, ?)",
        (framework.sha256, framework.id, storable(framework.version), framework_to_json(framework)),
    )
    found = connection.execute("SELECT id FROM frameworks WHERE sha256 = ?", (framework.sha256,))
    return int(found.fetchone()[0])


def add_document(connection: Connection, document: Document, passages: Sequence[Passage], run: int) -> int:
    """Add a document and its passages; return its key."""
    values = {
        "sha256": document.sha256,
        "format": document.format,
        "title": None if document.title is None else storable(document.title),
        "pages": document.pages,
        "words": document.words,
        "characters": len(document.text),
        "text": compressed(document.text),
        "layout": layout_to_bytes(document),
        "metadata": to_json(dict(document.metadata)),
        "run_id": run,
        "read_at": now(),
    }
    document_key = insert(connection, "documents", values)
    insert_all(connection, "passages", ({"document_id": document_key, **_passage(passage)} for passage in passages))
    return document_key


def _passage(passage: Passage) -> dict[str, object]:
    digest = hashlib.sha256(passage.text.encode("utf-8", "surrogatepass")).hexdigest()
    return {**passage_values(passage), "text": storable(passage.text), "sha256": digest}


def add_source(connection: Connection, source: Source, document_key: int, run: int) -> None:
    """Say where a document is; the place is no failure any more."""
    name, metadata = storable(source.name), to_json(dict(source.metadata))
    connection.execute(
        """
        INSERT INTO sources (name, document_id, metadata, run_id, found_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET document_id = excluded.document_id, metadata = excluded.metadata,
            run_id = excluded.run_id, found_at = excluded.found_at
        WHERE (document_id, metadata) != (excluded.document_id, excluded.metadata)
        """,
        (name, document_key, metadata, run, now()),
    )
    connection.execute("DELETE FROM failures WHERE source = ?", (name,))


def add_failure(connection: Connection, source: str, reason: str, message: str, sha256: str | None, run: int) -> bool:
    """Say why a place could not be read; return whether it lost its document.

    It did when its content is known to be another one, or when it was reached and is not to be had, as it is too
    large, say: nothing tells that it is what it was. If it is, the next run that reads it finds the result. It keeps
    its document where the failure says nothing of the content, see `_MAY_PASS`.
    """
    name = storable(source)
    connection.execute(
        """
        INSERT INTO failures (source, reason, message, sha256, run_id, failed_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (source) DO UPDATE SET reason = excluded.reason, message = excluded.message,
            sha256 = excluded.sha256, run_id = excluded.run_id, failed_at = excluded.failed_at
        """,
        (name, reason, storable(message), sha256, run, now()),
    )
    if sha256 is None and reason in _MAY_PASS:
        return False
    lost = connection.execute(
        """
        DELETE FROM sources
        WHERE name = :name AND (:sha256 IS NULL OR document_id IN (SELECT id FROM documents WHERE sha256 != :sha256))
        """,
        {"name": name, "sha256": sha256},
    )
    return lost.rowcount > 0


def end_failures(connection: Connection, places: Iterable[str], run: int) -> None:
    """Say that places are no failures any more, but for those that a later run tried."""
    connection.executemany(
        "DELETE FROM failures WHERE source = ? AND run_id < ?", ((storable(place), run) for place in places)
    )


def add_summary(
    connection: Connection,
    summary: DocumentSummary,
    claims: NDArray[np.floating],
    document_key: int,
    tagging: Tagging,
    run: int,
) -> None:
    """Add a result: its verdicts and its findings."""
    values = {
        "document_id": document_key,
        "model_id": tagging.model_id,
        "framework_id": tagging.framework_id,
        "text": storable(summary.text),
        "stakeholders": to_json(dict(summary.stakeholders)),
        "claims": claims_to_bytes(claims),
        "run_id": run,
        "tagged_at": now(),
    }
    key = insert(connection, "summaries", values)
    insert_all(connection, "verdicts", ({"summary_id": key, **verdict_values(each)} for each in summary.benefits))
    owner = {"summary_id": key, "document_id": document_key}
    insert_all(connection, "findings", ({**owner, **finding_values(f, rank)} for f, rank in ranked_findings(summary)))
