"""The pages to be read: portfolio, document, queue, codebook."""

from __future__ import annotations

from collections.abc import Container
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from lhs_nlp.corrections import progress, queue, waiting
from lhs_nlp.report import display
from lhs_nlp.server.library import file_name
from lhs_nlp.server.listing import Filters, last_page, listing, verdict_counts
from lhs_nlp.server.reviewing import review_at
from lhs_nlp.server.sessions import Reviewer, desk_of
from lhs_nlp.server.sheet import review_sheet
from lhs_nlp.server.templates import rendered
from lhs_nlp.server.workbench import Bench, Workbench

QUEUED = 25
"""Verdicts of a page of the queue."""

router = APIRouter(include_in_schema=False)


@router.get("/")
def portfolio(
    request: Request,
    bench: Bench,
    who: Reviewer,
    benefit: str = "",
    verdict: str = "",
    status: str = "",
    text: Annotated[str, Query(max_length=500)] = "",
    page: Annotated[int, Query(ge=1, le=10_000_000)] = 1,
) -> HTMLResponse:
    """Show which documents claim what."""
    framework = bench.library.tagging.framework
    filters = Filters(
        benefit=_one_of(benefit, framework.benefit_ids),
        verdict=next((known for known in display.VERDICTS if known == verdict), None),
        status=_one_of(status, framework.status_ids),
        text=text.strip() or None,
    )
    desk = desk_of(bench, who)
    if filters.text:
        bench.library.prepare_search()
    with bench.library.reading() as store:
        counts = verdict_counts(store.connection, bench.library.tagging)
        listed = listing(store.connection, bench.library.tagging, filters, page, desk.only)
        done = progress(store, bench.library.tagging, desk)
    shown = {"counts": counts, "listing": listed, "filters": filters, "progress": done}
    return rendered(request, "portfolio.html.jinja", {**common_values(bench), **shown}, who=who)


@router.get("/documents/{sha256}")
def document(request: Request, bench: Bench, who: Reviewer, sha256: str) -> HTMLResponse:
    """Show a document with what was found in it, and what was decided of that."""
    return document_page(request, bench, who, sha256)


def document_page(
    request: Request, bench: Workbench, who: str, sha256: str, *, complaint: str | None = None, status: int = 200
) -> HTMLResponse:
    """Return the page of a document, led by a complaint when something went wrong."""
    sheet = review_sheet(*review_at(bench, who, sha256))
    shown = {"sheet": sheet.sheet, "page": sheet, "sha256": sha256, "complaint": complaint}
    return rendered(request, "document.html.jinja", {**common_values(bench), **shown}, status, who=who)


@router.get("/queue")
def review_queue(
    request: Request, bench: Bench, who: Reviewer, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1
) -> HTMLResponse:
    """Show what to review first."""
    desk = desk_of(bench, who)
    with bench.library.reading() as store:
        last = last_page(waiting(store, bench.library.tagging, desk), QUEUED)
        page = min(page, last)
        entries = queue(store, bench.library.tagging, desk, QUEUED, (page - 1) * QUEUED)
        done = progress(store, bench.library.tagging, desk)
    shown = {
        "entries": entries,
        "first": (page - 1) * QUEUED + 1,
        "page": page,
        "last": last,
        "progress": done,
    }
    return rendered(request, "queue.html.jinja", {**common_values(bench), **shown, "heading": _heading}, who=who)


@router.get("/codebook")
def codebook(request: Request, bench: Bench, who: Reviewer) -> HTMLResponse:
    """Show what benefits and statuses mean."""
    return rendered(request, "codebook.html.jinja", common_values(bench), who=who)


def common_values(bench: Workbench) -> dict[str, object]:
    """Return what all pages show of the framework."""
    framework = bench.library.tagging.framework
    return {
        "framework": framework,
        "model": bench.library.tagging.model,
        "model_sha256": bench.library.tagging.model_sha256,
        "letters": display.letters(framework),
        "hues": display.hues(framework),
        "lines": display.lines(framework),
    }


def _heading(title: str | None, source: str) -> str:
    return display.heading_of(title, file_name(source))


def _one_of(value: str, known: Container[str]) -> str | None:
    """Return a value that a form sent; None for one that stands for everything, or that there is not."""
    return value if value in known else None
