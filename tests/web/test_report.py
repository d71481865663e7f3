"""Reports of `lhs-nlp tag` and `lhs-nlp report` in a browser and on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lhs_nlp.archive.portfolio import portfolio_to_html
from lhs_nlp.archive.portfolio.html import BLOCK
from lhs_nlp.archive.results import Quotation
from lhs_nlp.report import to_html
from tests.archive.portfolio.making import made
from tests.report import examples

pytestmark = pytest.mark.web

PAPER = 680
"""CSS pixels between the margins of A4."""


def test_tables_are_as_narrow_as_the_paper_when_printed(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(to_html([examples.proposal(), examples.long_title(), examples.failure()]), encoding="utf-8")
    page = chromium.new_page(viewport={"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    page.goto(path.as_uri())
    edges = page.locator("table").evaluate_all("tables => tables.map(table => table.getBoundingClientRect().right)")
    page.close()
    assert edges
    assert max(edges) <= PAPER


def test_search_of_a_portfolio_finds_documents_of_every_block(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "portfolio.html"
    path.write_text(portfolio_to_html(made({"nnnnnn": 2 * BLOCK + 1})), encoding="utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    page.get_by_label("Title or place").fill(f"document {2 * BLOCK}")
    expect(page.get_by_role("status")).to_have_text("1 of 201 documents")
    expect(page.locator("table.documents tbody .where")).to_have_text(f"{2 * BLOCK}.txt")
    page.close()


def test_documents_of_a_portfolio_have_their_names_on_paper(chromium: Browser, tmp_path: Path) -> None:
    portfolio = made({"cnnnnn": 1})
    (document,) = portfolio.listed
    quotation = Quotation("quality", "achieved", True, True, 0.9, None, None, "Outcomes improved.", "0" * 64)
    portfolio = replace(portfolio, listed=(replace(document, title="A name alone", quotations=(quotation,)),))
    path = tmp_path / "portfolio.html"
    path.write_text(portfolio_to_html(portfolio), encoding="utf-8")
    page = chromium.new_page(viewport={"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    page.goto(path.as_uri())
    expect(page.get_by_text("A name alone")).to_be_visible()
    expect(page.get_by_text("Outcomes improved.")).to_be_hidden()  # a row a document, unless it is opened
    page.locator("table.documents details").evaluate("details => (details.open = true)")
    expect(page.get_by_text("Outcomes improved.")).to_be_visible()
    page.close()
