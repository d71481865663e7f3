from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from lhs_nlp.archive.store import Store
from lhs_nlp.documents import read_bytes
from lhs_nlp.report import json_schema
from tests.archive.examples import varied_store
from tests.archive.filling import SAFETY, begin, fill, small_store
from tests.server.browsing import Browser, document_of, site_of, text_of
from tests.toy import toy_tagger

ADDRESSES = ("/", "/queue", "/agreement", "/teach", "/upload", "/codebook")


def names(browser: Browser, query: str) -> list[str]:
    rows = browser.get(f"/{query}").xpath("//table[contains(@class, 'documents')]//th[@scope='row']/span/bdi")
    return [text_of(row) for row in rows]


def test_portfolio_counts_verdicts_by_benefit(browser: Browser) -> None:
    page = browser.get("/")
    assert text_of(page.xpath("//h1")[0]) == "Benefits in 3 documents"
    rows = {text_of(row[0])[2:]: [text_of(cell) for cell in row[1:4]] for row in page.xpath("//table[1]/tbody/tr")[:6]}
    assert rows["Safety"] == ["1", "0", "2"]
    assert rows["Value"] == ["2", "0", "1"]
    assert rows["Equity"] == ["0", "0", "3"]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", ["a.md", "b.txt", "c.txt"]),
        ("?benefit=value", ["a.md", "b.txt"]),
        ("?benefit=value&verdict=not_claimed", ["c.txt"]),
        ("?verdict=claimed", ["a.md", "b.txt"]),
        ("?status=anticipated", ["a.md"]),
        ("?status=anticipated&benefit=value", []),
        ("?text=falls", ["a.md"]),
        ("?text=library+steering", ["a.md", "c.txt"]),
        ("?text=library&benefit=safety", ["a.md"]),
        ("?text=---", []),
        ("?text=a%00b", ["a.md", "b.txt"]),
        ("?text=older%00falls", ["a.md"]),
        ("?benefit=wealth&verdict=&status=&text=", ["a.md", "b.txt", "c.txt"]),
        ("?page=99", ["a.md", "b.txt", "c.txt"]),
    ],
)
def test_list_holds_what_fits_the_filters(browser: Browser, query: str, listed: list[str]) -> None:
    assert names(browser, query) == listed


def test_filters_stay_as_they_were_chosen(browser: Browser) -> None:
    page = browser.get("/?benefit=value&verdict=claimed&text=costs")
    assert page.xpath("//option[@selected]/@value") == ["value", "claimed"]
    assert page.xpath("//input[@name='text']/@value") == ["costs"]


def test_long_list_comes_in_pages(tmp_path: Path) -> None:
    texts = {f"{number:03}.txt": f"{SAFETY} Number {number}." for number in range(120)}
    browser = site_of(small_store(tmp_path / "s.sqlite", texts)).browser()
    assert names(browser, "")[0] == "000.txt"
    page = browser.get("/?benefit=safety")
    assert text_of(page.xpath("//p[@class='shown']")[0]) == "120 documents, page 1 of 3"
    following = page.xpath("//a[@rel='next']/@href")[0]
    assert names(browser, following.lstrip("/"))[0] == "050.txt"
    assert len(names(browser, "?page=3")) == 20


def test_document_shows_all_its_text_with_findings_marked(browser: Browser) -> None:
    page = browser.get(document_of(browser))
    paper = page.xpath("//div[contains(@class, 'paper')]")[0]
    for part in ("Aims", "cut falls among older people", "in the library", "fell by a tenth"):
        assert part in text_of(paper)
    marks = paper.xpath(".//mark")
    assert [mark.get("id") for mark in marks] == ["p0", "p2"]
    assert "Safety: anticipated, not decided" in text_of(marks[0])
    assert {"dashed", "solid"} == {mark.get("class").split()[1] for mark in marks}


def test_quotations_and_findings_jump_to_their_passages(browser: Browser) -> None:
    page = browser.get(document_of(browser))
    targets = {f"#{name}" for name in page.xpath("//@id")}
    links = page.xpath("//figure//a/@href | //*[@data-entry]/a/@href | //mark//a/@href")
    assert len(links) >= 6
    assert set(links) <= targets


def test_document_shows_verdicts_with_confidence(browser: Browser) -> None:
    page = browser.get(document_of(browser))
    cards = {
        text_of(card.xpath("./h2")[0])[2:]: text_of(card.xpath("./p")[0])
        for card in page.xpath("//li[contains(@class, 'card')]")
    }
    assert cards["Safety"] == "● claimed probability >.99"
    assert cards["Equity"] == "○ not claimed probability <.01"


def test_pages_of_a_pdf_can_be_jumped_to(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "evaluation-report.pdf"
    tagger = toy_tagger()
    with Store(tmp_path / "s.sqlite") as store:
        run, tagging = begin(store, tagger)
        fill(store, read_bytes(example.read_bytes(), name="r.pdf"), tagger, tagging, run)
    browser = site_of(tmp_path / "s.sqlite").browser()
    page = browser.get(browser.get("/").xpath("//th/a/@href")[0])
    links = page.xpath("//details[contains(@class, 'leaves')]//a/@href")
    assert links == ["#page1", "#page2", "#page3", "#page4"]
    for link in links:
        assert page.xpath(f"//*[@id='{link[1:]}']")


def test_queue_leads_to_documents_and_codebook_names_everything(browser: Browser) -> None:
    page = browser.get("/queue")
    links = page.xpath("//ol//a/@href")
    assert links
    assert browser.get(links[0].partition("#")[0]).xpath("//article")
    said = text_of(browser.get("/codebook"))
    for word in ("Quality", "Safety culture", "not achieved"):
        assert word in said


def test_queue_counts_on_over_its_pages(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lhs_nlp.server.pages.QUEUED", 4)
    assert [browser.get(f"/queue?page={page}").xpath("//ol/@start") for page in (1, 2, 3)] == [["1"], ["5"], ["9"]]


def test_queue_that_became_shorter_than_the_page_shows_its_end(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lhs_nlp.server.pages.QUEUED", 4)
    page = browser.get("/queue?page=9")
    assert page.xpath("//ol/@start") == ["17"]
    assert len(page.xpath("//ol/li")) == 2, "of 18 verdicts"
    assert text_of(page.xpath("//nav[@class='pages']")[0]).endswith("5 of 5")


def test_all_forms_that_decide_are_renewed_with_the_page(browser: Browser) -> None:
    page = browser.get(document_of(browser))
    assert page.xpath("//form[@id='passage-form']")
    assert not page.xpath("//form[contains(@class, 'decide')][not(ancestor::main)]"), "the script takes over main alone"


def test_document_without_text_has_a_page(tmp_path: Path) -> None:
    from lhs_nlp.documents import Document

    tagger = toy_tagger()
    with Store(tmp_path / "s.sqlite") as store:
        run, tagging = begin(store, tagger)
        fill(store, Document("e" * 16, None, "e.txt", "text", "", (), "e" * 64), tagger, tagging, run)
    browser = site_of(tmp_path / "s.sqlite").browser()
    assert "holds no text" in text_of(browser.get(f"/documents/{'e' * 64}"))


@pytest.mark.parametrize("address", ["/documents/nothing", f"/documents/{'0' * 64}", "/nowhere", "/assets/app.py"])
def test_what_is_not_there_is_a_page_that_says_so(browser: Browser, address: str) -> None:
    assert text_of(browser.get(address, 404).xpath("//h1")[0]) == "Not found"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_a_title_a_language_and_one_heading(browser: Browser, address: str) -> None:
    page = browser.get(address)
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title")[0].text.endswith(" · lhs-nlp")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_field_and_button_has_a_name(browser: Browser) -> None:
    page = browser.get(document_of(browser))
    for field in page.xpath("//main//input[not(@type='hidden')] | //main//select"):
        assert text_of(field.xpath("ancestor::label")[0])
    for button in page.xpath("//button[not(@hidden)]"):
        assert text_of(button)


def test_every_kind_of_document_has_a_page_and_a_result(tmp_path: Path) -> None:
    browser = site_of(varied_store(tmp_path / "s.sqlite")).browser()
    links = browser.get("/").xpath("//th/a/@href")
    assert len(links) == 4
    for link in links:
        assert browser.get(link).xpath("//article")
        result = browser.client.get(f"/api/v1{link}?passages=true")
        assert result.status_code == 200
        jsonschema.validate(result.json()["result"], json_schema())
    assert browser.get("/queue").xpath("//ol/li")
