"""The whole story: two who hold that trust is no benefit read blind, differ once, and teach the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lhs_nlp import load
from lhs_nlp.server import Settings
from tests.archive.filling import small_store
from tests.learn.taught import rows
from tests.toy_bundle import write_toy_bundle
from tests.web.serving import Visit, press, served

pytestmark = pytest.mark.web

DOCUMENTS = 6


@pytest.fixture
def school(tmp_path: Path) -> Iterator[str]:
    """Serve a store of documents that were tagged by a model that can learn."""
    base = write_toy_bundle(tmp_path / "toy")
    texts = {
        f"d{at}.md": "\n\n".join(row["text"] for row in rows(DOCUMENTS) if row["doc"] == f"d{at}")
        for at in range(DOCUMENTS)
    }
    store = small_store(tmp_path / "s.sqlite", texts, tagger=load(base))
    with served(store, Settings(blind=True, base=base)) as address:
        yield address


def claiming(page: Page, benefit: str) -> str:
    """Return how many documents claim a benefit, as the portfolio counts."""
    page.goto("/")
    row = page.locator("table.verdicts tbody tr").filter(has_text=benefit)
    return str(row.get_by_role("cell").first.inner_text())


def read_all(page: Page, *, trusting: str = "") -> None:
    """Reject trust in each document, by keys alone, but in one."""
    for at in range(DOCUMENTS):
        page.goto("/?benefit=reputation&verdict=claimed")
        page.locator("table.documents th[scope=row]").filter(has_text=f"d{at}.md").get_by_role("link").click()
        trust = page.locator("[data-entry][data-benefit=reputation]")
        trust.click()
        press(page, "a" if trusting == f"d{at}.md" else "r", "d")
        expect(page.locator("#said")).to_contain_text("document read by")


def test_what_reviewers_correct_changes_the_verdicts(visit: Visit, school: str) -> None:
    ann, ben, cleo = (visit(school, name=name) for name in ("Ann", "Ben", "Cleo"))
    assert claiming(ann, "Reputation") == "6"
    read_all(ann)
    assert claiming(ben, "Reputation") == "6"
    read_all(ben, trusting="d3.md")

    cleo.goto("/agreement")
    cleo.locator("ul.differences").get_by_role("button", name="Absent").click()
    expect(cleo.get_by_text("of which 1 is decided")).to_be_visible()

    cleo.get_by_role("link", name="Teach").click()
    cleo.get_by_role("button", name="Learn from the decisions").click()
    expect(cleo.get_by_text("The model has learned")).to_be_visible()
    expect(cleo.get_by_role("heading", name="Before and after")).to_be_visible()
    cleo.get_by_role("button", name=re.compile("^Tag the store with it and show that .*corrections")).click()
    expect(cleo.get_by_text("The store is tagged, and the pages show the results")).to_be_visible()

    assert claiming(ann, "Reputation") == "0"
    assert claiming(ann, "Safety") == "6"
    ann.locator("table.documents th[scope=row] a").first.click()
    expect(ann.locator(".card").filter(has_text="Reputation")).to_contain_text("needs review")
