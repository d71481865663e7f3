"""An upload that is tagged while whoever sent it is told how far it is, line by line."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from queue import SimpleQueue
from threading import Thread
from typing import Any

from anyio import CapacityLimiter, create_task_group, to_thread
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.server.failures import UNSAID
from lhs_nlp.server.stages import NAMES, Received, Stage
from lhs_nlp.server.tagging import TaggingDesk
from lhs_nlp.summary import DocumentSummary

MEDIA_TYPE = "application/x-ndjson"

_LOG = logging.getLogger("lhs_nlp.server")

Line = dict[str, Any]


class Upload:
    """A document that is tagged in a thread of its own, which begins at once.

    Parameters
    ----------
    desk
        Where it is tagged.
    data, name
        The document.
    finish
        Makes the last line of the result.

    Raises
    ------
    BusyError
        Too many wait already.
    """

    def __init__(self, desk: TaggingDesk, data: bytes, name: str, finish: Callable[[DocumentSummary], Line]) -> None:
        self._desk, self._data, self._name, self._finish = desk, data, name, finish
        self._lines: SimpleQueue[Line | None] = SimpleQueue()
        self._turn = desk.enter()
        try:
            Thread(target=self._tag, daemon=True).start()
        except RuntimeError:  # the system has none left
            self._turn.leave()
            raise

    async def lines(self) -> AsyncIterator[Line]:
        """Yield a line whenever there is something to tell; the last one is the result, or why there is none."""
        own = CapacityLimiter(1)  # waiting takes nothing away from pages
        while True:
            line = await to_thread.run_sync(self._lines.get, abandon_on_cancel=True, limiter=own)
            if line is None:
                return
            yield line

    def give_up(self) -> None:
        """Say that nobody listens: what is being done is ended, and the next one has its turn."""
        self._turn.give_up()

    def _tell(self, stage: Stage) -> None:
        self._lines.put({"stage": NAMES[type(stage)], **asdict(stage)})

    def _tag(self) -> None:
        try:
            with self._turn:
                self._tell(Received(len(self._data)))
                summary = self._desk.tag_upload(self._turn, self._data, self._name, self._tell)
            self._lines.put({"stage": "result", **self._finish(summary)})
        except ReadError as error:
            self._fail(str(error), error.reason)
        except Exception as error:
            if not self._turn.gone:  # else it was ended, and what it says of that is no fault
                _LOG.error("An upload could not be tagged: %s", error, exc_info=not isinstance(error, LhsNlpError))
            self._fail(UNSAID)
        finally:
            self._lines.put(None)

    def _fail(self, detail: str, reason: str | None = None) -> None:
        self._lines.put({"stage": "failed", "detail": detail, "reason": reason})


class UploadResponse(Response):
    """Tells how far an upload is, a JSON object a line, until its result; who hangs up ends it."""

    media_type = MEDIA_TYPE

    def __init__(self, upload: Upload) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._upload = upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        try:
            async with create_task_group() as group:

                async def listen() -> None:
                    while (await receive())["type"] != "http.disconnect":
                        pass
                    group.cancel_scope.cancel()

                group.start_soon(listen)
                await self._tell(send)
                group.cancel_scope.cancel()
        finally:
            self._upload.give_up()

    async def _tell(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for line in self._upload.lines():
            data = json.dumps(line, ensure_ascii=True).encode() + b"\n"
            await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
