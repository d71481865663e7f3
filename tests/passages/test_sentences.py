from __future__ import annotations

import pytest

from lhs_nlp.passages.sentences import sentences

TEXT = "Smith et al. (2019) found less harm, i.e. fewer falls.The ward was glad."


def parted(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_are_found_where_a_space_is_missing() -> None:
    assert parted(TEXT) == [TEXT[:54], TEXT[54:]]


def test_white_space_around_sentences_is_left_out() -> None:
    assert parted(" \n We met Dr. Lee. \u00a0 He agreed.\t\n\n") == ["We met Dr. Lee.", "He agreed."]


@pytest.mark.parametrize("text", ["", " ", "\n \u2003\n"])
def test_blank_text_has_none(text: str) -> None:
    assert parted(text) == []


def test_text_of_any_length_loses_nothing() -> None:
    text = "The ward was glad. " * 20_000
    assert parted(text) == ["The ward was glad."] * 20_000


def test_half_of_a_surrogate_pair_is_a_character_like_others() -> None:
    assert parted("Falls \ud83d fell. The ward was glad.") == ["Falls \ud83d fell.", "The ward was glad."]


def test_word_that_opens_sentences_ends_one_after_an_abbreviation() -> None:
    assert parted("We asked nurses, doctors etc. Furthermore, we met Acme Inc. Despite that, few came.") == [
        "We asked nurses, doctors etc.",
        "Furthermore, we met Acme Inc.",
        "Despite that, few came.",
    ]
    assert len(parted("We asked nurses, doctors etc. Smith agreed.")) == 1
