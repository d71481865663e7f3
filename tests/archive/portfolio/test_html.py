"""A portfolio as one HTML file."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from lhs_nlp.archive import Store, StoredFailure
from lhs_nlp.archive.portfolio import Group, Grouping, portfolio_of, portfolio_to_html
from lhs_nlp.archive.portfolio import html as module
from lhs_nlp.report import display
from tests.archive.examples import store_of, varied_store
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE, small_store
from tests.archive.portfolio.making import made
from tests.report import examples
from tests.report.test_display import PAPERS, TEXTS, contrast

TEXTS_OF = {"a.txt": SAFETY, "b/b.txt": f"{SAFETY}\n\n{VALUE}", "c.txt": EQUITY, "d.txt": NOTHING}
KNOWN = {
    "a.txt": {"year": "2020", "funder": "X <&> Y"},
    "b/b.txt": {"year": "2021", "funder": "Z"},
    "c.txt": {"year": "2021", "funder": "Z"},
}


def parsed(text: str) -> HtmlElement:
    page: HtmlElement = html.document_fromstring(text)
    return page


def text_of(path: Path) -> str:
    with Store(path, read_only=True) as store:
        return portfolio_to_html(portfolio_of(store, store.tagging()))


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = small_store(tmp_path_factory.mktemp("store") / "s.sqlite", TEXTS_OF, KNOWN)
    with Store(path) as store:
        (run,) = [run.id for run in store.runs()]
        store.add_failure("scans/<b>.pdf", "scanned", "Run OCR on the file first.", run)
    return text_of(path)


@pytest.fixture(scope="module")
def page(text: str) -> HtmlElement:
    return parsed(text)


@pytest.fixture(scope="module", params=["plain", "varied", "other", "empty"])
def any_page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, text: str) -> HtmlElement:
    folder = tmp_path_factory.mktemp("any")
    match request.param:
        case "plain":
            return parsed(text)
        case "varied":
            return parsed(text_of(varied_store(folder / "s.sqlite")))
        case "other":
            return parsed(text_of(store_of(folder / "s.sqlite", [examples.other()])))
    return parsed(portfolio_to_html(made({})))


def table(page: HtmlElement, section: str) -> dict[str, list[str]]:
    """Return the rows of the first table of a section, by their heads."""
    (found, *_) = page.xpath(f"//section[@aria-labelledby='{section}']//table")
    return {
        squeezed(row.xpath("string(./th)")): [squeezed(cell.text_content()) for cell in row.xpath("./td")]
        for row in found.xpath("./tbody/tr")
    }


def squeezed(text: str) -> str:
    return " ".join(text.split())


# ---- one file that needs and does nothing else


def test_policy_allows_the_style_and_script_of_the_file_alone(any_page: HtmlElement) -> None:
    (policy,) = any_page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), (script,) = any_page.xpath("//style"), any_page.xpath("//script")
    assert policy.startswith("default-src 'none'; ")
    for directive, element in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_page_loads_nothing_and_runs_nothing_inline(any_page: HtmlElement) -> None:
    assert not any_page.xpath(
        "//@src | //@srcset | //@action | //link | //iframe | //object | //embed | //img | //base"
    )
    assert all(target.startswith("#") for target in any_page.xpath("//@href"))
    names = {name for element in any_page.iter() for name in element.attrib}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert "url(" not in any_page.xpath("string(//style)")


def test_hostile_text_is_shown_and_not_run(tmp_path: Path) -> None:
    text = text_of(varied_store(tmp_path / "s.sqlite"))
    assert text.count("<script>") == 1
    assert "<img" not in text
    assert "\x1b" not in text
    text.encode("utf-8")


def test_page_is_the_same_each_time(tmp_path: Path) -> None:
    path = varied_store(tmp_path / "s.sqlite")
    assert text_of(path) == text_of(path)


# ---- what it shows


def test_title_and_lead_say_what_it_is_about(page: HtmlElement) -> None:
    assert page.findtext(".//title") == page.findtext(".//h1") == "Benefits in 4 documents"
    assert "safety is claimed by 50% and value by 25%" in page.find_class("lead")[0].text_content()


def test_title_can_be_given() -> None:
    assert parsed(portfolio_to_html(made({"cnnnnn": 1}), "Ten <years>")).findtext(".//h1") == "Ten <years>"


def test_benefits_are_counted_with_intervals_in_a_table(page: HtmlElement) -> None:
    rows = table(page, "benefits")
    assert rows["S Safety"] == ["2 50%", "", "15–85%", "0", "2"]  # noqa: RUF001
    assert rows["E Equity"] == ["0 0%", "", "0–49%", "0", "4"]  # noqa: RUF001


def test_statuses_are_counted_with_intervals_in_a_table(page: HtmlElement) -> None:
    found = page.xpath("//div[@aria-labelledby='statuses']//tbody/tr")
    rows = {row.findtext("th"): [squeezed(cell.text_content()) for cell in row.findall("td")] for row in found}
    assert list(rows) == ["Achieved", "Not achieved", "Anticipated", "Context"]
    assert rows["Anticipated"][1] == "2 50% interval 15–85%"  # noqa: RUF001
    assert rows["Context"][2] == "1 25% interval 5–70%"  # noqa: RUF001


def test_heat_map_has_every_document_with_every_verdict_in_sign_number_and_word(page: HtmlElement) -> None:
    rows = table(page, "documents")
    assert [head.split()[0] for head in rows] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    (first, second, *_) = page.xpath("//tr[@data-v]")
    assert [squeezed(cell.text_content()) for cell in first.findall("td")][:2] == [
        "○ <.01 not claimed",
        "● >.99 claimed",
    ]
    assert (second.get("data-v"), second.find_class("where")[0].text) == ("ncnnnc", "b/b.txt")
    assert "h10" in first.findall("td")[1].classes
    assert "h0" in first.findall("td")[0].classes


def test_claim_in_the_heat_map_can_be_unfolded_to_its_quotation(page: HtmlElement) -> None:
    (first, *_) = page.xpath("//tr[@data-v]")
    assert first.xpath(".//details//blockquote/text()") == [SAFETY]


def test_groups_are_rows_with_shares_and_intervals(page: HtmlElement) -> None:
    years, funders = table(page, "by-0"), table(page, "by-1")
    assert years["2021"][:3] == ["2", "0 0% interval 0–66%", "1 50% interval 9–91%"]  # noqa: RUF001
    assert list(funders) == ["Z", "X <&> Y"]
    assert "Of 1 document it is not known" in page.xpath("string(//section[@aria-labelledby='by-0'])")
    assert len(page.xpath("//section[@aria-labelledby='by-0']//*[@class='trends']//polyline")) == 6
    assert not page.xpath("//section[@aria-labelledby='by-1']//*[@class='trends']")


def test_pairs_are_shares_of_the_documents_of_their_row(page: HtmlElement) -> None:
    rows = table(page, "together")
    assert rows["S Safety"][5] == "1 50% interval 9–91%"  # noqa: RUF001
    assert rows["V Value"][1] == "1 100% interval 21–100%"  # noqa: RUF001
    assert rows["S Safety"][1] == "2 all"


def test_gaps_and_all_key_concepts_are_listed(page: HtmlElement) -> None:
    (section,) = page.xpath("//section[@aria-labelledby='gaps']")
    first = [squeezed(row.text_content()) for row in section.xpath(".//tbody/tr")][:3]
    assert "E Equity the whole benefit0 0%0–49%perhaps1" in [row.replace("  ", " ") for row in first]  # noqa: RUF001
    heads = {squeezed(head.text_content()) for head in section.xpath(".//th[@scope='row']")}
    names = {concept.name for benefit in made({}).tagging.framework.benefits for concept in benefit.concepts}
    assert names <= heads


def test_quotations_name_their_document_and_status(page: HtmlElement) -> None:
    (section,) = page.xpath("//section[@aria-labelledby='quotations']")
    captions = [squeezed(caption.text_content()) for caption in section.xpath(".//figcaption")]
    assert "anticipated, in a.txt" in captions
    assert "No document clearly claims it." in section.text_content()


def test_failures_say_why_and_what_to_do(page: HtmlElement) -> None:
    assert table(page, "failures") == {"scans/<b>.pdf": ["scanned", "Run OCR on the file first."]}
    assert "1 not read" in squeezed(page.find_class("facts")[0].text_content())


def test_many_failures_are_counted_and_folded() -> None:
    failed = tuple(StoredFailure(f"{at}.pdf", "scanned", "OCR.", None, "2026-01-01T00:00:00Z") for at in range(30))
    page = parsed(portfolio_to_html(made({"cnnnnn": 1}, failures={"scanned": 1200}, failed=failed)))
    (fold,) = page.xpath("//section[@aria-labelledby='failures']//details")
    assert fold.get("open") is None
    assert fold.findtext("summary") == "The first 30 places"
    assert "1,200 scanned" in squeezed(page.xpath("string(//*[@class='reasons'])"))


def test_empty_portfolio_says_so_and_still_lists_failures() -> None:
    page = parsed(portfolio_to_html(made({}, failures={"scanned": 1})))
    assert "No document was tagged." in page.text_content()
    assert not page.xpath("//section[@aria-labelledby='benefits']")
    assert page.xpath("//section[@aria-labelledby='failures']")


def test_largest_groups_are_shown_and_the_merged_rest_leads_nowhere() -> None:
    groups = (Group("A", 3, {"quality": 1}), Group("2 others", 2, {"quality": 1}, merged=True))
    page = parsed(portfolio_to_html(made({"cnnnnn": 5}, groupings=(Grouping("funder", groups, 0, ordered=False),))))
    links = page.xpath("//section[@aria-labelledby='by-0']//a/@data-show")
    assert links == ["g0=0", "g0=0&b0=c"]
    options = page.xpath("//select[@data-key='g0']/option")
    assert [(option.get("value"), option.text) for option in options] == [("", "any"), ("0", "A")]


# ---- many documents


def test_many_documents_are_folded_into_blocks_that_can_be_read_without_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BLOCK", 10)
    page = parsed(portfolio_to_html(made({"cnnnnn": 25})))
    blocks = page.find_class("block")
    assert [squeezed(block.findtext("summary")) for block in blocks] == [
        "1 to 10, from",
        "11 to 20, from",
        "21 to 25, from",
    ]
    assert [block.get("open") is not None for block in blocks] == [True, False, False]
    assert len(page.xpath("//tr[@data-v]")) == 25


def test_list_that_is_not_complete_says_so_and_counts_are_no_links() -> None:
    portfolio = made({"cnnnnn": 5})
    page = parsed(portfolio_to_html(replace(portfolio, listed=portfolio.listed[:2])))
    assert "the first 2 of 5 documents" in squeezed(page.xpath("string(//section[@aria-labelledby='documents'])"))
    assert not page.xpath("//*[@data-show]")


def test_page_of_ten_thousand_documents_stays_of_reasonable_size() -> None:
    assert len(portfolio_to_html(made({"cnnnnn": 4_000, "ncnnnr": 6_000}))) < 12_000_000


# ---- whether everybody can read it


def test_ids_are_unique_and_every_reference_has_its_target(any_page: HtmlElement) -> None:
    ids = any_page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in any_page.xpath("//@href")} <= set(ids)
    assert {one for names in any_page.xpath("//@aria-labelledby") for one in names.split()} <= set(ids)


def test_links_choose_what_the_filters_offer(any_page: HtmlElement) -> None:
    offered = {
        (select.get("data-key"), option.get("value"))
        for select in any_page.xpath("//select[@data-key]")
        for option in select.findall("option")
    }
    for link in any_page.xpath("//@data-show"):
        assert {tuple(pair.split("=")) for pair in link.split("&")} <= offered


def test_page_has_landmarks_language_and_one_first_heading(any_page: HtmlElement) -> None:
    assert any_page.get("lang") == "en"
    assert len(any_page.xpath("//main")) == len(any_page.xpath("//h1")) == 1
    assert any_page.xpath("//nav[@class='skip']/a/@href")[0] == "#main"
    levels = [int(one.tag[1]) for one in any_page.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_drawing_is_beside_its_numbers_and_silent(any_page: HtmlElement) -> None:
    drawings = any_page.xpath("//svg")
    assert all(svg.xpath("ancestor-or-self::*[@aria-hidden='true']") for svg in drawings)
    assert all(cell.get("scope") for cell in any_page.xpath("//th"))


def test_controls_have_names(any_page: HtmlElement) -> None:
    assert all(squeezed(control.getparent().text_content()) for control in any_page.xpath("//input | //select"))
    assert all(control.getparent().tag == "label" for control in any_page.xpath("//input | //select"))
    assert all(squeezed(button.text_content()) for button in any_page.xpath("//button"))


def test_nothing_is_hidden_without_script_but_what_needs_it(any_page: HtmlElement) -> None:
    assert not any_page.xpath("//*[@hidden]")
    for control in any_page.xpath("//input | //select | //button"):
        assert control.xpath("ancestor::*[contains(@class, 'scripted')]")


@pytest.mark.parametrize(("hue", "mode"), list(product(display.PALETTE, PAPERS)))
def test_text_on_the_darkest_shade_has_the_contrast_that_wcag_asks_for(hue: display.Hue, mode: str) -> None:
    style = parsed(portfolio_to_html(made({}))).findtext(".//style") or ""
    steps = [int(step) for step in re.findall(r"--step: (\d+)%", style)]
    share = dict(zip(("light", "dark"), steps, strict=True))[mode] * 10 / 100
    ink, paper = (hue.ink if mode == "light" else hue.dark_ink), PAPERS[mode][0]
    parts = zip(*((int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (ink, paper)), strict=True)
    mixed = "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in parts)
    assert contrast(TEXTS[mode][0], mixed) >= 4.5


def test_style_covers_dark_print_narrow_and_forced_colours(page: HtmlElement) -> None:
    style = page.findtext(".//style") or ""
    queries = set(re.findall(r"@media ([^{]+?) \{", style))
    assert {"screen and (prefers-color-scheme: dark)", "print", "(forced-colors: active)"} <= queries


def test_quotation_below_the_threshold_says_that_its_status_is_unsure(tmp_path: Path) -> None:
    page = parsed(text_of(store_of(tmp_path / "s.sqlite", [examples.unsure_evidence()])))
    (said,) = page.xpath("//table//figcaption")
    assert "Quality: anticipated, unsure" in squeezed(said.text_content())
