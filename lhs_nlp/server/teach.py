"""The page where a reviewer lets the model learn, and sees how much better it has become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from lhs_nlp.evaluate.tables import interval
from lhs_nlp.framework import Framework
from lhs_nlp.learn import Comparison, changes, scores
from lhs_nlp.server.asking import models_of, teach, use_model
from lhs_nlp.server.pages import common_values
from lhs_nlp.server.sessions import FromOurPage, Reviewer
from lhs_nlp.server.teaching import Taught, TeachingBusyError
from lhs_nlp.server.templates import rendered
from lhs_nlp.server.workbench import Bench, Workbench

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A table of the page: what was measured on, values before and after, and their changes, with 95% intervals."""

    id: str
    name: str
    rows: list[tuple[str, str, str]]
    changes: list[tuple[str, str]]


@router.get("/teach")
def teach_page(request: Request, bench: Bench, who: Reviewer) -> HTMLResponse:
    """Show what was taught, what it brought, and whose results the pages show."""
    return _page(request, bench, who)


@router.post("/teach", dependencies=[FromOurPage])
def begin(request: Request, bench: Bench, who: Reviewer, force: Annotated[bool, Form()] = False) -> Response:
    """Begin to learn from all decisions."""
    try:
        teach(bench, who, force=force)
    except TeachingBusyError as error:
        return _page(request, bench, who, complaint=str(error), status=409)
    return RedirectResponse("/teach", HTTP_303_SEE_OTHER)


@router.post("/teach/models", dependencies=[FromOurPage])
def choose(request: Request, bench: Bench, who: Reviewer, sha256: Annotated[str, Form()]) -> Response:
    """Show a model's results on all pages, after it has tagged what it has not."""
    try:
        use_model(bench, who, sha256)
    except TeachingBusyError as error:
        return _page(request, bench, who, complaint=str(error), status=409)
    return RedirectResponse("/teach", HTTP_303_SEE_OTHER)


def _page(
    request: Request, bench: Workbench, who: str, *, complaint: str | None = None, status: int = 200
) -> HTMLResponse:
    state, models = bench.teaching.state, models_of(bench)
    shown = {
        "job": state.job,
        "taught": state.taught,
        "measured": list(_measured(state.taught, bench.library.tagging.framework)),
        "models": models,
        "checked": bench.settings.check is not None,
        "complaint": complaint,
    }
    return rendered(request, "teach.html.jinja", {**common_values(bench), **shown}, status, who=who)


def _measured(taught: Taught | None, framework: Framework) -> Iterator[BeforeAfter]:
    if taught and taught.comparison:
        yield _table("held-out", "On corrections that were held out", taught.comparison, framework)
    if taught and taught.checked:
        yield _table("checked", "On the passages to check on", taught.checked, framework)


def _table(id: str, name: str, comparison: Comparison, framework: Framework) -> BeforeAfter:
    rows = [(what, interval(before), interval(after)) for what, before, after in scores(comparison, framework)]
    return BeforeAfter(id, name, rows, changes(comparison))
