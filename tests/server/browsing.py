"""Use the pages as a browser without script would: follow links, fill in forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
from fastapi.testclient import TestClient
from lxml import html

from lhs_nlp.server import Settings, create_app
from tests.corrections.reviewing import TEXTS
from tests.toy import toy_tagger

HERE = "http://localhost:8765"


@dataclass(frozen=True, slots=True)
class Browser:
    """One person's browser: an own session on the same server."""

    client: TestClient

    def get(self, address: str, status: int = 200) -> html.HtmlElement:
        """Return a page."""
        return self._page(self.client.get(address), status)

    def submit(
        self, page: html.HtmlElement, selector: str, button: str | None = None, *, answer: int = 200, **fields: str
    ) -> html.HtmlElement:
        """Fill in the first form that fits an XPath, press a button, and return the page that follows."""
        form = page.xpath(selector)[0]
        values = dict(form.form_values()) | fields
        if button:
            name, value = button.split("=")
            values[name] = value
        return self._page(self.client.post(form.get("action"), data=values), answer)

    def sign_in(self, token: str, status: int = 200) -> html.HtmlElement:
        """Show a token."""
        return self.submit(self.get("/sign-in"), "//main//form", answer=status, token=token)

    def call_me(self, name: str) -> None:
        """Say who decides."""
        self.submit(self.get("/"), "//form[@action='/reviewer']", name=name)

    @staticmethod
    def _page(answer: httpx.Response, status: int) -> html.HtmlElement:
        assert answer.status_code == status, answer.text
        return html.document_fromstring(answer.text)


@dataclass(frozen=True, slots=True)
class Site:
    """A server over a small store."""

    app: Any
    store: Path

    def browser(self, **more: Any) -> Browser:  # noqa: ANN401
        """Return a new person's browser."""
        return Browser(self.client(**more))

    def client(self, **more: Any) -> TestClient:  # noqa: ANN401
        """Return a program that uses the API."""
        return TestClient(self.app, **({"base_url": HERE} | more))


def site_of(store: Path, settings: Settings | None = None) -> Site:
    """Serve a store, with the toy tagger for uploads."""
    return Site(create_app(store, settings, load=toy_tagger), store)


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element as it is read."""
    return " ".join(element.text_content().split())


def document_of(browser: Browser, name: str = "a.md") -> str:
    """Return the address of a document's page."""
    assert name in TEXTS
    page = browser.get("/")
    row = next(
        row for row in page.xpath("//table[contains(@class, 'documents')]//th[@scope='row']") if name in text_of(row)
    )
    return str(row.xpath(".//a/@href")[0])
