from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.archive.portfolio import Share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # values of the formula in Wilson (1927) at z = 1.96
        (10, 10, 0.7225, 1.0),
        (10, 20, 0.2993, 0.7007),
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    assert Share(count, of).interval == pytest.approx((low, high), abs=5e-4)


@given(st.integers(0, 400), st.integers(1, 400))
def test_interval_holds_the_share_and_stays_between_none_and_all(count: int, of: int) -> None:
    share = Share(min(count, of), of)
    assert share.interval is not None
    assert share.value is not None
    low, high = share.interval
    assert -1e-9 <= low <= share.value + 1e-9
    assert share.value - 1e-9 <= high <= 1 + 1e-9


@pytest.mark.parametrize(
    ("count", "of", "percent"),
    [(0, 7, "0%"), (1, 3, "33%"), (1, 1000, "<1%"), (999, 1000, ">99%"), (7, 7, "100%"), (0, 0, "–")],  # noqa: RUF001
)
def test_percent_never_rounds_some_to_none_or_most_to_all(count: int, of: int, percent: str) -> None:
    assert Share(count, of).percent == percent


def test_of_no_documents_nothing_is_known() -> None:
    share = Share(0, 0)
    assert (share.value, share.interval, share.span) == (None, None, "")


@pytest.mark.parametrize(
    ("count", "of", "span"),
    [(10, 20, "30–70%"), (304, 10_032, "2.7–3.4%"), (0, 10_032, "0.00–0.04%"), (7, 7, "65–100%")],  # noqa: RUF001
)
def test_interval_has_as_many_decimals_as_tell_its_ends_apart(count: int, of: int, span: str) -> None:
    assert Share(count, of).span == span
