"""Read a store as rows that two stores can be compared by: without keys, times and runs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_QUERIES = {
    "models": "SELECT sha256, name FROM models",
    "frameworks": "SELECT sha256, name, version, content FROM frameworks",
    "documents": """
        SELECT sha256, format, title, pages, words, characters, hex(text), hex(layout), metadata FROM documents
    """,
    "sources": """
        SELECT sources.name, sha256, sources.metadata FROM sources JOIN documents ON documents.id = document_id
    """,
    "passages": """
        SELECT documents.sha256, position, start_offset, end_offset, page, section, passages.text, passages.sha256
        FROM passages JOIN documents ON documents.id = document_id
    """,
    "summaries": """
        SELECT documents.sha256, models.sha256, frameworks.sha256, summaries.text, stakeholders, hex(claims)
        FROM summaries JOIN documents ON documents.id = document_id
        JOIN models ON models.id = model_id JOIN frameworks ON frameworks.id = framework_id
    """,
    "verdicts": """
        SELECT documents.sha256, models.sha256, benefit, verdict, confidence, statuses, concepts, verdicts.stakeholders
        FROM verdicts JOIN summaries ON summaries.id = summary_id
        JOIN documents ON documents.id = document_id JOIN models ON models.id = model_id
    """,
    "findings": """
        SELECT documents.sha256, models.sha256, position, benefit, probability, present, status, status_probabilities,
            claim_probability, claimed, dimension, concepts, findings.stakeholders, quotation
        FROM findings JOIN summaries ON summaries.id = summary_id
        JOIN documents ON documents.id = summaries.document_id JOIN models ON models.id = model_id
    """,
    "failures": "SELECT source, reason, message, sha256 FROM failures",
}


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table in a fixed order, after a check that the store is whole."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {table: sorted(connection.execute(query), key=repr) for table, query in _QUERIES.items()}
    finally:
        connection.close()
