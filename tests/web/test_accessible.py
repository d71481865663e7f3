"""Every page, light and dark: WCAG 2.2 AA as far as axe-core can tell, narrow screens, keyboard, paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lhs_nlp.archive.store import Store
from lhs_nlp.corrections import Desk
from lhs_nlp.server import Settings, Token
from tests.corrections.reviewing import Room
from tests.web.serving import PAGED, Visit, open_document, served

pytestmark = pytest.mark.web

SECRET = "a-token-that-is-long-enough"  # noqa: S105
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
PAGES = (
    "/",
    "/?text=unheard",
    "/queue",
    "/agreement",
    "/teach",
    "/upload",
    "/codebook",
    "/documents/nowhere",
    "/sign-in",
    "document",
    "document decided on",
    "document with all open",
    "document of several pages",
    "help",
)
NARROW = {"width": 320, "height": 700}
"""CSS pixels: a screen of 1280 at 400% (WCAG 2.2, 1.4.10)."""
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def read_only(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a store of which two reviewers, blind, have read a document and differ."""
    path = Path(shutil.copy(store, tmp_path_factory.mktemp("served")))
    with Store(path) as opened:
        room = Room(opened, opened.tagging())
        for name, status in (("Ann", "achieved"), ("Ben", "not_achieved")):
            desk = Desk(name, "review", True)
            room.decide(desk, "status", 0, "safety", status, comment="as far as I can see")
            room.decide(desk, "reject" if name == "Ann" else "accept", 2, "value")
            room.decide(desk, "done")
    with served(path, Settings(reviewer="Ann", blind=True)) as address:
        yield address


@pytest.fixture(scope="module")
def locked(store: Path) -> Iterator[str]:
    """Serve a store to whom a token lets in."""
    with served(store, Settings(tokens=(Token("Ann", SECRET),))) as address:
        yield address


def open_page(visit: Visit, read_only: str, locked: str, name: str, **options: Any) -> Page:  # noqa: ANN401
    if name.startswith("/"):
        return visit(locked if name == "/sign-in" else read_only, name, **options)
    page = visit(read_only, **options)
    if name == "document decided on":
        open_document(page, "a.md")
        return page
    open_document(page, PAGED if "several" in name else "b.txt")
    if name == "help":
        page.keyboard.press("?")
    if "all open" in name:
        page.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_page_breaks_no_rule(visit: Visit, read_only: str, locked: str, name: str) -> None:
    page = open_page(visit, read_only, locked, name, color_scheme="light")
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_narrow_screen_and_breaks_no_rule_in_the_dark(
    visit: Visit, read_only: str, locked: str, name: str
) -> None:
    page = open_page(visit, read_only, locked, name, color_scheme="dark", viewport=NARROW)
    assert page.evaluate(BEYOND) <= 0
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, as rule, impact and place."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']} ({each['impact']}): {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_dark_is_dark(visit: Visit, read_only: str) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page = visit(read_only, color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        shades.append(sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3]))
    assert shades[0] > 700
    assert shades[1] < 100


def test_first_tab_leads_past_the_navigation(visit: Visit, read_only: str) -> None:
    page = visit(read_only)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("name", ["/", "/queue", "/agreement", "/codebook", "document decided on"])
def test_what_is_printed_is_dark_on_white_without_navigation(
    visit: Visit, read_only: str, locked: str, name: str
) -> None:
    page = open_page(visit, read_only, locked, name, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 30, 35)"
    expect(page.locator(".bar-top")).to_be_hidden()
    assert [each for each in page.locator("button, input, select").all() if each.is_visible()] == []
