"""Who one is: a name on this machine, a token elsewhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from lhs_nlp.server.sessions import LONGEST_NAME, FromOurPage, Reviewer, sign_in
from lhs_nlp.server.templates import rendered
from lhs_nlp.server.tokens import owner
from lhs_nlp.server.workbench import Bench

router = APIRouter(include_in_schema=False)


@router.post("/reviewer", dependencies=[FromOurPage])
def name_reviewer(
    request: Request, bench: Bench, who: Reviewer, name: Annotated[str, Form(min_length=1, max_length=LONGEST_NAME)]
) -> RedirectResponse:
    """Say who decides from now on: on this machine alone, as elsewhere the token tells it."""
    if bench.settings.tokens:
        raise HTTPException(403, "Your token says who you are.")
    if not name.strip():
        raise HTTPException(422, "A name has at least one character.")
    sign_in(request, name)
    return RedirectResponse("/", HTTP_303_SEE_OTHER)


@router.get("/sign-in")
def ask_for_token(request: Request, bench: Bench) -> Response:
    """Ask for a token."""
    if not bench.settings.tokens:
        return RedirectResponse("/", HTTP_303_SEE_OTHER)
    return rendered(request, "sign_in.html.jinja", {"complaint": None})


@router.post("/sign-in", dependencies=[FromOurPage])
def enter(request: Request, bench: Bench, token: Annotated[str, Form(max_length=500)]) -> Response:
    """Let in who shows a token."""
    name = owner(bench.settings.tokens, token.strip())
    if name is None:
        return rendered(request, "sign_in.html.jinja", {"complaint": "This token is not known."}, 403)
    sign_in(request, name)
    return RedirectResponse("/", HTTP_303_SEE_OTHER)


@router.post("/sign-out", dependencies=[FromOurPage])
def leave(request: Request) -> RedirectResponse:
    """End the session."""
    request.session.clear()
    return RedirectResponse("/", HTTP_303_SEE_OTHER)
