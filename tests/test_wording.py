from __future__ import annotations

import pytest

from lhs_nlp.wording import counted, listed, within_sentence


@pytest.mark.parametrize(("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (6312, "6,312 pages")])
def test_noun_follows_its_number(number: int, words: str) -> None:
    assert counted(number, "page") == words


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Patient satisfaction", "patient satisfaction"),
        ("HIV care", "HIV care"),
        ("Care in the ICU", "care in the ICU"),
        ("eHealth", "eHealth"),
        ("", ""),
    ],
)
def test_capital_of_the_first_word_goes_and_those_that_mean_something_stay(name: str, within: str) -> None:
    assert within_sentence(name) == within


@pytest.mark.parametrize(
    ("parts", "separator", "sentence"),
    [
        ([], ", ", ""),
        (["a"], ", ", "a"),
        (["a", "b"], ", ", "a and b"),
        (["a", "b", "c"], ", ", "a, b and c"),
        (["a (x, y)", "b"], "; ", "a (x, y); and b"),
    ],
)
def test_parts_are_joined_as_a_person_would(parts: list[str], separator: str, sentence: str) -> None:
    assert listed(parts, "and", separator) == sentence
