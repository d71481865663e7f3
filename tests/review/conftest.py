from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from tests.review.exports import write_exports


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    return write_exports(tmp_path)


@pytest.fixture
def project(tmp_path: Path, exports: list[Path]) -> Iterator[Project]:
    """Return a project of five records: 1, 3 and 5 of one publication, 2 and 4 of others."""
    with Project(tmp_path / "falls", new=True) as project:
        for path in exports:
            add_file(project, path, "ana")
        yield project
