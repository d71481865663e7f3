"""Read what the store holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from lhs_nlp.server.api.schemas import (
    PREFIX,
    DocumentOut,
    DocumentResult,
    DocumentsOut,
    Fault,
    ReviewOut,
    Sha256,
    Unfit,
    result_out,
)
from lhs_nlp.server.listing import Filters, listing
from lhs_nlp.server.reviewing import review_at
from lhs_nlp.server.sessions import Reviewer, desk_of
from lhs_nlp.server.workbench import Bench
from lhs_nlp.summary import Verdict

_REFUSALS: dict[int | str, dict[str, object]] = {
    401: {"model": Fault, "description": "A token is needed"},
    422: {"model": Unfit, "description": "It does not fit"},
}

router = APIRouter(prefix=PREFIX, tags=["results"], responses=_REFUSALS)


@router.get("/documents")
def list_documents(
    bench: Bench,
    who: Reviewer,
    benefit: str | None = None,
    verdict: Verdict | None = None,
    status: str | None = None,
    text: Annotated[str | None, Query(max_length=500)] = None,
    page: Annotated[int, Query(ge=1, le=10_000_000)] = 1,
) -> DocumentsOut:
    """List documents by benefit, verdict, status and words in the text, fifty a page."""
    framework = bench.library.tagging.framework
    _check(benefit, framework.benefit_ids, "benefit")
    _check(status, framework.status_ids, "status")
    if text:
        bench.library.prepare_search()
    with bench.library.reading() as store:
        only = desk_of(bench, who).only
        found = listing(
            store.connection, bench.library.tagging, Filters(benefit, verdict, status, text or None), page, only
        )
    documents = [DocumentOut.of(document) for document in found.documents]
    return DocumentsOut(total=found.total, page=found.page, last_page=found.last, documents=documents)


@router.get("/documents/{sha256}", responses={404: {"model": Fault, "description": "No such document"}})
def read_document(bench: Bench, who: Reviewer, sha256: Sha256, passages: bool = False) -> DocumentResult:
    """Return a document's result, with all its passages when asked for, and how it stands after review."""
    stored, review = review_at(bench, who, sha256)
    return DocumentResult(result=result_out(stored.summary, passages=passages), review=ReviewOut.of(review))


def _check(value: str | None, known: tuple[str, ...], what: str) -> None:
    if value is not None and value not in known:
        raise HTTPException(422, f"The {what} must be one of {', '.join(known)}.")
