from __future__ import annotations

import pytest

from lhs_nlp.counts import counted


@pytest.mark.parametrize(("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (6312, "6,312 pages")])
def test_noun_follows_its_number(number: int, words: str) -> None:
    assert counted(number, "page") == words
