"""The statements that read: documents and summaries are rebuilt without their files."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from sqlite3 import Connection, Row

from lhs_nlp.archive.store.columns import (
    benefit_from_row,
    claims_from_bytes,
    document_from_row,
    finding_from_row,
    framework_from_json,
    passage_from_row,
    storable,
    to_json,
)
from lhs_nlp.archive.store.types import Run, Source, StoredFailure, StoredSummary, Tagging
from lhs_nlp.documents import Document
from lhs_nlp.finding import Finding
from lhs_nlp.passages import Passage
from lhs_nlp.summary import DocumentSummary

_TAGGINGS = """
    SELECT models.id AS model_id, models.name AS model, models.sha256 AS model_sha256,
        frameworks.id AS framework_id, frameworks.content AS content
    FROM (SELECT model_id, framework_id, max(id) AS newest FROM summaries GROUP BY model_id, framework_id) AS results
    JOIN models ON models.id = results.model_id
    JOIN frameworks ON frameworks.id = results.framework_id
    ORDER BY newest
"""
_RUNS = """
    SELECT runs.id, models.name AS model, frameworks.name AS framework, runs.version, named, started_at, finished_at,
        outcome, tagged, skipped, failed
    FROM runs
    JOIN models ON models.id = runs.model_id
    JOIN frameworks ON frameworks.id = runs.framework_id
    ORDER BY runs.id
"""
# Ordered by place, so that the same store gives the same order whoever wrote it first.
_DOCUMENTS = """
    SELECT summaries.document_id
    FROM summaries LEFT JOIN sources ON sources.document_id = summaries.document_id
    WHERE model_id = ? AND framework_id = ?
    GROUP BY summaries.document_id HAVING ? OR count(sources.name)
    ORDER BY min(sources.name), summaries.document_id
"""
_LACKING = """
    SELECT model_id, framework_id, count(DISTINCT document_id) AS documents
    FROM summaries JOIN sources USING (document_id)
    WHERE document_id NOT IN (SELECT document_id FROM summaries WHERE model_id = ? AND framework_id = ?)
    GROUP BY model_id, framework_id
"""
_SUMMARY = "SELECT * FROM summaries WHERE document_id = ? AND model_id = ? AND framework_id = ?"


def taggings(connection: Connection) -> list[Tagging]:
    """Return which models found something for which frameworks, the newest last."""
    return [
        Tagging(
            row["model_id"],
            row["framework_id"],
            row["model"],
            row["model_sha256"],
            framework_from_json(row["content"]),
        )
        for row in connection.execute(_TAGGINGS)
    ]


def document_id(connection: Connection, sha256: str) -> int | None:
    """Return the key of a document; None when it is not there."""
    row = connection.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else int(row[0])


def has_passages(connection: Connection, document_key: int, passages: Sequence[Passage]) -> bool:
    """Return whether these are the passages that are stored of a document."""
    asked = "SELECT start_offset, end_offset FROM passages WHERE document_id = ? ORDER BY position"
    stored = connection.execute(asked, (document_key,)).fetchall()
    return [tuple(row) for row in stored] == [(passage.start, passage.end) for passage in passages]


def has_summary(connection: Connection, document_key: int, tagging: Tagging) -> bool:
    """Return whether a document was tagged by a model for a framework."""
    found = connection.execute(
        "SELECT 1 FROM summaries WHERE document_id = ? AND model_id = ? AND framework_id = ?",
        (document_key, tagging.model_id, tagging.framework_id),
    )
    return found.fetchone() is not None


def document_keys(connection: Connection, tagging: Tagging, *, history: bool = False) -> list[int]:
    """Return keys of the documents that were tagged, in the order of their first sources."""
    values = (tagging.model_id, tagging.framework_id, history)
    return [int(row[0]) for row in connection.execute(_DOCUMENTS, values)]


def lacking(connection: Connection, tagging: Tagging) -> Counter[tuple[int, int]]:
    """Count the documents that a tagging lacks, by the keys of the models and frameworks that have them."""
    rows = connection.execute(_LACKING, (tagging.model_id, tagging.framework_id))
    return Counter({(row["model_id"], row["framework_id"]): row["documents"] for row in rows})


def sources(connection: Connection, document_key: int) -> tuple[Source, ...]:
    """Return where a document is, in the order of names."""
    rows = connection.execute("SELECT name, metadata FROM sources WHERE document_id = ? ORDER BY name", (document_key,))
    return tuple(Source(row["name"], json.loads(row["metadata"])) for row in rows)


def metadata(connection: Connection, document_key: int) -> dict[str, str]:
    """Return what the places of a document say of it.

    Where they differ, what the latest run found counts: a table that was corrected, and has another name now. Of
    the places of one run the first counts.
    """
    rows = connection.execute(
        "SELECT metadata FROM sources WHERE document_id = ? ORDER BY run_id, name DESC", (document_key,)
    )
    return {key: value for (told,) in rows for key, value in json.loads(told).items()}


def document(connection: Connection, document_key: int, source: str) -> tuple[Document, tuple[Passage, ...]]:
    """Return a document and its passages."""
    row = connection.execute("SELECT * FROM documents WHERE id = ?", (document_key,)).fetchone()
    found = document_from_row(row, source)
    passages = connection.execute("SELECT * FROM passages WHERE document_id = ? ORDER BY position", (document_key,))
    return found, tuple(passage_from_row(passage, found.text) for passage in passages)


def stored_summary(connection: Connection, document_key: int, tagging: Tagging) -> StoredSummary | None:
    """Return a document's result; None when the model did not tag it."""
    row = connection.execute(_SUMMARY, (document_key, tagging.model_id, tagging.framework_id)).fetchone()
    if row is None:
        return None
    places = sources(connection, document_key)
    name = places[0].name if places else ""
    read, passages = document(connection, document_key, name)
    summary = _summary(connection, row, read, passages, tagging)
    claims = claims_from_bytes(row["claims"], len(tagging.framework.benefits))
    return StoredSummary(summary, places, claims, row["tagged_at"], metadata(connection, document_key))


def _summary(
    connection: Connection, row: Row, read: Document, passages: tuple[Passage, ...], tagging: Tagging
) -> DocumentSummary:
    findings: list[Finding] = []
    evidence: dict[str, dict[int, Finding]] = defaultdict(dict)
    for each in connection.execute("SELECT * FROM findings WHERE summary_id = ? ORDER BY rowid", (row["id"],)):
        finding = finding_from_row(each, passages)
        if finding.present:
            findings.append(finding)
        if each["quotation"] is not None:
            evidence[finding.benefit][each["quotation"]] = finding
    verdicts = connection.execute("SELECT * FROM verdicts WHERE summary_id = ?", (row["id"],))
    by_benefit = {each["benefit"]: benefit_from_row(each, evidence[each["benefit"]]) for each in verdicts}
    return DocumentSummary(
        document=read,
        passages=passages,
        findings=tuple(findings),
        benefits=tuple(by_benefit[benefit] for benefit in tagging.framework.benefit_ids),
        text=row["text"],
        stakeholders={who: tuple(offered) for who, offered in json.loads(row["stakeholders"]).items()},
        framework=tagging.framework,
        model_id=tagging.model,
        model_sha256=tagging.model_sha256,
    )


def failures(connection: Connection) -> Iterator[StoredFailure]:
    """Yield the places that could not be read, in the order of names."""
    for row in connection.execute("SELECT * FROM failures ORDER BY source"):
        yield StoredFailure(row["source"], row["reason"], row["message"], row["sha256"], row["failed_at"])


def runs(connection: Connection) -> list[Run]:
    """Return all runs, the newest last."""
    return [Run(**{**dict(row), "named": tuple(json.loads(row["named"]))}) for row in connection.execute(_RUNS)]


def is_known(connection: Connection, sha256: str, source: Source) -> bool:
    """Return whether the store says already that this document is here, and is no failure."""
    row = connection.execute(
        """
        SELECT sources.metadata AS metadata FROM sources JOIN documents ON documents.id = document_id
        WHERE sources.name = ? AND sha256 = ? AND sources.name NOT IN (SELECT source FROM failures)
        """,
        (storable(source.name), sha256),
    ).fetchone()
    return row is not None and row["metadata"] == to_json(dict(source.metadata))
