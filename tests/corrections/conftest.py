from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corrections.reviewing import Room
from tests.corrections.reviewing import room as open_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path / "s.sqlite") as opened:
        yield opened
