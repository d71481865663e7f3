"""Conflicts between screeners, and deciding between them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from lhs_nlp.review.project.types import Choice
from lhs_nlp.review.screening.decisions import criteria
from lhs_nlp.review.screening.rule import conflicts, resolve
from lhs_nlp.server.screening.desk import Bench
from lhs_nlp.server.screening.pages import LONGEST_REASON, STAGE, Number, Reason, known_criterion
from lhs_nlp.server.screening.sheet import sheet_of
from lhs_nlp.server.sessions import FromOurPage, Reviewer
from lhs_nlp.server.templates import rendered

SHOWN = 25
"""Conflicts of a page: those that are settled make room for the next."""

router = APIRouter(include_in_schema=False)


@router.get("/conflicts")
def show_conflicts(request: Request, bench: Bench, who: Reviewer) -> HTMLResponse:
    """Show publications on which screeners differ, with what each of them said."""
    desk = bench.desk
    with desk.opened() as project:
        found = conflicts(project, STAGE)
        publications = [desk.publication(project, conflict.publication) for conflict in found[:SHOWN]]
        known = criteria(project)
    values = {
        "conflicts": [
            (sheet_of(publication, desk.result(publication)), conflict)
            for publication, conflict in zip(publications, found, strict=False)
        ],
        "all": len(found),
        "criteria": known,
        "texts": {each.id: each.text for each in known},
        "longest_reason": LONGEST_REASON,
    }
    return rendered(request, "screening_conflicts.html.jinja", values, who=who)


@router.post("/conflicts/{number}", dependencies=[FromOurPage])
def settle(
    bench: Bench,
    who: Reviewer,
    number: int,
    choice: Annotated[Choice, Form()],
    criterion: Number = None,
    reason: Reason = "",
) -> Response:
    """Decide between screeners, in one's own name."""
    with bench.desk.opened() as project:
        publication = bench.desk.publication(project, number)
        known_criterion(project, criterion)
        # Somebody else may have settled it since the page was shown.
        if publication.number not in {conflict.publication for conflict in conflicts(project, STAGE)}:
            raise HTTPException(409, "There is no conflict on this record any more. Load the page again.")
        resolve(
            project, publication.number, choice, who, stage=STAGE, criterion=criterion, reason=reason.strip() or None
        )
    return RedirectResponse("/conflicts", HTTP_303_SEE_OTHER)
