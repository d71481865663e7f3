from __future__ import annotations

import pytest

from lhs_nlp.errors import ReviewError
from lhs_nlp.review.simulation.screened import read_labels
from tests.review.making import reference


def test_one_means_included_unless_a_word_says_so() -> None:
    numbers = read_labels([reference(fields=(("label", value),)) for value in "1001"], "label")
    assert numbers.included.tolist() == [True, False, False, True]
    mixed = read_labels([reference(fields=(("label", value),)) for value in ("I", "1", "E")], "label")
    assert (mixed.included.tolist(), mixed.excluded_as) == ([True, False, False], ("1", "E"))


def test_value_that_means_included_can_be_named() -> None:
    records = [reference(fields=(("label", value),)) for value in ("a", "b", "")]
    labels = read_labels(records, "label", "b")
    assert (labels.rows, labels.included.tolist()) == ((0, 1), [False, True])


@pytest.mark.parametrize(
    ("values", "included", "sentence"),
    [(["a", "b"], None, "holds a, b; say which value"), (["1", "1"], None, "say which value"), ([], None, "no")],
)
def test_labels_that_do_not_serve_are_a_sentence(values: list[str], included: str | None, sentence: str) -> None:
    records = [reference(fields=(("label", value),)) for value in values]
    with pytest.raises(ReviewError, match=sentence):
        read_labels(records, "label", included)


def test_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ReviewError, match="there are TI"):
        read_labels([reference(fields=(("TI", "Falls"),))], "label")
