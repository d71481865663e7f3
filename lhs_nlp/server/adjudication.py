"""The page where reviewers who differ are brought together, for the adjudicator who decides between them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.status import HTTP_303_SEE_OTHER

from lhs_nlp.corrections import Proposal, compare_reviewers, reviewers_of
from lhs_nlp.server.listing import last_page
from lhs_nlp.server.pages import common_values
from lhs_nlp.server.reviewing import stored_decision
from lhs_nlp.server.sessions import FromOurPage, Reviewer, desk_of
from lhs_nlp.server.templates import rendered
from lhs_nlp.server.workbench import Bench

PER_PAGE = 50
"""Differences of a page."""

router = APIRouter(include_in_schema=False)


@router.get("/agreement")
def agreement(
    request: Request,
    bench: Bench,
    who: Reviewer,
    first: str = "",
    second: str = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """Show how far two reviewers agree, and each passage on which they do not.

    It is for the adjudicator. Only documents are shown that both have read to their end, so that
    neither review is swayed; a third reviewer who has yet to read them would be.
    """
    library = bench.library
    with library.reading() as store:
        finished = reviewers_of(store, library.tagging)
        pairs = Counter(pair for names in finished.values() for pair in combinations(names, 2))
        pair = (first, second) if (first, second) in pairs else next(iter(pairs), None)
        comparison = compare_reviewers(store, library.tagging, *pair, known=bench.compared) if pair else None
    differences = comparison.differences if comparison else ()
    last = last_page(len(differences), PER_PAGE)
    page = min(page, last)
    shown = {
        "pairs": pairs,
        "pair": pair,
        "comparison": comparison,
        "differences": differences[(page - 1) * PER_PAGE : page * PER_PAGE],
        "page": page,
        "last": last,
    }
    return rendered(request, "agreement.html.jinja", {**common_values(bench), **shown}, who=who)


@router.post("/documents/{sha256}/adjudications", dependencies=[FromOurPage])
def adjudicate(
    bench: Bench,
    who: Reviewer,
    sha256: str,
    position: Annotated[int, Form()],
    benefit: Annotated[str, Form()],
    seen: Annotated[int, Form(ge=0)],
    first: Annotated[str, Form()],
    second: Annotated[str, Form()],
    page: Annotated[int, Form(ge=1)] = 1,
    status: Annotated[str, Form()] = "",
    comment: Annotated[str | None, Form()] = None,
    model: Annotated[str | None, Form()] = None,
) -> RedirectResponse:
    """Decide between two reviewers; no status stands for an absent benefit.

    Who does so cannot review the document blind any more.
    """
    proposal = Proposal("status" if status else "reject", seen, position, benefit, status or None, comment=comment)
    stored_decision(bench, sha256, desk_of(bench, who, "adjudication"), proposal, model=model)
    query = urlencode({"first": first, "second": second, "page": page})
    return RedirectResponse(f"/agreement?{query}#d{sha256[:12]}-{position}-{benefit}", HTTP_303_SEE_OTHER)
