"""Tests of training need torch: they are collected where the extra `train` is installed (`make test-train`)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

collect_ignore_glob = [] if find_spec("torch") else ["test_*.py", "*/test_*.py"]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny encoder with random weights."""
    from tests.training.made import write_base

    return write_base(tmp_path_factory.mktemp("base"))
