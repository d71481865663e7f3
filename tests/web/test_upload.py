from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.archive.filling import SAFETY
from tests.web.serving import Visit

pytestmark = pytest.mark.web


@pytest.mark.parametrize("script", [True, False])
def test_uploaded_document_is_tagged_and_shown(visit: Visit, site: str, tmp_path: Path, script: bool) -> None:
    file = tmp_path / "plan.md"
    file.write_text(f"# A plan\n\n{SAFETY}\n", encoding="utf-8")
    page = visit(site, "/upload", java_script_enabled=script)
    page.get_by_label("Document", exact=True).set_input_files(file)
    page.get_by_role("button", name="Tag it").click()
    expect(page.get_by_role("heading", name="A plan")).to_be_visible()
    expect(page.locator(".card").filter(has_text="Safety").first).to_contain_text(SAFETY)


def test_file_that_is_no_document_is_refused_in_a_sentence(visit: Visit, site: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF-1.7 and nothing else")
    page = visit(site, "/upload")
    page.get_by_label("Document", exact=True).set_input_files(file)
    page.get_by_role("button", name="Tag it").click()
    expect(page.locator("[data-complaint]")).to_be_visible()
    expect(page.locator("[data-result]")).to_be_empty()


def test_refusal_of_a_proxy_is_shown_in_its_words_alone(visit: Visit, site: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    file.write_text(SAFETY, encoding="utf-8")
    page = visit(site, "/upload")
    refusal = "<html><head><title>413</title></head><body><h1>Request Entity Too Large</h1></body></html>"
    page.route(
        "**/upload",
        lambda route: route.fulfill(status=413, content_type="text/html", body=refusal),
    )
    page.get_by_label("Document", exact=True).set_input_files(file)
    page.get_by_role("button", name="Tag it").click()
    expect(page.locator("[data-complaint]")).to_have_text("Request Entity Too Large")
