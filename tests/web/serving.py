"""Serve a store to real browsers, and open their windows."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from lhs_nlp.archive.store import Source, Store
from lhs_nlp.documents import read
from lhs_nlp.server import Settings, create_app
from tests.archive.filling import begin, fill, small_store
from tests.corrections.reviewing import TEXTS
from tests.toy import toy_tagger

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

PAGED = "evaluation-report.pdf"
PATIENCE = 60_000
"""Milliseconds to wait for what a page must show: only a fault takes so long."""
EXAMPLES = Path(__file__).parents[2] / "examples"


def shelf(path: Path) -> Path:
    """Make a store of three small texts and a report of several pages."""
    small_store(path, TEXTS)
    tagger = toy_tagger()
    with Store(path) as store:
        run, tagging = begin(store, tagger)
        fill(store, read(EXAMPLES / PAGED), tagger, tagging, run, Source(PAGED))
        store.end_run(run, "finished", tagged=1, skipped=0, failed=0)
    return path


@contextmanager
def served(store: Path | str, settings: Settings | None = None) -> Iterator[str]:
    """Serve a store at a free port until the end of the context; yield the address."""
    with running(create_app(store, settings or Settings(reviewer="Ann"), load=toy_tagger)) as address:
        yield address


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Run an application at a free port until the end of the context; yield the address."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "The server did not start."
                time.sleep(0.01)
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Visit:
    """People's windows, each a browser session of its own, and what went wrong in them.

    Attributes
    ----------
    faults
        Errors of scripts and of the policy, files that a page lacks, requests to other hosts.
    """

    def __init__(self, browser: Browser) -> None:
        self.faults: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def __call__(self, site: str, address: str = "/", *, name: str | None = None, **options: Any) -> Page:  # noqa: ANN401
        """Open a window of somebody; options are Playwright's for a context."""
        context = self._browser.new_context(base_url=site, **options)
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        context.on("request", lambda request: self._asked(site, request))
        context.on("response", self._answered)
        page = context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(address)
        if name is not None:
            page.get_by_text("Reviewer").click()
            page.get_by_label("Name").fill(name)
            page.get_by_role("button", name="Take this name").click()
        return page

    def leave(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()

    def _asked(self, site: str, request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:")):
            self.faults.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        # What a page or a script of ours answers to a refusal is for tests to see; a lacking file is a fault.
        if response.status >= 400 and response.request.resource_type not in ("document", "fetch", "xhr"):
            self.faults.append(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)


def open_document(page: Page, name: str = "a.md") -> None:
    """Open a document from the portfolio, by its file name."""
    page.goto("/")
    page.locator("table.documents th[scope=row]").filter(has_text=name).get_by_role("link").click()
    page.locator(".paper").wait_for()
    page.wait_for_load_state()  # by then the script has begun, and keys are heard


def press(page: Page, *keys: str) -> None:
    """Press keys that decide, each when the answer to the one before is shown."""
    for key in keys:
        page.locator(".paper").evaluate("paper => paper.classList.add('old')")
        page.keyboard.press(key)
        page.locator(".paper:not(.old)").wait_for()
