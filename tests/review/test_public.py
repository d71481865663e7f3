from __future__ import annotations

import pytest

import lhs_nlp.review


def test_every_public_name_is_there() -> None:
    assert all(getattr(lhs_nlp.review, name) is not None for name in lhs_nlp.review.__all__)
    assert sorted(lhs_nlp.review.__all__) == sorted(lhs_nlp.review._HOME_OF)


def test_name_that_is_not_public_is_an_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = lhs_nlp.review.nothing
