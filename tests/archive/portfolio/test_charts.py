from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.archive.portfolio import Group, Grouping, charts
from tests.archive.portfolio.making import made

PATTERNS = st.dictionaries(st.text("crn", min_size=6, max_size=6), st.integers(1, 40), min_size=1, max_size=12)


@given(PATTERNS)
def test_strip_gives_every_document_its_column(patterns: dict[str, int]) -> None:
    portfolio = made(patterns)
    unit = charts.WIDTH / portfolio.documents
    for at, row in enumerate(charts.strip(portfolio)):
        assert sum(block.width for block in row) == pytest.approx(charts.WIDTH, abs=1)
        shown = Counter({letter: 0 for letter in "crn"})
        for block in row:
            letter = "c" if block.claimed else "r" if block.review else "n"
            shown[letter] += round(block.width / unit)
        expected = Counter({letter: 0 for letter in "crn"})
        for letters, number in patterns.items():
            expected[letters[at]] += number
        assert shown == expected


def test_alike_documents_are_neighbours_and_the_benefit_most_claimed_leads() -> None:
    quality, safety, *_ = charts.strip(made({"nnnnnn": 5, "ncnnnn": 10, "ccnnnn": 5}))
    assert [(block.x, block.width, block.claimed) for block in safety] == [(0, 750, 10), (750, 250, 0)]
    assert [(block.x, block.width, block.claimed) for block in quality] == [(0, 250, 10), (250, 750, 0)]


def test_strip_of_very_many_documents_is_no_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "COLUMNS", 10)
    quality, *_ = charts.strip(made({"cnnnnn": 55, "rnnnnn": 45}))
    assert [(block.width, block.claimed, block.review) for block in quality] == [
        (500, 10, 0),
        (100, 5, 5),
        (400, 0, 10),
    ]


@pytest.mark.parametrize(("share", "level"), [(None, 0), (0.0, 0), (0.001, 1), (0.5, 5), (1.0, 10)])
def test_shade_shows_any_share_at_all(share: float | None, level: int) -> None:
    assert charts.level(share) == level


def test_trend_stands_at_its_years_and_lies_within_its_intervals() -> None:
    years = (Group("2010", 10, {"safety": 0}), Group("2011", 4, {"safety": 2}), Group("2020", 8, {"safety": 8}))
    trend = charts.trend(Grouping("year", years, 0, ordered=True), "safety")
    assert trend is not None
    assert (trend.first, trend.last) == (2010, 2020)
    assert trend.line == "0,100 100,50 1000,0"
    assert len(trend.area.split()) == 6


def test_one_year_or_no_years_are_no_trend() -> None:
    one = (Group("2010", 10, {}),)
    assert charts.trend(Grouping("year", one, 0, ordered=True), "safety") is None
    named = (Group("A", 10, {}), Group("B", 10, {}))
    assert charts.trend(Grouping("funder", named, 0, ordered=False), "safety") is None


def test_years_that_are_merged_are_not_drawn() -> None:
    groups = (Group("2010", 10, {}), Group("2011", 10, {}), Group("3 others", 9, {}, merged=True))
    trend = charts.trend(Grouping("year", groups, 0, ordered=True), "safety")
    assert trend is not None
    assert trend.last == 2011
