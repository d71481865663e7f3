"""Uploads that tell how far they are, and the page that sends them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import jsonschema
import pytest
from lxml import html

from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.documents import Limits
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.finding import Finding
from lhs_nlp.passages import Passage
from lhs_nlp.report import json_schema
from lhs_nlp.server import ServerLimits, Settings, create_app
from lhs_nlp.server.streaming import Upload
from lhs_nlp.server.tagging import TaggingDesk
from lhs_nlp.tagger import Tagger
from tests.archive.filling import NOTHING, SAFETY
from tests.server.browsing import Browser, Site, site_of, text_of
from tests.toy import toy_tagger

EXAMPLE = Path(__file__).parents[2] / "examples" / "proposal.docx"
LONG = "\n\n".join([SAFETY, *[NOTHING] * 600]).encode()
ADDRESS = "/api/v1/tag/document/progress"


def lines(site: Site, name: str, data: bytes) -> list[dict[str, Any]]:
    with site.client() as client:
        answer = client.post(ADDRESS, files={"file": (name, data)})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def test_stages_come_in_their_order_and_the_result_at_the_end(site: Site) -> None:
    told = lines(site, "long.txt", LONG)
    stages = [line["stage"] for line in told]
    assert stages[:3] == ["received", "read", "passages"]
    assert stages[-1] == "result"
    assert set(stages[3:-1]) == {"tagged"}
    assert told[0]["bytes"] == len(LONG)
    steps = [line["done"] for line in told if line["stage"] == "tagged"]
    assert len(steps) > 1
    assert steps == sorted(steps)
    assert steps[-1] == told[2]["total"] == told[-2]["total"]


def test_result_is_that_of_an_upload_without_progress(site: Site) -> None:
    result = lines(site, "proposal.docx", EXAMPLE.read_bytes())[-1]["result"]
    jsonschema.validate(result, json_schema())
    with site.client() as client:
        answer = client.post("/api/v1/tag/document", files={"file": ("proposal.docx", EXAMPLE.read_bytes())})
    assert answer.json()["results"] == [result]


def test_document_that_cannot_be_read_ends_with_the_reason(site: Site) -> None:
    *_, last = lines(site, "x.pdf", b"%PDF-1.7 broken")
    assert (last["stage"], last["reason"]) == ("failed", "malformed")


def test_fault_of_the_server_ends_without_its_secrets(store: Path) -> None:
    def load() -> Tagger:
        raise RuntimeError("/home/ann/secret")

    *_, last = lines(Site(create_app(store, load=load), store), "x.txt", SAFETY.encode())
    assert last == {
        "stage": "failed",
        "detail": "The server cannot do this just now; its log says why.",
        "reason": None,
    }


def test_upload_that_is_too_large_is_refused_before_anything_is_told(store: Path) -> None:
    limits = ServerLimits(documents=Limits(megabytes=0.05))
    with site_of(store, Settings(limits=limits)).client() as client:
        assert client.post(ADDRESS, files={"file": ("x.txt", b"word " * 15_000)}).status_code == 413


class _Slow(BenefitClassifier):
    """A classifier that is at work until it is told to end."""

    begun, end = Event(), Event()

    def find(self, passages: Iterable[Passage]) -> list[tuple[Finding, ...]]:
        self.begun.set()
        self.end.wait()
        return super().find(passages)


def _slow(begun: Event, end: Event) -> Tagger:
    known = toy_tagger().classifier
    slow = _Slow(known.bundle, known.framework, known.encoder)
    slow.begun, slow.end = begun, end
    return Tagger(slow)


async def _hang_up(app: Any, when: Event, told: list[str]) -> None:  # noqa: ANN401
    """Send a long document, and hang up as soon as something has happened."""
    head = b'--x\r\ncontent-disposition: form-data; name="file"; filename="x.txt"\r\n\r\n'
    body = [{"type": "http.request", "body": head + LONG + b"\r\n--x--\r\n", "more_body": False}]
    headers = {"host": "localhost", "content-type": "multipart/form-data; boundary=x"}

    async def receive() -> dict[str, Any]:
        if body:
            return body.pop()
        await asyncio.to_thread(when.wait)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        told.extend(json.loads(line)["stage"] for line in message.get("body", b"").splitlines())

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": ADDRESS,
        "raw_path": ADDRESS.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8765),
    }
    await app(scope, receive, send)


def test_who_hangs_up_while_it_is_tagged_gives_the_turn_back(store: Path) -> None:
    begun, end = Event(), Event()
    app = create_app(store, Settings(limits=ServerLimits(tagging=1, waiting=0)), load=lambda: _slow(begun, end))
    told: list[str] = []
    asyncio.run(_hang_up(app, begun, told))
    assert "result" not in told
    end.set()
    site = Site(app, store)
    assert _until_free(site)[-1]["stage"] == "result"


def test_who_hangs_up_while_it_is_read_ends_the_reading(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lhs_nlp.server.tagging.READ", "tests.server.working:read_for_ever")
    app = create_app(store, Settings(limits=ServerLimits(tagging=1, waiting=0)), load=toy_tagger)
    already = Event()
    already.set()
    told: list[str] = []
    asyncio.run(_hang_up(app, already, told))
    assert "read" not in told
    desk = app.state.workbench.tagging
    _until_free_desk(desk)


def _until_free(site: Site) -> list[dict[str, Any]]:
    """Return what an upload is told when the one before has given its turn back."""
    _until_free_desk(site.app.state.workbench.tagging)
    return lines(site, "x.txt", SAFETY.encode())


def _until_free_desk(desk: Any) -> None:  # noqa: ANN401
    from lhs_nlp.server.turns import BusyError

    while True:
        try:
            with desk.enter():
                return
        except BusyError:
            Event().wait(0.02)


def test_what_is_ended_as_nobody_waits_for_it_is_no_fault_for_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def load() -> Tagger:
        upload.give_up()
        raise LhsNlpError("It was ended.")

    async def follow() -> list[str]:
        return [line["stage"] async for line in upload.lines()]

    desk = TaggingDesk(ServerLimits(), load)
    upload = Upload(desk, SAFETY.encode(), "x.txt", lambda summary: {})
    assert asyncio.run(follow())[-1] == "failed"
    desk.close()
    assert caplog.messages == []


def test_upload_that_cannot_begin_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoThread:
        def __init__(self, **options: object) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr("lhs_nlp.server.streaming.Thread", NoThread)
    desk = TaggingDesk(ServerLimits(tagging=1, waiting=0), toy_tagger)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="new thread"):
            Upload(desk, SAFETY.encode(), "x.txt", lambda summary: {})


def test_who_waits_is_told_so(store: Path) -> None:
    site = site_of(store, Settings(limits=ServerLimits(tagging=1, waiting=1)))
    desk = site.app.state.workbench.tagging
    waits, seen = Event(), list[str]()
    with desk.enter() as first:
        desk.tag_upload(first, SAFETY.encode(), "first.txt")
        upload = Upload(desk, SAFETY.encode(), "second.txt", lambda summary: {})

        async def follow() -> None:
            async for line in upload.lines():
                seen.append(line["stage"])
                if line["stage"] == "waiting":
                    waits.set()

        told = Thread(target=lambda: asyncio.run(follow()))
        told.start()
        waits.wait()
    told.join()
    desk.close()
    assert seen == ["received", "waiting", "read", "passages", "tagged", "result"]


def test_page_tags_a_document_without_a_script(browser: Browser) -> None:
    page = _sent(browser, ("proposal.docx", EXAMPLE.read_bytes()))
    cards = page.xpath("//ul[@class='cards']/li")
    assert len(cards) == 6
    with browser.client as client:
        assert client.get("/api/v1/documents").json()["total"] == 3


def _sent(browser: Browser, file: tuple[str, bytes], answer: int = 200, **headers: str) -> Any:  # noqa: ANN401
    """Send a document by the page's form; return the page that follows, or with headers the answer itself."""
    form = browser.get("/upload").xpath("//main//form")[0]
    assert form.get("enctype") == "multipart/form-data"
    with browser.client as client:  # its end is that of the server's processes
        sent = client.post("/upload", data={"csrf": form.fields["csrf"]}, files={"file": file}, headers=headers)
    assert sent.status_code == answer, sent.text
    return sent if headers else html.document_fromstring(sent.text)


def test_page_says_why_a_document_cannot_be_read(browser: Browser) -> None:
    page = _sent(browser, ("x.bin", bytes(range(256)) * 9), 422)
    assert "x.bin" in text_of(page.xpath("//*[@role='alert']")[0])


def test_script_is_told_how_far_it_is_and_gets_the_result_as_the_page_shows_it(browser: Browser) -> None:
    text = f"{SAFETY}\n\n<script>alert(1)</script>\n"
    sent = _sent(browser, ("x.txt", text.encode()), accept="application/x-ndjson")
    *stages, last = [json.loads(line) for line in sent.text.splitlines()]
    assert [line["stage"] for line in stages] == ["received", "read", "passages", "tagged"]
    assert SAFETY in last["html"]
    assert "<script" not in last["html"]


def test_form_of_another_session_sends_nothing(browser: Browser) -> None:
    assert browser.client.post("/upload", files={"file": ("x.txt", b"x")}).status_code == 403


def test_page_that_is_busy_says_so(store: Path) -> None:
    site = site_of(store, Settings(limits=ServerLimits(tagging=1, waiting=0)))
    with site.app.state.workbench.tagging.enter():
        page = _sent(site.browser(), ("x.txt", SAFETY.encode()), 503)
    assert "come again" in text_of(page.xpath("//*[@role='alert']")[0])
