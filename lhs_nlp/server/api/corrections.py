"""Write decisions, read them, and take them away to learn from."""

from __future__ import annotations

import json

from fastapi import APIRouter
from fastapi.responses import Response

from lhs_nlp.archive.store.columns import storable
from lhs_nlp.corrections import Proposal, labelled
from lhs_nlp.server.api.schemas import PREFIX, DecisionIn, DecisionOut, Fault, ReviewOut, Sha256, Unfit
from lhs_nlp.server.reviewing import review_at, stored_decision
from lhs_nlp.server.sessions import Reviewer, desk_of
from lhs_nlp.server.workbench import Bench

_REFUSALS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "A token is needed"},
    404: {"model": Fault, "description": "No such document"},
    422: {"model": Unfit, "description": "It does not fit"},
}

router = APIRouter(prefix=PREFIX, tags=["corrections"], responses=_REFUSALS)


@router.get("/documents/{sha256}/decisions")
def read_decisions(bench: Bench, who: Reviewer, sha256: Sha256) -> ReviewOut:
    """Return what was decided on a document, and what follows from it."""
    _, review = review_at(bench, who, sha256)
    return ReviewOut.of(review)


@router.post(
    "/documents/{sha256}/decisions",
    status_code=201,
    responses={
        400: {"model": Fault, "description": "The request is malformed"},
        409: {
            "model": Fault,
            "description": "Nothing was written: somebody was faster, or you cannot review it blind",
        },
    },
)
def write_decision(bench: Bench, who: Reviewer, sha256: Sha256, sent: DecisionIn) -> DecisionOut:
    """Write a decision, unless somebody decided on the same after `seen`, or another `model` is shown now.

    Who has decided between reviewers of a document (`adjudication`) cannot review it blind any more.
    """
    proposal = Proposal(sent.action, sent.seen, sent.position, sent.benefit, sent.status, sent.words, sent.comment)
    return DecisionOut.of(stored_decision(bench, sha256, desk_of(bench, who, sent.role), proposal, model=sent.model))


@router.get(
    "/corrections",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
def export_corrections(bench: Bench, who: Reviewer) -> Response:
    """Return what was decided as labelled passages, a JSON object a line: `evaluate` and `learn` read them."""
    library = bench.library
    with library.reading() as store:
        passages = list(labelled(store, library.tagging, blind=bench.settings.blind))
    lines = "".join(f"{json.dumps(passage, ensure_ascii=False)}\n" for passage in passages)
    disposition = {"content-disposition": 'attachment; filename="corrections.jsonl"'}
    return Response(storable(lines), media_type="application/x-ndjson", headers=disposition)
