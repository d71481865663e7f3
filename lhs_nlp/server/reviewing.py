"""A document and its review as the pages and the API share them: read at a desk, and decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import HTTPException

from lhs_nlp.corrections import ConflictError, Decision, Desk, Proposal, Review, decide, decisions, review_of
from lhs_nlp.server.sessions import desk_of

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredSummary
    from lhs_nlp.server.workbench import Workbench


def review_at(bench: Workbench, who: str, sha256: str) -> tuple[StoredSummary, Review]:
    """Return a document's result and how it stands after the decisions that a reviewer may see.

    Raises
    ------
    HTTPException
        404: the store holds no such document.
    """
    library = bench.library
    with library.reading() as store:
        stored = _stored(bench, store, sha256)
        decided = decisions(store, sha256, library.tagging, desk_of(bench, who))
    return stored, review_of(stored.summary.candidates, decided, library.tagging.framework)


def stored_decision(
    bench: Workbench, sha256: str, desk: Desk, proposal: Proposal, *, model: str | None = None
) -> Decision:
    """Write a decision and count it.

    Parameters
    ----------
    bench, sha256, desk, proposal
        What is decided, of which document, by whom.
    model
        Hash of the model whose results the reviewer was shown; None when that is not said.

    Raises
    ------
    HTTPException
        404: the store holds no such document.
    ConflictError, NotBlindError, CorrectionError
        As of `decide`.
    """
    library = bench.library
    if model not in (None, library.tagging.model_sha256):
        bench.meters.conflicts.inc()
        raise ConflictError(
            "The results of another model are shown since you have loaded the page; nothing was written. Look again."
        )
    with library.writing() as store:
        stored = _stored(bench, store, sha256)
        try:
            decision = decide(store, stored, library.tagging, desk, proposal)
        except ConflictError:
            bench.meters.conflicts.inc()
            raise
    bench.meters.decisions.labels(decision.action).inc()
    return decision


def _stored(bench: Workbench, store: Store, sha256: str) -> StoredSummary:
    stored = bench.library.summary(store, sha256)
    if stored is None:
        raise HTTPException(404, "The store holds no such document.")
    return stored
