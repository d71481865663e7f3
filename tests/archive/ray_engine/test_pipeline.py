from __future__ import annotations

import pytest

from lhs_nlp.archive.ray_engine.pipeline import portions_per_file


@pytest.mark.parametrize(("actors", "portions"), [(1, 4), (2, 4), (8, 16), (16, 32), (1024, 32)])
def test_file_holds_more_the_more_actors_fill_it(actors: int, portions: int) -> None:
    assert portions_per_file(actors) == portions
