"""Requests that ask for the head of an answer alone, as programs do that check links or whether a server is up."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """Answers HEAD as GET, without the body (RFC 9110, 9.3.2).

    Parameters
    ----------
    app
        What answers GET.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        # A copy: the server must go on knowing that no body is due.
        asked = {**scope, "method": "GET"}
        try:
            await self.app(asked, receive, _without_body(send))
        finally:
            # What was found out on the way, e.g. the route, is for those outside as well.
            scope.update(asked | {"method": "HEAD"})


def _without_body(send: Send) -> Send:
    async def answer(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return answer
