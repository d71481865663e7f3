"""The log of decisions: appended to when nobody was faster, never changed."""

from __future__ import annotations

from sqlite3 import Connection, Row
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.columns import now, storable
from lhs_nlp.archive.store.connection import transaction, translated_errors
from lhs_nlp.corrections.case import Case, comment_of
from lhs_nlp.corrections.errors import NotBlindError
from lhs_nlp.corrections.types import Decision, Desk, Proposal
from lhs_nlp.database import insert

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
_HAS_DECIDED_BETWEEN = "SELECT 1 FROM decisions WHERE summary_id = ? AND role = 'adjudication' AND reviewer = ?"


def decisions(store: Store, sha256: str, tagging: Tagging, desk: Desk) -> list[Decision]:
    """Return the decisions on a document that count at a desk, the latest last."""
    with translated_errors(store.path):
        keys = store.connection.execute(_KEYS, (sha256, tagging.model_id, tagging.framework_id)).fetchone()
        return _decisions(store.connection, keys["summary_id"], desk) if keys else []


def decisions_known(
    store: Store, sha256: str, tagging: Tagging, reviewer: str, until: int | None = None
) -> list[Decision]:
    """Return the decisions from which a reviewer's own view of a document follows, the latest last.

    Who reviews blind knows their own alone. Who does not is shown those of all, and lets stand what they do
    not change: what the others had decided before the reviewer's last decision is then part of the view.

    Parameters
    ----------
    store, sha256, tagging
        The document, and whose results were reviewed.
    reviewer
        The name.
    until
        Number of the last decision that counts; None for all.
    """
    own = decisions(store, sha256, tagging, Desk(reviewer, blind=True))
    counted = [decision for decision in own if until is None or decision.id <= until]
    if all(decision.blind for decision in counted):
        return counted
    shown = decisions(store, sha256, tagging, Desk(reviewer))
    return [decision for decision in shown if decision.id <= counted[-1].id]


def decide(store: Store, stored: StoredSummary, tagging: Tagging, desk: Desk, proposal: Proposal) -> Decision:
    """Write a decision, unless somebody decided on the same after it was shown.

    Raises
    ------
    ConflictError
        What was shown is out of date; nothing was written.
    NotBlindError
        The reviewer decided between others here, and would now review blind; nothing was written.
    CorrectionError
        The decision does not fit the document, the framework, or what was decided before.
    """
    sha256 = stored.summary.document.sha256
    with transaction(store.connection, store.path) as connection:
        keys = connection.execute(_KEYS, (sha256, tagging.model_id, tagging.framework_id)).fetchone()
        _check_blind(connection, keys["summary_id"], desk)
        decided = _decisions(connection, keys["summary_id"], desk)
        case = Case(stored.summary.candidates, stored.summary.passages, decided, tagging.framework, desk)
        values = {
            **dict(keys),
            "reviewer": storable(desk.reviewer),
            "role": desk.role,
            "blind": int(desk.only is not None),
            "comment": comment_of(proposal),
            "decided_at": now(),
            **case.values(proposal),
        }
        row = connection.execute("SELECT * FROM decisions WHERE id = ?", (insert(connection, "decisions", values),))
        return _decision(row.fetchone())


def _decisions(connection: Connection, summary_id: int, desk: Desk) -> list[Decision]:
    rows = connection.execute(_DECISIONS, (summary_id, desk.role, desk.only, desk.only))
    return [_decision(row) for row in rows]


def _decision(row: Row) -> Decision:
    return Decision(**{**dict(row), "blind": bool(row["blind"])})


def _check_blind(connection: Connection, summary_id: int, desk: Desk) -> None:
    """Refuse a blind review by who has seen the differences of others: who decided between them."""
    if desk.only is None:
        return
    if connection.execute(_HAS_DECIDED_BETWEEN, (summary_id, storable(desk.reviewer))).fetchone():
        raise NotBlindError(
            "You decided between reviewers of this document, so you can no longer review it blind; "
            "nothing was written. Leave its review to others."
        )
