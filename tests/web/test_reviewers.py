from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lhs_nlp.server import Settings, Token
from tests.web.serving import Visit, open_document, press, served

pytestmark = pytest.mark.web

SECRET = "a-token-that-is-long-enough"  # noqa: S105


@pytest.fixture
def blind(store: Path, tmp_path: Path) -> Iterator[str]:
    """Serve a store whose reviewers do not see each other."""
    with served(shutil.copy(store, tmp_path), Settings(blind=True)) as address:
        yield address


def read(page: Page, *keys: str) -> None:
    """Decide on the first document by keys, and read it to the end."""
    open_document(page)
    press(page, *keys, "d")


def test_queue_leads_to_the_finding_that_teaches_most(visit: Visit, site: str) -> None:
    page = visit(site, "/queue")
    page.locator("ol.queue a[href*='#f']").first.click()
    page.wait_for_url(re.compile(r"#f\d+-"))
    expect(page.locator(":target")).to_be_focused()
    expect(page.locator(":target .decide")).to_be_visible()


def test_what_is_read_to_the_end_leaves_the_queue(visit: Visit, site: str) -> None:
    page = visit(site, "/queue")
    queued = page.locator("ol.queue li").filter(has_text="Aims")
    expect(queued.first).to_be_visible()
    read(page)
    page.goto("/queue")
    expect(page.get_by_text("1 of 4 documents read to the end")).to_be_visible()
    expect(queued).to_have_count(0)


def test_two_read_blind_differ_and_a_third_decides_between_them(visit: Visit, blind: str) -> None:
    ann, ben, cleo = (visit(blind, name=name) for name in ("Ann", "Ben", "Cleo"))
    read(ann, "r")
    open_document(ben)
    expect(ben.locator("#said")).to_have_text("0 of 2 findings decided")
    ben.goto("/agreement")
    expect(ben.get_by_text("Nothing to compare yet")).to_be_visible()
    read(ben, "a")

    cleo.goto("/agreement")
    expect(cleo.get_by_text("They differ on 1 label, of which 0 are decided")).to_be_visible()
    kappa = cleo.locator("table.measures tr").filter(has_text="All together")
    expect(kappa.get_by_role("cell").first).to_contain_text(re.compile(r"^0\.\d\d"))
    difference = cleo.locator("ul.differences li")
    expect(difference).to_contain_text("Ann: absent · Ben: anticipated")
    difference.get_by_role("button", name="Anticipated").click()
    expect(cleo.get_by_text("They differ on 1 label, of which 1 is decided")).to_be_visible()
    expect(difference).to_contain_text("decided: anticipated")
    difference.get_by_role("link", name="show in the text").click()
    expect(cleo.locator("#p0")).to_be_in_viewport()


def test_token_opens_the_workbench_and_signing_out_closes_it(visit: Visit, store: Path) -> None:
    with served(store, Settings(tokens=(Token("Ann", SECRET),))) as site:
        page = visit(site)
        page.get_by_label("Token").fill(SECRET)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Reviewer Ann")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.goto("/queue")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        visit.leave()
