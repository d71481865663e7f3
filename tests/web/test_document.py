from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from pypdfium2 import PdfDocument

from tests.web.serving import PAGED, Visit, open_document, press

pytestmark = pytest.mark.web

SAFETY, VALUE = "#f0-safety", "#f2-value"


@pytest.fixture
def page(visit: Visit, site: str) -> Page:
    page = visit(site)
    open_document(page)
    return page


def state(page: Page, finding: str) -> Locator:
    return page.locator(f"{finding} .state")


def test_quotation_jumps_to_its_place_in_the_text(visit: Visit, site: str) -> None:
    page = visit(site)
    open_document(page, PAGED)
    page.locator(".card figcaption a").last.click()
    place = page.locator(":target")
    expect(place).to_be_in_viewport()
    assert page.url.endswith(f"#{place.get_attribute('id')}")


def test_address_of_a_finding_shows_its_place_in_the_text(visit: Visit, site: str) -> None:
    page = visit(site)
    open_document(page, PAGED)
    address, last = page.url, page.locator("[data-entry]").last.get_attribute("id")
    page.goto("/queue")
    page.goto(f"{address}#{last}")
    expect(page.locator(f"#{last}")).to_be_focused()
    expect(page.locator("[aria-current=true]")).to_be_in_viewport()


def test_first_click_on_a_finding_below_leads_to_its_place_in_the_text(page: Page) -> None:
    page.locator(f"{SAFETY}").click()
    page.locator(f"{VALUE} > a").click()
    expect(page).to_have_url(re.compile("#p2$"))
    expect(page.locator("#p2")).to_have_attribute("aria-current", "true")


def test_click_on_a_finding_shows_its_place_in_the_text(visit: Visit, site: str) -> None:
    page = visit(site)
    open_document(page, PAGED)
    page.locator("[data-entry] .details").last.click()
    expect(page.locator("[aria-current=true]")).to_be_in_viewport()


def test_page_number_of_the_original_jumps_there(visit: Visit, site: str) -> None:
    page = visit(site)
    open_document(page, PAGED)
    page.locator(".leaves summary").click()
    page.locator(".leaves").get_by_role("link", name="3", exact=True).click()
    expect(page.locator("#page3")).to_be_in_viewport()


def test_j_and_k_go_through_the_findings_and_the_text_goes_along(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.locator(VALUE)).to_be_focused()
    expect(page.locator("#p2")).to_have_attribute("aria-current", "true")
    expect(page.locator("#p2")).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator(SAFETY)).to_be_focused()
    expect(page.locator("#p2")).not_to_have_attribute("aria-current", "true")


def test_keys_accept_reject_change_and_undo(page: Page) -> None:
    press(page, "a")
    expect(state(page, SAFETY)).to_have_text("accepted by Ann")
    press(page, "s")
    expect(state(page, SAFETY)).to_have_text("status changed by Ann")
    press(page, "r")
    expect(state(page, SAFETY)).to_have_text("rejected by Ann")
    expect(page.locator("mark#p0")).to_have_count(0)
    expect(page.locator("#said")).to_have_text("1 of 2 findings decided")
    press(page, "u", "u", "u")
    expect(state(page, SAFETY)).to_have_text("not decided")
    expect(page.locator("mark#p0")).to_be_visible()
    press(page, "u")
    expect(page.locator("#said")).to_have_text("There is no decision of yours to undo here.")


def test_decision_stays_where_the_reader_is(page: Page) -> None:
    page.keyboard.press("j")
    press(page, "a")
    expect(page.locator(VALUE)).to_be_focused()
    expect(state(page, VALUE)).to_have_text("accepted by Ann")
    expect(state(page, SAFETY)).to_have_text("not decided")


@pytest.mark.parametrize(
    ("key", "benefit"),
    [("1", "quality"), ("3", "equity"), ("4", "patient_satisfaction"), ("5", "reputation"), ("6", "value")],
)
def test_number_adds_its_benefit_to_the_passage_of_the_finding(page: Page, key: str, benefit: str) -> None:
    press(page, key)
    added = page.locator(f"#f0-{benefit}")
    expect(added).to_be_focused()
    expect(added.locator(".state")).to_have_text("added by Ann")


def test_number_adds_its_benefit_to_the_selected_words(page: Page) -> None:
    page.locator("#p1").select_text()
    expect(page.locator("[data-selected]")).to_have_text("“The steering group met on Tuesdays in the library.”")
    press(page, "3")
    added = page.locator("#f1-equity")
    expect(added.locator(".excerpt")).to_have_text("The steering group met on Tuesdays in the library.")
    expect(page.locator("mark#p1")).to_be_visible()
    press(page, "u")
    expect(added).to_have_count(0)


def test_n_says_that_the_passage_speaks_of_no_benefit(page: Page) -> None:
    press(page, "n")
    expect(state(page, SAFETY)).to_have_text("rejected by Ann")


def test_finding_that_is_chosen_after_words_were_selected_is_the_one_that_is_meant(page: Page) -> None:
    page.locator("#p1").select_text()
    page.keyboard.press("j")
    press(page, "3")
    expect(page.locator("#f2-equity .state")).to_have_text("added by Ann")
    page.locator("#p1").select_text()
    page.locator("#f2-equity").get_by_role("button", name="No benefit").click()
    expect(state(page, VALUE)).to_have_text("rejected by Ann")
    expect(page.locator("#f1-equity")).to_have_count(0)


def test_comment_is_written_with_the_decision_and_its_letters_are_no_keys(page: Page) -> None:
    page.keyboard.press("c")
    page.keyboard.type("jar of air")
    page.keyboard.press("Enter")
    expect(state(page, SAFETY)).to_have_text("not decided")
    press(page, "r")
    expect(state(page, SAFETY)).to_have_text("rejected by Ann")
    expect(page.locator(f"{SAFETY} .comment")).to_have_text("jar of air")


def test_comment_waits_for_the_decision_on_its_finding(page: Page) -> None:
    page.keyboard.press("c")
    page.keyboard.type("ask the ward")
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    press(page, "a")
    expect(page.locator(f"{SAFETY} [name=comment]")).to_have_value("ask the ward")
    page.keyboard.press("k")
    press(page, "a")
    expect(page.locator(f"{SAFETY} .comment")).to_have_text("ask the ward")
    expect(page.locator(f"{SAFETY} [name=comment]")).to_have_value("")


def test_comment_is_written_with_the_decision_that_there_is_no_benefit(page: Page) -> None:
    page.locator(f"{SAFETY} [name=comment]").fill("a heading")
    page.locator(SAFETY).get_by_role("button", name="No benefit").click()
    expect(state(page, SAFETY)).to_have_text("rejected by Ann")
    expect(page.locator(f"{SAFETY} .comment")).to_have_text("a heading")


def test_comment_outlives_a_refusal(visit: Visit, site: str) -> None:
    ann, ben = visit(site), visit(site, name="Ben")
    open_document(ann)
    open_document(ben)
    press(ann, "r")
    ben.locator(f"{SAFETY} [name=comment]").fill("a claim")
    ben.locator(SAFETY).get_by_role("button", name="Accept").click()
    expect(ben.locator("#said")).to_contain_text("nothing was written")
    expect(ben.locator(f"{SAFETY} [name=comment]")).to_have_value("a claim")


def test_help_opens_over_the_page_takes_the_keys_and_gives_them_back(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("?")
    overlay = page.get_by_role("dialog", name="Keys")
    expect(overlay).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    expect(page.locator(VALUE)).to_be_focused()
    expect(state(page, VALUE)).to_have_text("not decided")


def test_help_names_every_key(page: Page) -> None:
    page.get_by_role("button", name="Keys").click()
    named = page.get_by_role("dialog").locator("kbd").all_text_contents()
    assert named == ["j", "k", "a", "r", "s", "1", "6", "n", "c", "u", "d", "?"]


def test_benefits_and_statuses_that_are_not_ticked_are_not_marked(page: Page) -> None:
    page.locator(".filtering > summary").click()
    page.get_by_role("checkbox", name="Safety").uncheck()
    expect(page.locator(SAFETY)).to_be_hidden()
    expect(page.locator("mark#p0")).to_have_class("off")
    page.get_by_role("checkbox", name="achieved", exact=False).first.uncheck()
    expect(page.locator(VALUE)).to_be_hidden()
    page.get_by_role("checkbox", name="Safety").check()
    expect(page.locator(SAFETY)).to_be_visible()


def test_keys_decide_on_the_finding_to_which_a_mark_in_the_text_leads(page: Page) -> None:
    page.locator(f"a.tag[href='{VALUE}']").click()
    press(page, "r")
    expect(state(page, VALUE)).to_have_text("rejected by Ann")
    expect(state(page, SAFETY)).to_have_text("not decided")


def test_keys_decide_on_no_finding_that_a_filter_hides(page: Page) -> None:
    page.locator(".filtering > summary").click()
    page.get_by_role("checkbox", name="Safety").uncheck()
    press(page, "r")
    expect(state(page, VALUE)).to_have_text("rejected by Ann")
    page.get_by_role("checkbox", name="Safety").check()
    expect(state(page, SAFETY)).to_have_text("not decided")


def test_decision_on_a_page_that_is_out_of_date_writes_nothing_and_shows_what_holds(visit: Visit, site: str) -> None:
    ann, ben = visit(site), visit(site, name="Ben")
    open_document(ann)
    open_document(ben)
    press(ann, "r")
    with ben.expect_response(lambda response: response.status == 409):
        ben.keyboard.press("a")
    expect(ben.locator("#said")).to_contain_text("nothing was written")
    expect(state(ben, SAFETY)).to_have_text("rejected by Ann")


def test_keys_that_are_faster_than_the_server_are_done_in_their_order(page: Page) -> None:
    held: list[Route] = []
    page.route("**/decisions", lambda route: held.append(route), times=1)
    with page.expect_request("**/decisions"):
        page.keyboard.press("r")
    for key in ("j", "a", "c"):
        page.keyboard.press(key)
    held[0].continue_()
    expect(state(page, SAFETY)).to_have_text("rejected by Ann")
    expect(state(page, VALUE)).to_have_text("accepted by Ann")
    expect(page.locator(f"{VALUE} [name=comment]")).to_be_focused()


def test_keys_that_follow_a_decision_that_was_refused_do_nothing(page: Page) -> None:
    held: list[Route] = []
    page.route("**/decisions", lambda route: held.append(route), times=1)
    with page.expect_request("**/decisions"):
        page.keyboard.press("r")
    for key in ("j", "a"):
        page.keyboard.press(key)
    held[0].abort()
    expect(page.locator("#said")).to_contain_text("nothing was written")
    expect(page.locator(SAFETY)).to_have_class(re.compile(r"\bhere\b"))
    expect(state(page, VALUE)).to_have_text("not decided")


def test_server_that_cannot_be_reached_is_a_sentence_and_the_key_works_again_later(page: Page) -> None:
    page.context.set_offline(True)
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("could not be reached: nothing was written")
    page.context.set_offline(False)
    press(page, "a")
    expect(state(page, SAFETY)).to_have_text("accepted by Ann")


def test_findings_are_decided_without_script_too(visit: Visit, site: str) -> None:
    page = visit(site, java_script_enabled=False)
    open_document(page)
    page.locator(SAFETY).get_by_role("button", name="Reject").click()
    expect(state(page, SAFETY)).to_have_text("rejected by Ann")


def test_printed_document_holds_text_and_verdicts_without_controls(page: Page, tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "printed.pdf")
    printed = PdfDocument(tmp_path / "printed.pdf")
    words = " ".join(" ".join(leaf.get_textpage().get_text_bounded() for leaf in printed).split())
    printed.close()
    assert "The project will cut falls among older people by a third." in words
    assert "claimed" in words
    for control in ("Undo", "Accept", "Codebook", "Reviewer", "Portfolio"):
        assert control not in words
