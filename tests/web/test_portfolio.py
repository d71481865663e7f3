from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.serving import PAGED, Visit

pytestmark = pytest.mark.web

LISTED = "table.documents tbody tr"


def names(page: Page) -> list[str]:
    """Return the file names of the documents that are listed."""
    return [str(where).split(" · ")[0] for where in page.locator(f"{LISTED} .where").all_text_contents()]


def form(page: Page) -> Locator:
    return page.locator("form.filters")


@pytest.mark.parametrize(
    ("label", "choice", "listed"),
    [
        ("Benefit", "Equity", [PAGED]),
        ("Benefit", "Safety", ["a.md"]),
        ("Status of a passage", "Anticipated", ["a.md", PAGED]),
        ("Words in the text", "steering", ["a.md", "c.txt"]),
    ],
)
def test_documents_are_filtered(visit: Visit, site: str, label: str, choice: str, listed: list[str]) -> None:
    page = visit(site)
    if label == "Benefit":
        form(page).get_by_label("Verdict").select_option("claimed")
    control = form(page).get_by_label(label)
    if label == "Words in the text":
        control.fill(choice)
    else:
        control.select_option(label=choice)
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile(r"\?"))
    assert names(page) == listed
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(LISTED)).to_have_count(4)


def test_count_of_a_verdict_leads_to_its_documents(visit: Visit, site: str) -> None:
    page = visit(site)
    value = page.locator("table.verdicts tr").filter(has_text="Value")
    value.get_by_role("link").first.click()
    expect(form(page).get_by_label("Benefit")).to_have_value("value")
    expect(form(page).get_by_label("Verdict")).to_have_value("claimed")
    expect(page.locator(LISTED)).to_have_count(int(value.get_by_role("link").first.inner_text()))


def test_what_nothing_fits_says_so(visit: Visit, site: str) -> None:
    page = visit(site)
    page.get_by_label("Words in the text").fill("unheard")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No document fits.")).to_be_visible()
