from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.filling import small_store
from tests.corrections.reviewing import TEXTS
from tests.server.browsing import Browser, Site, site_of


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Make a store of three documents, as if they had been read from a folder that is nobody's business."""
    return small_store(tmp_path / "s.sqlite", {f"/home/ann/secret/{name}": text for name, text in TEXTS.items()})


@pytest.fixture
def site(store: Path) -> Site:
    return site_of(store)


@pytest.fixture
def browser(site: Site) -> Browser:
    return site.browser()
