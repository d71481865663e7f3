from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lhs_nlp.documents import Limits
from lhs_nlp.server import ServerLimits, Settings
from tests.archive.filling import small_store
from tests.databases import connected
from tests.server.browsing import HERE, Browser, Site, document_of, site_of, text_of

HOSTILE = (
    "<script>alert(1)</script> The project will cut falls </p><img src=x onerror=alert(2)> by a third.\n"
    "\n\u202egnirts\u202c \x1b[31m"
)
PAGES = (
    "/",
    "/queue",
    "/agreement",
    "/teach",
    "/upload",
    "/codebook",
    "/health",
    "/api/v1/documents",
    "/assets/style.css",
    "/nowhere",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_allows_this_servers_own_files_alone(site: Site, address: str) -> None:
    headers = site.client().get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"


def test_no_page_needs_what_the_policy_forbids(browser: Browser) -> None:
    for address in ("/", document_of(browser), "/queue", "/codebook", "/agreement", "/teach", "/upload"):
        page = browser.get(address)
        assert not page.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]")
        for loaded in page.xpath("//script/@src | //link/@href | //img/@src"):
            assert loaded.startswith("/assets/")
            assert browser.client.get(loaded).status_code == 200


def test_hostile_text_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    browser = site_of(small_store(tmp_path / "s.sqlite", {"<b>x</b>.txt": HOSTILE})).browser()
    page = browser.get(browser.get("/?text=<script>alert").xpath("//th/a/@href")[0])
    assert "<script>alert(1)</script>" in text_of(page)
    assert not page.xpath("//main//script | //main//img | //b[text()='x']")
    assert "\u202e" not in text_of(page)
    assert "\x1b" not in text_of(page)


def test_no_path_of_the_server_is_shown(site: Site, store: Path) -> None:
    client = site.client()
    sha256 = client.get("/api/v1/documents").json()["documents"][0]["sha256"]
    for address in (*PAGES, f"/documents/{sha256}", f"/api/v1/documents/{sha256}?passages=true", "/metrics"):
        said = client.get(address).text
        assert "secret" not in said
        assert str(store.parent) not in said


def test_store_that_cannot_be_used_is_a_sentence_without_its_path(site: Site, store: Path) -> None:
    store.rename(store.with_name("gone.sqlite"))
    for address in ("/", "/api/v1/documents", "/health"):
        answer = site.client().get(address)
        assert answer.status_code == 503
        assert "cannot do this just now" in answer.text
        assert str(store.parent) not in answer.text


@pytest.mark.parametrize(
    "address", ["/", "/?text=falls", "/queue", "/api/v1/documents", "/api/v1/documents?text=falls"]
)
def test_store_that_fails_while_it_is_read_is_a_sentence(site: Site, store: Path, address: str) -> None:
    with connected(store) as connection:
        connection.execute("DROP TABLE verdicts")
    answer = site.client().get(address)
    assert answer.status_code == 503
    assert "cannot do this just now" in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "10.0.0.5", "localhost.evil.example", "[::1", ""]
)
def test_without_tokens_only_names_of_this_machine_are_answered(site: Site, host: str) -> None:
    answer = site.client().get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Benefits" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:9", "127.0.0.1:8765", "[::1]:8765"])
def test_names_of_this_machine_are_answered(site: Site, host: str) -> None:
    assert site.client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"origin": "http://["},
        {"origin": "localhost:8765"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "cross-site", "origin": HERE},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_requests_from_other_sites_change_nothing(site: Site, headers: dict[str, str]) -> None:
    client = site.client()
    address = f"{document_of(site.browser())}/decisions".replace("/documents", "/api/v1/documents")
    sent = {"action": "done", "seen": 0}
    assert client.post(address, json=sent, headers=headers).status_code == 403
    assert client.post(address, json=sent, headers={"origin": HERE}).status_code == 201


def test_browser_that_says_it_asks_its_own_site_is_believed_behind_a_proxy_that_has_another_name(site: Site) -> None:
    address = f"{document_of(site.browser())}/decisions".replace("/documents", "/api/v1/documents")
    headers = {"origin": "https://workbench.example", "sec-fetch-site": "same-origin"}
    assert site.client().post(address, json={"action": "done", "seen": 0}, headers=headers).status_code == 201


def test_form_without_the_sessions_token_changes_nothing(browser: Browser) -> None:
    address = document_of(browser)
    page = browser.get(address)
    form = "//form[contains(@class, 'decide')]"
    for wrong in ("", "x", "\u00e9"):
        assert "another session" in text_of(browser.submit(page, form, "action=done", answer=403, csrf=wrong))
    assert text_of(browser.get(address).xpath("//*[@id='said']")[0]) == "0 of 2 findings decided"


def test_form_of_a_server_that_was_started_anew_bids_to_look_at_the_name(store: Path) -> None:
    ben = site_of(store, Settings(reviewer="Ann")).browser()
    ben.call_me("Ben")
    page = ben.get(document_of(ben))
    again = site_of(store, Settings(reviewer="Ann")).browser()
    answer = again.submit(page, "//form[contains(@class, 'decide')]", "action=done", answer=403)
    assert "see that the name at its top is yours" in text_of(answer)
    assert "Reviewer Ann" in text_of(again.get("/"))


def test_form_of_another_session_changes_nothing(site: Site) -> None:
    page = site.browser().get(document_of(site.browser()))
    stranger = site.browser()
    stranger.get("/")
    stranger.submit(page, "//form[contains(@class, 'decide')]", "action=done", answer=403)


def test_request_that_is_too_large_is_refused_also_when_it_does_not_say_so(store: Path) -> None:
    limits = ServerLimits(documents=Limits(megabytes=0.1))
    client = site_of(store, Settings(limits=limits)).client()

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b'{"texts": ["' + b"x" * 10_000

    announced = client.post("/api/v1/tag/texts", content=b"x" * 300_000)
    silent = client.post("/api/v1/tag/texts", content=endless(), headers={"content-type": "application/json"})
    assert (announced.status_code, silent.status_code) == (413, 413)


def test_session_is_of_no_use_to_scripts_and_other_sites(site: Site) -> None:
    cookie = site.client().get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_two_servers_of_one_machine_leave_each_others_sessions_alone(site: Site, store: Path) -> None:
    one, other = site.browser(), site_of(store, Settings(reviewer="Bob")).browser()
    one.call_me("Ann")
    other.client.cookies.update(one.client.cookies)  # a browser keeps them by host, whatever the port
    assert text_of(other.get("/").xpath("//header//b")[0]) == "Bob"
    one.client.cookies.update(other.client.cookies)
    assert text_of(one.get("/").xpath("//header//b")[0]) == "Ann"


def test_program_is_refused_in_json_as_the_description_says(store: Path) -> None:
    client = site_of(store, Settings(limits=ServerLimits(documents=Limits(megabytes=0.1)))).client()
    large = client.post("/api/v1/tag/texts", content=b"x" * 300_000)
    foreign = client.post("/api/v1/teaching", json={}, headers={"origin": "http://elsewhere.org"})
    renamed = client.get("/api/v1/documents", headers={"host": "elsewhere.org"})
    assert [answer.status_code for answer in (large, foreign, renamed)] == [413, 403, 421]
    assert all(answer.json()["detail"].endswith(".") for answer in (large, foreign, renamed))
    page = client.post("/upload", content=b"x" * 300_000)
    assert page.text == f"{large.json()['detail']}\n"
