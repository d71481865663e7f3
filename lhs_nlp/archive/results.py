"""What a store holds of each document but its text: what exports and reports are made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from sqlite3 import Connection, ProgrammingError, Row
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.columns import storable
from lhs_nlp.archive.store.connection import translated_errors
from lhs_nlp.archive.store.reading import document_keys, metadata, sources
from lhs_nlp.archive.store.types import Source, Tagging

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store
    from lhs_nlp.summary import Verdict

_RESULT = """
    SELECT documents.id, sha256, format, title, pages, words, characters, metadata, read_at,
        summaries.id AS summary_id, summaries.text AS summary, stakeholders, tagged_at,
        (SELECT count(*) FROM passages WHERE passages.document_id = documents.id) AS passages
    FROM documents JOIN summaries ON summaries.document_id = documents.id
    WHERE documents.id = ? AND model_id = ? AND framework_id = ?
"""
_QUOTATIONS = """
    SELECT findings.benefit, status, present, claimed, claim_probability, page, section, text, sha256
    FROM findings JOIN passages USING (document_id, position)
    WHERE summary_id = ? AND quotation = 1
"""
_METADATA = """
    SELECT sources.metadata FROM sources JOIN summaries USING (document_id)
    WHERE model_id = ? AND framework_id = ? ORDER BY sources.rowid
"""
_FILE_METADATA = """
    SELECT DISTINCT documents.metadata FROM documents JOIN summaries ON document_id = documents.id
    WHERE model_id = ? AND framework_id = ? AND document_id IN (SELECT document_id FROM sources)
"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The best quotation of a benefit in a document; `sha256` is of its text."""

    benefit: str
    status: str
    present: bool
    claimed: bool
    claim_probability: float
    page: int | None
    section: str | None
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class BenefitResult:
    """What was found of one benefit in a document: see the table `verdicts` in `schema.sql`."""

    verdict: Verdict
    confidence: float
    statuses: Mapping[str, int]
    concepts: tuple[str, ...]
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What was found in a document, and what is known of it.

    Attributes
    ----------
    key, summary_id
        Keys in the tables `documents` and `summaries`.
    sources
        Where it is, in the order of names; never empty.
    metadata
        What the sources say of the document; where they differ, what the latest run found counts.
    file_metadata
        What the file says of itself.
    benefits
        Every benefit of the framework, in its order.
    stakeholders
        Stakeholder to the benefits that are claimed for them.

    The other attributes are the columns of the same names.
    """

    key: int
    summary_id: int
    sha256: str
    sources: tuple[Source, ...]
    format: str
    title: str | None
    pages: int | None
    words: int
    characters: int
    passages: int
    metadata: Mapping[str, str]
    file_metadata: Mapping[str, str]
    summary: str
    benefits: Mapping[str, BenefitResult]
    stakeholders: Mapping[str, tuple[str, ...]]
    read_at: str
    tagged_at: str


@contextmanager
def snapshot(store: Store) -> Iterator[Connection]:
    """Read a store as it is now, whatever a run adds to it meanwhile."""
    connection = store.connection
    with translated_errors(store.path):
        begun = not connection.in_transaction
        if begun:
            connection.execute("BEGIN")
        try:
            yield connection
        finally:
            # Who leaves a table half read may have closed the store, and with it the snapshot.
            with suppress(ProgrammingError):
                if begun and connection.in_transaction:
                    connection.execute("ROLLBACK")


def results(connection: Connection, tagging: Tagging) -> Iterator[DocumentResult]:
    """Yield the result of each document that is still somewhere, in the order of first sources."""
    for key in document_keys(connection, tagging):
        yield _result(connection, key, tagging)


def metadata_keys(connection: Connection, tagging: Tagging) -> list[str]:
    """Return what the sources' metadata tell of, as they were found: the columns of a table, say."""
    return list(_keys(connection, _METADATA, tagging))


def file_metadata_keys(connection: Connection, tagging: Tagging) -> list[str]:
    """Return what files say of themselves, e.g. ``author``."""
    return sorted(_keys(connection, _FILE_METADATA, tagging))


def _keys(connection: Connection, query: str, tagging: Tagging) -> dict[str, None]:
    keys: dict[str, None] = {}
    for (text,) in connection.execute(query, (tagging.model_id, tagging.framework_id)):
        keys.update(dict.fromkeys(_storable(json.loads(text))))
    return keys


def _storable(known: Mapping[str, str]) -> dict[str, str]:
    """Return metadata without what UTF-8 cannot hold: in the store's JSON that is escaped."""
    return {storable(key): storable(value) for key, value in known.items()}


def _result(connection: Connection, key: int, tagging: Tagging) -> DocumentResult:
    row = connection.execute(_RESULT, (key, tagging.model_id, tagging.framework_id)).fetchone()
    quotations = {
        each["benefit"]: Quotation(**{**dict(each), **{name: bool(each[name]) for name in ("present", "claimed")}})
        for each in connection.execute(_QUOTATIONS, (row["summary_id"],))
    }
    verdicts = connection.execute("SELECT * FROM verdicts WHERE summary_id = ?", (row["summary_id"],))
    found = {each["benefit"]: _benefit(each, quotations.get(each["benefit"])) for each in verdicts}
    return DocumentResult(
        key=row["id"],
        summary_id=row["summary_id"],
        sha256=row["sha256"],
        sources=sources(connection, key),
        format=row["format"],
        title=row["title"],
        pages=row["pages"],
        words=row["words"],
        characters=row["characters"],
        passages=row["passages"],
        metadata=_storable(metadata(connection, key)),
        file_metadata=_storable(json.loads(row["metadata"])),
        summary=row["summary"],
        benefits={benefit: found[benefit] for benefit in tagging.framework.benefit_ids},
        stakeholders={who: tuple(offered) for who, offered in json.loads(row["stakeholders"]).items()},
        read_at=row["read_at"],
        tagged_at=row["tagged_at"],
    )


def _benefit(row: Row, quotation: Quotation | None) -> BenefitResult:
    return BenefitResult(
        verdict=row["verdict"],
        confidence=row["confidence"],
        statuses=json.loads(row["statuses"]),
        concepts=tuple(json.loads(row["concepts"])),
        quotation=quotation,
    )
