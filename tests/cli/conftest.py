"""Every command finds the toy bundle, as if it were the shipped model; a document to tag."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lhs_nlp.bundle import MODEL_VARIABLE
from tests.toy_bundle import CLAIM, MENTION, NOTHING, write_toy_bundle


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_toy_bundle(tmp_path_factory.mktemp("models") / "toy")


@pytest.fixture(autouse=True)
def _model_in_use(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, str(bundle))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(f"# Aims\n\n{CLAIM}\n\n# Need\n\n{MENTION}\n\n# Methods\n\n{NOTHING}\n", encoding="utf-8")
    return path


@pytest.fixture
def closed_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that nobody may read; root, who may read all, finds nothing in it."""
    path = tmp_path / "closed.txt"
    path.touch(mode=0)
    ask = os.access
    monkeypatch.setattr(os, "access", lambda asked, mode: Path(asked) != path and ask(asked, mode))
    return path
