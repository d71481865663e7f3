"""Requests of those who have shown no token: small ones only, so that a stranger cannot fill the disk with uploads."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from lhs_nlp.server.guard import CountedBody, refused
from lhs_nlp.server.sessions import known_reviewer
from lhs_nlp.server.tokens import Token

LARGEST = 64_000
"""Most bytes of a stranger's request: more than any form of a page takes."""

_REFUSED = "You are not signed in. Load the page again, or send a token, before you send this much."


class Strangers:
    """Turns away what is large and comes from nobody known; it is read by nobody.

    Parameters
    ----------
    app
        What is guarded.
    tokens
        Who may enter; with none, everybody is known.
    """

    def __init__(self, app: ASGIApp, *, tokens: tuple[Token, ...]) -> None:
        self.app, self.tokens = app, tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http" or not self.tokens:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if known_reviewer(request, self.tokens):
            await self.app(scope, receive, send)
            return
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > LARGEST:
            hang_up = {"connection": "close", "www-authenticate": "Bearer"}
            refusal = refused(scope, 401, _REFUSED, hang_up)
            await refusal(scope, receive, send)
            return
        await self.app(scope, CountedBody(receive, LARGEST), send)
