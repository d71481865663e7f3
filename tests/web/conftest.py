"""Tests in a browser: `make test-web` installs what they need and asks for them by their mark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.serving import PATIENCE, Visit, served, shelf

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

collect_ignore_glob = [] if find_spec("playwright") and find_spec("axe_playwright_python") else ["test_*.py"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import expect, sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "Chromium was not found on the PATH: install it (Debian: apt-get install chromium)."
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store of four documents, for others to copy."""
    return shelf(tmp_path_factory.mktemp("shelf") / "s.sqlite")


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open windows for people; when they leave, no window may have complained, nor asked another host for anything."""
    visit = Visit(chromium)
    yield visit
    visit.leave()
    assert visit.faults == []


@pytest.fixture
def site(store: Path, tmp_path: Path) -> Iterator[str]:
    """Serve a store of four documents, to be written to."""
    with served(shutil.copy(store, tmp_path)) as address:
        yield address
