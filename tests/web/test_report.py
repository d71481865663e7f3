"""Reports of `lhs-nlp tag` in a browser and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lhs_nlp.report import to_html
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
