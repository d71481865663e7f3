"""Screening in a browser: by keys alone, and for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.project.types import Choice
from lhs_nlp.review.screening.decisions import add_criterion, decide, standing
from lhs_nlp.review.tagging.run import tag_project
from lhs_nlp.server import Settings
from lhs_nlp.server.screening import create_screening_app
from tests.review.exports import write_exports
from tests.toy import toy_tagger
from tests.web.serving import Visit, running
from tests.web.test_accessible import BEYOND, NARROW, RULES

pytestmark = pytest.mark.web

CHOICES: dict[str, Choice] = {"ana": "include", "ben": "exclude"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a tagged project of three publications, with a criterion."""
    with Project(tmp_path / "falls", new=True) as project:
        for path in write_exports(tmp_path):
            add_file(project, path, "ana")
        add_criterion(project, "exclude", "not in a hospital", "ana")
        tag_project(project, toy_tagger())
    return tmp_path / "falls"


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with running(create_screening_app(folder, Settings(reviewer="Ann"))) as address:
        yield address


def test_keys_decide_give_a_reason_and_undo(visit: Visit, folder: Path, address: str) -> None:
    page = visit(address)
    expect(page.locator("h1")).to_contain_text("Checklists")
    page.keyboard.press("1")
    page.keyboard.press("r")
    page.keyboard.type("in a care home")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("h1")).not_to_contain_text("Checklists")
    with Project(folder) as project:
        decision = standing(project)[1]["Ann"]
    assert (decision.choice, decision.criterion, decision.reason) == ("exclude", 1, "in a care home")
    page.keyboard.press("u")
    expect(page.locator("h1")).to_contain_text("Checklists")
    page.keyboard.press("i")
    expect(page.locator("aside")).to_contain_text("learned anew from each decision")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/conflicts", "/progress"])
def test_page_is_accessible_and_fits_narrow_screens(
    visit: Visit, folder: Path, address: str, path: str, scheme: str
) -> None:
    with Project(folder) as project:
        for name, choice in CHOICES.items():
            decide(project, 2, choice, name)
    page = visit(address, path, color_scheme=scheme)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size(NARROW)
    assert page.evaluate(BEYOND) <= 0
