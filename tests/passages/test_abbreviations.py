from __future__ import annotations

from dataclasses import astuple
from itertools import combinations

from lhs_nlp.passages.abbreviations import abbreviations, listed


def test_no_word_is_in_two_lists() -> None:
    never_ends, before_number, may_end, _, _ = astuple(abbreviations())
    for one, other in combinations((never_ends, before_number, may_end), 2):
        assert not one & other


def test_words_are_written_without_their_last_stop() -> None:
    assert not any(word.endswith(".") for words in astuple(abbreviations()) for word in words)


def test_word_in_lower_case_stands_for_any_case_and_others_for_themselves() -> None:
    assert listed("Fig", abbreviations().never_ends)
    assert listed("Dr", abbreviations().never_ends)
    assert not listed("dr", abbreviations().never_ends)
