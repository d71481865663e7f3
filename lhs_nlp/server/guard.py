"""The guard at the door: hosts, origins, sizes of requests, and the headers of every answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lhs_nlp.server.failures import for_programs
from lhs_nlp.server.settings import is_loopback

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Only this server's own files; nothing inline, nothing from elsewhere (CSP Level 3)."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Turns away what no page of ours and no honest program would send.

    Parameters
    ----------
    app
        What is guarded.
    local
        Whether only names of this machine are answered to, so that a foreign page cannot reach the
        server under a name that it has pointed here (DNS rebinding).
    largest
        Most bytes of a request.
    """

    def __init__(self, app: ASGIApp, *, local: bool, largest: int) -> None:
        self.app, self.local, self.largest = app, local, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _with_headers(send)
        refusal = self._refusal(scope, Headers(scope=scope))
        if refusal:
            await refusal(scope, receive, answer)
            return
        await self.app(scope, CountedBody(receive, self.largest), answer)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if self.local and not is_loopback(_name(host)):
            return refused(scope, 421, "This server answers on its own machine only, as localhost.")
        if scope["method"] not in _SAFE and not _is_ours(headers, host):
            return refused(scope, 403, "Refused: the request comes from another site.")
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self.largest:
            return refused(scope, 413, _too_large(self.largest), {"connection": "close"})
        return None


def refused(scope: Scope, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """Return why a request is not let through: as JSON to a program, else as it stands."""
    if for_programs(scope["path"]):
        return JSONResponse({"detail": sentence}, status, headers)
    return PlainTextResponse(f"{sentence}\n", status, headers)


def _name(host: str) -> str:
    """Return a host's name without the port; nothing for what is no host."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_ours(headers: Headers, host: str) -> bool:
    """Return whether a request is from a page of this server, or from no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:  # the browser says so itself, also where a proxy hides under which name it asked
        return site in ("none", "same-origin")
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == host


def _too_large(largest: int) -> str:
    return f"The request is too large: at most {largest / 1_000_000:,.1f} MB."


class CountedBody:
    """What is sent, counted: it may be more than was announced.

    Parameters
    ----------
    receive
        Where it comes from.
    largest
        Most bytes.
    """

    def __init__(self, receive: Receive, largest: int) -> None:
        self.receive, self.largest, self.left = receive, largest, largest

    async def __call__(self) -> Message:
        """Return the next part. Raises HTTPException, 413, when there is too much."""
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise HTTPException(413, _too_large(self.largest))
        return message


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return answer
