"""Results as one HTML file."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html
from lxml.html import HtmlElement

from lhs_nlp.explanation import Explanation, Word
from lhs_nlp.printing import printable
from lhs_nlp.report import to_html
from lhs_nlp.summary import DocumentSummary, narrow
from tests.report import examples

ALL = [*examples.SUMMARIES, examples.failure]


def parsed(text: str) -> HtmlElement:
    page: HtmlElement = html.document_fromstring(text)
    return page


def several() -> str:
    return to_html([examples.proposal(), examples.hostile(), examples.failure(), examples.other()])


@pytest.fixture(scope="module")
def page() -> HtmlElement:
    return parsed(to_html(examples.proposal()))


@pytest.fixture(scope="module", params=[*(example.__name__ for example in ALL), "several"])
def any_page(request: pytest.FixtureRequest) -> HtmlElement:
    name = request.param
    return parsed(several() if name == "several" else to_html(getattr(examples, name)()))


def squeezed(text: str) -> str:
    return "".join(text.split())


# ---- one file that needs and does nothing else


def test_policy_allows_the_style_and_script_of_the_file_alone(any_page: HtmlElement) -> None:
    (policy,) = any_page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), (script,) = any_page.xpath("//style"), any_page.xpath("//script")
    assert policy.startswith("default-src 'none'; ")
    for directive, element in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_policy_stands_before_what_it_governs() -> None:
    text = to_html(examples.proposal())
    assert text.index("Content-Security-Policy") < text.index("<style")


def test_page_loads_nothing_and_runs_nothing_inline(any_page: HtmlElement) -> None:
    assert not any_page.xpath(
        "//@src | //@srcset | //@action | //link | //iframe | //object | //embed | //img | //base"
    )
    assert all(target.startswith("#") for target in any_page.xpath("//@href"))
    names = {name for element in any_page.iter() for name in element.attrib}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert "url(" not in any_page.xpath("string(//style)")


def test_hostile_text_is_shown_and_not_run() -> None:
    text = to_html(examples.hostile())
    shown = parsed(text).text_content()
    assert text.count("<script>") == 1
    for piece in ("<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "{{ 7 * 7 }}", "[bold red]", "&#x41;"):
        assert piece in shown
    assert "\x1b" not in text
    assert "\x00" not in text
    text.encode("utf-8")


def test_page_is_the_same_each_time() -> None:
    assert to_html(examples.proposal()) == to_html(examples.proposal())


def test_long_document_stays_of_reasonable_size() -> None:
    text = to_html(examples.many_passages())
    assert text.count("<mark ") == 400
    assert len(text) < 1_000_000


# ---- what it shows


@pytest.mark.parametrize("example", examples.SUMMARIES)
def test_whole_text_can_be_read(example: Callable[[], DocumentSummary]) -> None:
    document = example().document
    (paper,) = parsed(to_html(example())).find_class("paper")
    for extra in (*paper.find_class("page"), *paper.find_class("tags"), *paper.find_class("none")):
        extra.drop_tree()
    bars = str.maketrans("", "", "|")  # between the cells of a row, which the page shows as a table
    assert squeezed(paper.text_content()).translate(bars) == squeezed(printable(document.text)).translate(bars)


def test_each_benefit_has_a_card_in_sign_word_and_number(page: HtmlElement) -> None:
    cards = page.xpath("//ul[@class='cards']/li")
    said = [squeezed(" ".join(card.xpath(".//*[self::h3 or @class='verdict']//text()"))) for card in cards]
    assert said == [
        "QQuality●claimedprobability0.97",
        "SSafety●claimedprobability>.99",
        "EEquity●claimedprobability0.88",
        "PPatientsatisfaction◐needsreviewprobability0.61",
        "RReputation◐needsreviewprobability0.44",
        "VValue○notclaimedprobability0.20",
    ]


def test_quotation_leads_to_its_passage(page: HtmlElement) -> None:
    figures = page.find_class("quotation")
    assert len(figures) == 14
    for figure in figures:
        (target,) = figure.xpath(".//a/@href")
        (mark,) = page.xpath(f"//mark[@id='{target[1:]}']")
        assert figure.findtext("blockquote") in mark.text_content()


def test_items_of_a_quotation_stand_on_lines_of_their_own() -> None:
    summary = examples.list_quoted()
    (benefit,) = [one for one in summary.benefits if one.evidence]
    words = (Word(24, 31, "shorter", 2.0),)
    explained = replace(benefit.evidence[0], explanation=Explanation(words, ()))
    page = to_html(replace(summary, benefits=(replace(benefit, evidence=(explained,)),)))
    (quotation,) = parsed(page).xpath("//blockquote")
    assert quotation.text_content() == "fewer falls at night\n- shorter stays\n3) calmer wards"
    assert "blockquote { font: 1rem/1.5 var(--serif); white-space: pre-line; }" in page


def test_quotation_below_the_threshold_is_marked_as_unsure() -> None:
    page = parsed(to_html(examples.unsure_evidence()))
    (tag,) = page.find_class("tag")
    assert tag.get("title") == "Quality: anticipated, unsure"
    assert tag.text_content().startswith("Q?")


def test_benefit_that_needs_review_is_not_said_to_be_absent_when_its_quotation_is_left_out() -> None:
    summary = examples.unsure_evidence()
    narrowed = narrow(summary, benefits=summary.framework.benefit_ids, min_probability=0.9)
    notes = [
        [card.findtext(".//p[@class='none']") for card in parsed(to_html(each)).find_class("needs_review")]
        for each in (summary, narrowed)
    ]
    assert notes == [["No passage clearly speaks of it."]] * 2


def test_passage_with_two_benefits_has_two_letters(page: HtmlElement) -> None:
    (mark,) = page.xpath("//mark[@id='p3']")
    assert [tag.get("title") for tag in mark.find_class("tag")] == ["Safety: context", "Value: context"]
    assert {"dotted", "hue-1"} <= mark.classes


def test_letter_and_line_show_claim_and_status(page: HtmlElement) -> None:
    (tag,) = page.xpath("//mark[@id='p1']//a")
    assert "mention" not in tag.classes
    assert page.xpath("//mark[@id='p1']")[0].classes >= {"dashed"}
    (tag,) = page.xpath("//mark[@id='p0']//a")
    assert "mention" in tag.classes


def test_every_finding_is_listed_and_both_ways_linked(page: HtmlElement) -> None:
    entries = page.xpath("//details[@class='list']//li")
    assert len(entries) == len(examples.proposal().findings)
    for entry in entries:
        (there,) = entry.xpath("./a/@href")
        (back,) = page.xpath(f"//mark[@id='{there[1:]}']//a[@href='#{entry.get('id')}']")
        assert back.get("data-benefit") == entry.get("data-benefit")


def test_filters_count_the_findings(page: HtmlElement) -> None:
    labels = [squeezed(label.text_content()) for label in page.xpath("//fieldset[@data-filter='status']/label")]
    assert labels == ["achieved2", "notachieved1", "anticipated9", "context5", "Claimsonly"]


def test_page_that_begins_within_a_passage_is_shown() -> None:
    page = parsed(to_html(examples.page_inside_paragraph()))
    assert [mark.text for mark in page.find_class("within")] == ["Page 2"]
    assert len(page.xpath("//mark[@data-passage='1']")) == 2


def test_document_without_findings_has_neither_filter_nor_list() -> None:
    page = parsed(to_html(examples.no_findings()))
    assert not page.find_class("panel")
    assert "The committee met on Tuesday." in page.text_content()


def test_framework_of_ten_benefits_is_shown() -> None:
    page = parsed(to_html(examples.other()))
    letters = [badge.text for badge in page.xpath("//ul[@class='cards']//h3/span")]
    assert len(set(letters)) == 10


def test_failure_says_why() -> None:
    text = parsed(to_html(examples.failure())).text_content()
    assert "Not read (scanned). Run OCR on the file first" in text


def test_status_keeps_capitals_that_mean_something() -> None:
    summary = examples.proposal()
    statuses = tuple(replace(status, name=f"{status.name} in NHS trusts") for status in summary.framework.statuses)
    page = parsed(to_html(replace(summary, framework=replace(summary.framework, statuses=statuses))))
    assert {element.text_content() for element in page.find_class("line")} == {
        f"{name} in NHS trusts" for name in ("anticipated", "achieved", "not achieved", "context")
    }


def test_index_tells_documents_of_one_title_apart_by_where_they_come_from() -> None:
    first = examples.proposal()
    second = replace(first, document=replace(first.document, source="drafts/second.docx"))
    rows = parsed(to_html([first, second, examples.other()])).xpath("//section[@class='index']//tbody/tr/th")
    places = [[span.text_content() for span in row.find_class("details")] for row in rows]
    assert places == [[first.document.source], ["drafts/second.docx"], []]


def test_several_documents_are_led_by_an_index() -> None:
    page = parsed(several())
    rows = page.xpath("//section[@class='index']//tbody/tr")
    assert [row.xpath("./th/a/@href")[0] for row in rows] == [
        "#d1-document",
        "#d2-document",
        "#d3-document",
        "#d4-document",
    ]
    assert "not read (scanned)" in rows[2].text_content()
    assert "● claimed" in rows[0].text_content()
    assert len(page.xpath("//article")) == 4


# ---- whether everybody can read it


def test_ids_are_unique_and_every_reference_has_its_target(any_page: HtmlElement) -> None:
    ids = any_page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in any_page.xpath("//@href")} <= set(ids)
    assert {one for names in any_page.xpath("//@aria-labelledby") for one in names.split()} <= set(ids)


def test_page_has_landmarks_language_title_and_one_first_heading(any_page: HtmlElement) -> None:
    assert any_page.get("lang") == "en"
    assert any_page.findtext(".//title")
    assert len(any_page.xpath("//main")) == 1
    assert len(any_page.xpath("//h1")) == 1
    assert any_page.xpath("//nav[@class='skip']/a/@href")[0] == "#main"


def test_headings_skip_no_level_outside_the_document_text(any_page: HtmlElement) -> None:
    levels = [int(one.tag[1]) for one in any_page.xpath("//h1|//h2|//h3|//h4[not(ancestor::div[@class='paper'])]")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_controls_have_names(any_page: HtmlElement) -> None:
    assert all(box.getparent().tag == "label" for box in any_page.xpath("//input"))
    assert all(button.get("aria-label") for button in any_page.xpath("//button"))
    assert all(fieldset.findtext("legend") for fieldset in any_page.xpath("//fieldset"))


def test_nothing_is_hidden_without_script(any_page: HtmlElement) -> None:
    assert not any_page.xpath("//*[@hidden]")


def test_language_of_the_document_is_declared_when_it_is_a_language() -> None:
    assert parsed(to_html(examples.proposal())).find_class("paper")[0].get("lang") == "en"
    assert parsed(to_html(examples.hostile())).find_class("paper")[0].get("lang") is None


def test_style_covers_dark_print_narrow_and_forced_colours(page: HtmlElement) -> None:
    style = page.findtext(".//style")
    queries = set(re.findall(r"@media ([^{]+?) \{", style))
    assert {
        "screen and (prefers-color-scheme: dark)",
        "print",
        "(max-width: 30rem)",
        "(forced-colors: active)",
    } <= queries
