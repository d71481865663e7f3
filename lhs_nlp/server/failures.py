"""What goes wrong, as an answer: a page for people, JSON for programs, and never a path of the server."""

from __future__ import annotations

import logging
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.status import HTTP_303_SEE_OTHER

from lhs_nlp.corrections import ConflictError, CorrectionError, NotBlindError
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.server.sessions import SignInError
from lhs_nlp.server.teaching import TeachingBusyError
from lhs_nlp.server.templates import rendered
from lhs_nlp.server.turns import BusyError

_API = "/api/"
_OPERATIONS = ("/health", "/metrics")

UNSAID = "The server cannot do this just now; its log says why."
"""What is said of a fault that is the server's own."""

_LOG = logging.getLogger("lhs_nlp.server")


def for_programs(path: str) -> bool:
    """Return whether an address is for programs, which are answered in JSON; pages are for people."""
    return path.startswith(_API) or path in _OPERATIONS


def answer_failures(app: FastAPI) -> None:
    """Have every failure answered."""
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        SignInError: _sign_in,
        HTTPException: _http,
        RequestValidationError: _invalid,
        ConflictError: lambda request, error: _answer(request, 409, str(error)),
        NotBlindError: lambda request, error: _answer(request, 409, str(error)),
        CorrectionError: lambda request, error: _answer(request, 422, str(error)),
        ReadError: _unread,
        TeachingBusyError: lambda request, error: _answer(request, 409, str(error)),
        BusyError: lambda request, error: _answer(request, 503, str(error), {"retry-after": "5"}),
        LhsNlpError: _at_fault,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _sign_in(request: Request, error: Exception) -> Response:
    if for_programs(request.url.path):
        return _json(401, "Send a token: `Authorization: Bearer TOKEN`.", {"www-authenticate": "Bearer"})
    return RedirectResponse("/sign-in", HTTP_303_SEE_OTHER)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    return _answer(request, error.status_code, str(error.detail), dict(error.headers or {}))


def _invalid(request: Request, error: Exception) -> Response:
    if for_programs(request.url.path) and isinstance(error, RequestValidationError):
        faults = [{key: fault[key] for key in ("type", "loc", "msg")} for fault in error.errors()]
        return JSONResponse({"detail": jsonable_encoder(faults)}, 422)
    return _answer(request, 422, "The address or the form holds something that cannot be.")


def _unread(request: Request, error: Exception) -> Response:
    return JSONResponse({"detail": str(error), "reason": getattr(error, "reason", "malformed")}, 422)


def _at_fault(request: Request, error: Exception) -> Response:
    _LOG.error("%s", error)
    return _answer(request, 503, UNSAID)


def _answer(request: Request, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    if for_programs(request.url.path):
        return _json(status, sentence, headers)
    page = rendered(request, "error.html.jinja", {"status": status, "sentence": sentence}, status)
    page.headers.update(headers or {})
    return page


def _json(status: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"detail": sentence}, status, headers)
