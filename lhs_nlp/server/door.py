"""What every application has: failures answered, a way in, files that pages load, sessions, the guard, and HEAD."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.responses import Response
from starlette.middleware.sessions import SessionMiddleware

from lhs_nlp.server import entering
from lhs_nlp.server.failures import answer_failures
from lhs_nlp.server.guard import Guard
from lhs_nlp.server.head_requests import HeadAsGet
from lhs_nlp.server.settings import Settings
from lhs_nlp.server.templates import ASSETS, asset

_TWELVE_HOURS = 12 * 60 * 60

router = APIRouter(include_in_schema=False)


@router.get("/assets/{name}")
def assets(name: str) -> Response:
    """Return a file that pages load."""
    if name not in ASSETS:
        raise HTTPException(404, "There is no such file.")
    return Response(asset(name), media_type=ASSETS[name], headers={"cache-control": "public, max-age=31536000"})


def add_door(app: FastAPI, settings: Settings, *, largest: int) -> None:
    """Give an application its door; what is to see a request only behind it was added before.

    Parameters
    ----------
    app
        The application; `app.state.workbench` is what its requests need.
    settings
        How it is served: without tokens, to names of this machine only.
    largest
        Most bytes of a request.
    """
    app.include_router(entering.router)
    app.include_router(router)
    answer_failures(app)
    # The last one added is the first to see a request.
    app.add_middleware(
        SessionMiddleware,
        secret_key=secrets.token_hex(32),
        # Browsers keep cookies by host alone: under one name, servers at two ports would end each other's sessions.
        session_cookie=f"lhs_nlp_session_{secrets.token_hex(4)}",
        same_site="strict",
        max_age=_TWELVE_HOURS,
    )
    app.add_middleware(Guard, local=not settings.tokens, largest=largest)
    app.add_middleware(HeadAsGet)
