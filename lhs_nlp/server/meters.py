"""What is counted while the server runs, as Prometheus reads it."""

from __future__ import annotations

import time
from http import HTTPMethod

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = frozenset(HTTPMethod)
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Meters:
    """Counters of one server; nothing leaves it unless somebody asks for them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "lhs_nlp_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "lhs_nlp_request_seconds",
            "Time until the end of the answer.",
            ("route",),
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self.decisions = Counter("lhs_nlp_decisions", "Decisions stored.", ("action",), registry=self.registry)
        self.conflicts = Counter(
            "lhs_nlp_conflicts", "Decisions refused, as somebody else was faster.", registry=self.registry
        )
        self.tagged = Counter("lhs_nlp_tagged", "Documents and texts tagged.", ("kind",), registry=self.registry)

    def text(self) -> bytes:
        """Return all of them in Prometheus's text format."""
        return generate_latest(self.registry)


class Metered:
    """Counts requests by the pattern of their path, never by the path itself."""

    def __init__(self, app: ASGIApp, *, meters: Meters) -> None:
        self.app, self.meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        begun = time.perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            # Anything can be sent as a method, and each would be a series for ever.
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self.meters.requests.labels(method, route, str(status)).inc()
            self.meters.seconds.labels(route).observe(time.perf_counter() - begun)
