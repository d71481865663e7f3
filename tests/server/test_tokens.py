from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lhs_nlp.errors import LhsNlpError
from lhs_nlp.server import Settings, Token, read_tokens
from lhs_nlp.server.settings import check_host
from tests.server.browsing import Site, site_of, text_of

ANN, BEN = Token("Ann Lee", "a-token-that-is-long-enough"), Token("Ben", "another-token-that-is-long")


@pytest.fixture
def guarded(store: Path) -> Site:
    return site_of(store, Settings(tokens=(ANN, BEN)))


def test_file_names_reviewers_and_their_tokens(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"# who may enter\n\nAnn Lee {ANN.secret}\n  Ben {BEN.secret}  \n", encoding="utf-8")
    assert read_tokens(file) == (ANN, BEN)
    assert ANN.secret not in repr(ANN)


def test_tab_parts_a_name_of_several_words_from_its_token(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"Ann Lee\t{ANN.secret}\nBen\t{BEN.secret}\n", encoding="utf-8")
    assert read_tokens(file) == (ANN, BEN)


def test_remark_behind_a_byte_order_mark_lets_nobody_in(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"# for the-tokens-of-our-reviewers\nBen {BEN.secret}\n", encoding="utf-8-sig")
    assert read_tokens(file) == (BEN,)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "holds no token"),
        ("# nobody\n", "holds no token"),
        ("a-token-that-is-long-enough\n", "`NAME TOKEN`"),
        ("Ann short\n", "too short"),
        (f"Ann {ANN.secret}\nBen {ANN.secret}\n", "the same token"),
        (f"Ann geheimnisübermut-und-mehr\nBen {BEN.secret}\n", "ASCII"),
        (f"Ann {ANN.secret} # the-token-of-her-laptop\n", "a line of its own"),
        (None, "cannot be read"),
    ],
)
def test_file_that_will_not_do_is_a_sentence_without_a_token(
    tmp_path: Path, content: str | None, sentence: str
) -> None:
    file = tmp_path / "tokens"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(LhsNlpError, match=sentence) as raised:
        read_tokens(file)
    assert ANN.secret not in str(raised.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])  # noqa: S104
def test_address_that_others_can_reach_needs_tokens(host: str) -> None:
    with pytest.raises(LhsNlpError, match="--token-file"):
        check_host(host, ())
    check_host(host, (ANN,))


def test_address_of_any_length_is_named_in_one_short_sentence() -> None:
    with pytest.raises(LhsNlpError) as raised:
        check_host("x" * 5_000 + "\n", ())
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.3.2.1"])
def test_address_of_this_machine_needs_none(host: str) -> None:
    check_host(host, ())


def test_pages_are_shown_to_who_has_a_token(guarded: Site) -> None:
    browser = guarded.browser()
    assert text_of(browser.get("/").xpath("//h1")[0]) == "Sign in"
    assert "not known" in text_of(browser.sign_in("a-token-that-is-wrong-enough", status=403))
    page = browser.sign_in(ANN.secret)
    assert text_of(page.xpath("//h1")[0]) == "Benefits in 3 documents"
    assert "Reviewer Ann Lee" in text_of(page)
    page = browser.submit(page, "//form[@action='/sign-out']")
    assert text_of(page.xpath("//h1")[0]) == "Sign in"


def test_api_is_open_to_who_sends_a_token(guarded: Site) -> None:
    client = guarded.client(base_url="http://reviews.example.org")
    assert client.get("/api/v1/documents").status_code == 401
    assert client.get("/api/v1/documents", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/v1/documents", headers={"authorization": f"Bearer {BEN.secret}"}).status_code == 200


@pytest.mark.parametrize("address", ["/queue", "/agreement", "/teach", "/upload", "/codebook", "/documents/x"])
def test_nothing_of_the_store_is_shown_without_a_token(guarded: Site, address: str) -> None:
    answer = guarded.client().get(address, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_who_gathers_metrics_is_asked_for_a_token_and_led_to_no_page(guarded: Site) -> None:
    client = guarded.client()
    answer = client.get("/metrics", follow_redirects=False)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["detail"].startswith("Send a token")
    known = client.get("/metrics", headers={"authorization": f"Bearer {ANN.secret}"})
    assert known.status_code == 200


def test_health_is_said_to_everybody(guarded: Site) -> None:
    assert guarded.client().get("/health").json()["status"] == "ok"


def test_nobody_takes_the_name_of_another_who_has_a_token(guarded: Site) -> None:
    browser = guarded.browser()
    page = browser.sign_in(ANN.secret)
    csrf = page.xpath("//input[@name='csrf']/@value")[0]
    assert browser.client.post("/reviewer", data={"name": "Ben", "csrf": csrf}).status_code == 403
    assert "Reviewer Ann Lee" in text_of(browser.get("/"))


def test_stranger_sends_little_whether_or_not_it_is_announced(guarded: Site) -> None:
    client, document = guarded.client(), b"x" * 100_000

    def unannounced() -> Iterator[bytes]:
        yield from [document[:10_000]] * 10

    def answer(secret: str, content: bytes | Iterator[bytes]) -> int:
        headers = {"authorization": f"Bearer {secret}", "content-type": "application/json"}
        return client.post("/api/v1/tag/texts", content=content, headers=headers).status_code

    assert answer("a-token-that-is-nobodys", document) == 401
    assert answer("a-token-that-is-nobodys", unannounced()) in (401, 413)
    assert answer(ANN.secret, document) == 422, "who is known is listened to"


def test_stranger_that_is_a_program_is_answered_in_json(guarded: Site) -> None:
    answer = guarded.client().post("/api/v1/tag/texts", content=b"x" * 100_000)
    assert answer.status_code == 401
    assert answer.json() == {
        "detail": "You are not signed in. Load the page again, or send a token, before you send this much."
    }
    assert answer.headers["www-authenticate"] == "Bearer"


def test_reviewer_with_a_long_name_signs_in(store: Path) -> None:
    name = "Doctor Anna Lee of the " + "Department of Learning Health Systems, " * 3 + "Elsewhere"
    browser = site_of(store, Settings(tokens=(Token(name, ANN.secret),))).browser()
    assert f"Reviewer {name}" in text_of(browser.sign_in(ANN.secret))
