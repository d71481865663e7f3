from __future__ import annotations

import pytest

from lhs_nlp.review.project.grouping import Grouping
from lhs_nlp.review.project.text import grouping_line


@pytest.mark.parametrize(
    ("grouping", "line"),
    [
        (Grouping(2, 1, 1), "In all 2 records of 1 publication: 1 duplicate. Kept apart, though alike: 1 pair."),
        (Grouping(1, 1, 0), "In all 1 record of 1 publication: 0 duplicates. Kept apart, though alike: 0 pairs."),
    ],
)
def test_nouns_follow_their_numbers(grouping: Grouping, line: str) -> None:
    assert grouping_line(grouping) == line
