"""The log of decisions: appended to when nobody was faster, never changed."""

from __future__ import annotations

from sqlite3 import Connection
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.columns import now, storable
from lhs_nlp.archive.store.connection import sentences, transaction
from lhs_nlp.archive.store.writing import insert
from lhs_nlp.corrections.case import Case, comment_of
from lhs_nlp.corrections.types import Decision, Desk, Proposal

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary, Tagging

_KEYS = """
    SELECT summaries.id AS summary_id, document_id FROM summaries JOIN documents ON documents.id = document_id
    WHERE sha256 = ? AND model_id = ? AND framework_id = ?
"""
_DECISIONS = """
    SELECT * FROM decisions
    WHERE summary_id = ? AND role = ? AND (? IS NULL OR reviewer = ?) ORDER BY id
"""


def decisions(store: Store, sha256: str, tagging: Tagging, desk: Desk) -> list[Decision]:
    """Return the decisions on a document that count at a desk, the latest last."""
    with sentences(store.path):
        keys = store.connection.execute(_KEYS, (sha256, tagging.model_id, tagging.framework_id)).fetchone()
        return _decisions(store.connection, keys["summary_id"], desk) if keys else []


def decide(store: Store, stored: StoredSummary, tagging: Tagging, desk: Desk, proposal: Proposal) -> Decision:
    """Write a decision, unless somebody decided on the same after it was shown.

    Raises
    ------
    ConflictError
        What was shown is out of date; nothing was written.
    CorrectionError
        The decision does not fit the document, the framework, or what was decided before.
    """
    found = [*stored.summary.findings, *(one for benefit in stored.summary.benefits for one in benefit.evidence)]
    sha256 = stored.summary.document.sha256
    with transaction(store.connection, store.path) as connection:
        keys = connection.execute(_KEYS, (sha256, tagging.model_id, tagging.framework_id)).fetchone()
        decided = _decisions(connection, keys["summary_id"], desk)
        case = Case(found, stored.summary.passages, decided, tagging.framework, desk)
        values = {
            **dict(keys),
            "reviewer": storable(desk.reviewer),
            "role": desk.role,
            "comment": comment_of(proposal),
            "decided_at": now(),
            **case.values(proposal),
        }
        row = connection.execute("SELECT * FROM decisions WHERE id = ?", (insert(connection, "decisions", values),))
        return Decision(**dict(row.fetchone()))


def undo(store: Store, stored: StoredSummary, tagging: Tagging, desk: Desk, seen: int) -> Decision:
    """Take back the latest decision of this reviewer on a document, whatever it was on.

    Parameters
    ----------
    store, stored, tagging, desk
        As for `decide`.
    seen
        The document's version that was shown, `Review.version`.

    Raises
    ------
    ConflictError
        Somebody decided on the document since.
    CorrectionError
        There is nothing to take back.
    """
    return decide(store, stored, tagging, desk, Proposal("undo", seen))


def _decisions(connection: Connection, summary_id: int, desk: Desk) -> list[Decision]:
    rows = connection.execute(_DECISIONS, (summary_id, desk.role, desk.only, desk.only))
    return [Decision(**dict(row)) for row in rows]
