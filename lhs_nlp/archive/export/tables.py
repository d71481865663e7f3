"""The results of a store as tidy tables: documents, passages or findings, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from lhs_nlp.archive.export.columns import Column, TableName, columns_of
from lhs_nlp.archive.results import DocumentResult, file_metadata_keys, metadata_keys, results, snapshot
from lhs_nlp.archive.store.columns import claims_from_bytes

if TYPE_CHECKING:
    import pandas as pd

    from lhs_nlp.archive.store import Store, Tagging

ROWS = 2_000
"""Rows of a frame: enough to be fast, few enough to be small."""

Row = dict[str, Any]
"""Column to value; a column that is unknown or does not apply may be left out."""

_TYPES = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
_PASSAGES = """
    SELECT position, page, section, start_offset, end_offset, text, sha256 AS passage_sha256
    FROM passages WHERE document_id = ? ORDER BY position
"""
_FINDINGS = """
    SELECT position, page, section, start_offset, end_offset, text, benefit, present, probability, status,
        status_probabilities, claim_probability, claimed, dimension, concepts, stakeholders,
        quotation AS quotation_rank
    FROM findings JOIN passages USING (document_id, position)
    WHERE summary_id = ? ORDER BY findings.rowid
"""
_STATUSES = "SELECT position, benefit, status FROM findings WHERE summary_id = ? AND present"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read once.

    Attributes
    ----------
    name
        `documents`, `passages` or `findings`.
    columns
        Its columns, described.
    rows
        Read from the store as they are asked for; values are text, numbers, booleans, tuples of text
        and times as ISO 8601 in UTC.
    """

    name: TableName
    columns: tuple[Column, ...]
    rows: Iterator[Row]


def table_of(store: Store, tagging: Tagging, name: TableName = "documents") -> Table:
    """Return a table of the results of a model for a framework.

    Parameters
    ----------
    store
        Where the results are. Rows are of one moment, whatever a run adds meanwhile.
    tagging
        Whose results: see `Store.tagging`.
    name
        `documents` has one row a document with its verdicts, `passages` one a passage,
        `findings` one a benefit that is present in a passage.
    """
    with snapshot(store) as connection:
        metadata, file_metadata = metadata_keys(connection, tagging), file_metadata_keys(connection, tagging)
    return Table(name, columns_of(name, tagging.framework, metadata, file_metadata), _rows(store, tagging, name))


def frames(store: Store, tagging: Tagging, name: TableName = "documents", rows: int = ROWS) -> Iterator[pd.DataFrame]:
    """Yield a table in frames of so many rows, each with all columns and the same types.

    Parameters
    ----------
    store, tagging, name
        As for `table_of`.
    rows
        Most rows of a frame.

    Examples
    --------
    >>> with Store("results.sqlite", read_only=True) as store:
    ...     findings = pd.concat(frames(store, store.tagging(), "findings"))
    """
    yield from frames_of(table_of(store, tagging, name), rows)


def frames_of(table: Table, rows: int = ROWS) -> Iterator[pd.DataFrame]:
    """Yield the rows of a table as frames; one without rows when there are none."""
    import pandas as pd

    names = [column.name for column in table.columns]
    types = {column.name: _TYPES[column.type] for column in table.columns if column.type in _TYPES}
    first = True
    while (chunk := list(islice(table.rows, rows))) or first:
        first = False
        frame = pd.DataFrame.from_records(chunk, columns=names).astype(types)
        for column in table.columns:
            if column.type == "time":
                frame[column.name] = pd.to_datetime(frame[column.name], utc=True).astype("datetime64[us, UTC]")
        yield frame


def _rows(store: Store, tagging: Tagging, name: TableName) -> Iterator[Row]:
    of_document = {"documents": _document_row, "passages": _passage_rows, "findings": _finding_rows}[name]
    with snapshot(store) as connection:
        for result in results(connection, tagging):
            yield from of_document(connection, result, tagging)


def _about(result: DocumentResult, tagging: Tagging) -> Row:
    return {"document_id": result.sha256[:16], "source": result.sources[0].name, "model": tagging.model}


def _document_row(connection: Connection, result: DocumentResult, tagging: Tagging) -> Iterator[Row]:
    yield {
        **_about(result, tagging),
        "places": len(result.sources),
        **{name: getattr(result, name) for name in _DOCUMENT},
        **{name: value for benefit in result.benefits for name, value in _benefit(benefit, result).items()},
        "stakeholders": tuple(result.stakeholders),
        **{f"metadata_{key}": value for key, value in result.metadata.items()},
        **{f"file_{key}": value for key, value in result.file_metadata.items()},
        "model_sha256": tagging.model_sha256,
        "framework": tagging.framework.id,
        "framework_version": tagging.framework.version,
    }


_DOCUMENT = (
    *("title", "format", "pages", "words", "characters", "passages", "summary"),
    *("sha256", "read_at", "tagged_at"),
)


def _benefit(benefit: str, result: DocumentResult) -> Row:
    found = result.benefits[benefit]
    return {
        f"{benefit}_verdict": found.verdict,
        f"{benefit}_confidence": _rounded(found.confidence),
        **{f"{benefit}_n_{status}": count for status, count in found.statuses.items()},
        f"{benefit}_concepts": found.concepts,
        f"{benefit}_quotation": found.quotation and found.quotation.text,
        f"{benefit}_quotation_page": found.quotation and found.quotation.page,
    }


def _passage_rows(connection: Connection, result: DocumentResult, tagging: Tagging) -> Iterator[Row]:
    benefits = tagging.framework.benefit_ids
    (claims,) = connection.execute("SELECT claims FROM summaries WHERE id = ?", (result.summary_id,)).fetchone()
    statuses: dict[int, dict[str, str]] = {}
    for found in connection.execute(_STATUSES, (result.summary_id,)):
        statuses.setdefault(found["position"], {})[f"{found['benefit']}_status"] = found["status"]
    probabilities = claims_from_bytes(claims, len(benefits))
    for row in connection.execute(_PASSAGES, (result.key,)):
        claimed = zip(benefits, probabilities[row["position"]].tolist(), strict=True)
        yield {
            **_about(result, tagging),
            **dict(row),
            **{f"{benefit}_claim_probability": _rounded(value) for benefit, value in claimed},
            **statuses.get(row["position"], {}),
        }


def _finding_rows(connection: Connection, result: DocumentResult, tagging: Tagging) -> Iterator[Row]:
    for row in connection.execute(_FINDINGS, (result.summary_id,)):
        found = dict(row)
        probabilities: Mapping[str, float] = json.loads(found.pop("status_probabilities"))
        yield {
            **_about(result, tagging),
            **found,
            "present": bool(found["present"]),
            "probability": _rounded(found["probability"]),
            **{f"p_{status}": _rounded(value) for status, value in probabilities.items()},
            "claim_probability": _rounded(found["claim_probability"]),
            "claimed": bool(found["claimed"]),
            "concepts": tuple(json.loads(found["concepts"])),
            "stakeholders": tuple(json.loads(found["stakeholders"])),
        }


def _rounded(probability: float) -> float:
    return round(probability, 4)
