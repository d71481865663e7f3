from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Message

from lhs_nlp.review.project import Project
from lhs_nlp.server import Settings, Token
from lhs_nlp.server.head_requests import HeadAsGet
from lhs_nlp.server.screening import create_screening_app
from tests.server.browsing import HERE, Site, site_of
from tests.server.test_operations import samples

ADDRESSES = ("/", "/queue", "/assets/style.css", "/health", "/metrics", "/api/v1/documents", "/api/openapi.json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_as_get_is(site: Site, address: str) -> None:
    with site.client() as client:
        got, headed = client.get(address), client.head(address)
    assert headed.status_code == got.status_code == 200
    for name in ("content-type", "content-security-policy", "cache-control"):
        assert headed.headers[name] == got.headers[name]


def test_head_of_what_is_not_there_or_is_only_sent_to_is_refused(site: Site) -> None:
    with site.client() as client:
        assert client.head("/nowhere").status_code == 404
        assert client.head("/documents/0000").status_code == 404
        assert client.head("/api/v1/tag/texts").status_code == 405


def test_head_shows_a_stranger_nothing(store: Path) -> None:
    guarded = site_of(store, Settings(tokens=(Token("Ann", "a-token-that-is-long-enough"),)))
    with guarded.client(follow_redirects=False) as client:
        assert client.head("/").headers["location"] == "/sign-in"
        assert client.head("/api/v1/documents").status_code == 401


def test_head_of_a_foreign_name_is_turned_away(site: Site) -> None:
    assert site.client().head("/", headers={"host": "elsewhere.example"}).status_code == 421


def test_head_is_counted_as_what_it_is(site: Site) -> None:
    with site.client() as client:
        client.head("/queue")
        assert samples(site)["lhs_nlp_requests_total", "HEAD", "/queue", "200"] == 1


def test_screening_answers_head(tmp_path: Path) -> None:
    with Project(tmp_path / "falls", new=True):
        pass
    client = TestClient(create_screening_app(tmp_path / "falls"), base_url=HERE)
    assert client.head("/progress").status_code == 200


def test_no_body_is_sent_and_its_length_is_told() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "HEAD", "path": "/", "headers": []}
    asyncio.run(HeadAsGet(PlainTextResponse("a page"))(scope, receive, send))
    start, body = sent
    assert dict(start["headers"])[b"content-length"] == b"6"
    assert body["body"] == b""
    assert scope["method"] == "HEAD"
