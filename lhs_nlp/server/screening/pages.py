"""Screening: the record to decide on, deciding, undoing, criteria, and how far one is."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.types import Choice, Stage
from lhs_nlp.review.screening.agreement import agreement_of
from lhs_nlp.review.screening.decisions import add_criterion, criteria, decide, rulings, screener_of, standing, undo
from lhs_nlp.review.screening.queue import Queue
from lhs_nlp.review.screening.status import status_of
from lhs_nlp.server.screening.desk import Bench, ScreeningBench
from lhs_nlp.server.screening.sheet import sheet_of
from lhs_nlp.server.sessions import FromOurPage, Reviewer
from lhs_nlp.server.templates import rendered

STAGE: Stage = "title_abstract"
REPLICATES = 200
"""Resamples for the intervals of agreement: a page is waited for."""
LONGEST_REASON = 1000

router = APIRouter(include_in_schema=False)
Number = Annotated[int | None, Form()]
Reason = Annotated[str, Form(max_length=LONGEST_REASON)]


@router.get("/")
def screening(request: Request, bench: Bench, who: Reviewer) -> HTMLResponse:
    """Show the record that ranks first of those that wait for this screener."""
    with bench.desk.opened() as project:
        queue = bench.desk.queue(project, STAGE, who)
        first = queue.waiting[0].number if queue.waiting else None
        return _record_page(request, bench, who, project, queue, first)


@router.get("/records/{number}")
def record(request: Request, bench: Bench, who: Reviewer, number: int) -> HTMLResponse:
    """Show any record, to decide on it, or anew."""
    with bench.desk.opened() as project:
        return _record_page(request, bench, who, project, bench.desk.queue(project, STAGE, who), number)


@router.post("/records/{number}/decisions", dependencies=[FromOurPage])
def write_decision(
    bench: Bench,
    who: Reviewer,
    number: int,
    choice: Annotated[Choice, Form()],
    criterion: Number = None,
    reason: Reason = "",
) -> Response:
    """Write a decision, and go on to the record that now ranks first."""
    with bench.desk.opened() as project:
        publication = bench.desk.publication(project, number)
        known_criterion(project, criterion)
        decide(
            project, publication.number, choice, who, stage=STAGE, criterion=criterion, reason=reason.strip() or None
        )
    return RedirectResponse("/", HTTP_303_SEE_OTHER)


@router.post("/undo", dependencies=[FromOurPage])
def take_back(bench: Bench, who: Reviewer) -> Response:
    """Take back the screener's last decision, and show the record or the conflict again."""
    with bench.desk.opened() as project:
        undone = undo(project, who, stage=STAGE)
    if undone is None:
        return RedirectResponse("/", HTTP_303_SEE_OTHER)
    address = "/conflicts" if undone.role == "adjudicate" else f"/records/{undone.record}"
    return RedirectResponse(address, HTTP_303_SEE_OTHER)


@router.post("/criteria", dependencies=[FromOurPage])
def write_criterion(
    bench: Bench,
    who: Reviewer,
    kind: Annotated[Literal["include", "exclude"], Form()],
    text: Annotated[str, Form(min_length=1, max_length=LONGEST_REASON)],
) -> Response:
    """Write down a criterion."""
    if not text.strip():
        raise HTTPException(422, "A criterion needs words.")
    with bench.desk.opened() as project:
        add_criterion(project, kind, text.strip(), who)
    return RedirectResponse("/", HTTP_303_SEE_OTHER)


@router.get("/progress")
def progress(request: Request, bench: Bench, who: Reviewer) -> HTMLResponse:
    """Show where screening stands, and how far screeners agree."""
    with bench.desk.opened() as project:
        status = status_of(project, STAGE)
        pairs = agreement_of(project, STAGE, replicates=REPLICATES)
    return rendered(request, "screening_progress.html.jinja", {"status": status, "pairs": pairs}, who=who)


def known_criterion(project: Project, criterion: int | None) -> None:
    """Raise 422 when a form names a criterion that there is not."""
    if criterion is not None and criterion not in {each.id for each in criteria(project)}:
        raise HTTPException(422, "There is no such criterion any more. Load the page again.")


def _record_page(
    request: Request, bench: ScreeningBench, who: str, project: Project, queue: Queue, number: int | None
) -> HTMLResponse:
    shown = None
    if number is not None:
        publication = bench.desk.publication(project, number)
        shown = sheet_of(publication, bench.desk.result(publication))
    said, screener = standing(project, STAGE), screener_of(project, who)
    values = {
        "sheet": shown,
        # What others said is nobody's business until it is a conflict.
        "own": said.get(shown.publication.number, {}).get(screener) if shown else None,
        "done": sum(screener in decisions for decisions in said.values()),
        "ruled": screener in {ruling.by for ruling in rulings(project, STAGE).values()},
        "queue": queue,
        "criteria": criteria(project),
        "longest_reason": LONGEST_REASON,
    }
    return rendered(request, "screening.html.jinja", values, who=who)
