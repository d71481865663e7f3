"""Near duplicates by shared runs of words."""

import pytest

from training.corpora import NearDuplicate, find_near_duplicates, held_by

WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"


def test_share_is_of_all_runs_of_eight_words() -> None:
    # Nine runs each, of which the first eight are shared: 8 of 10.
    found = find_near_duplicates({"a": WORDS, "b": WORDS.replace("sixteen", "sixty")})
    assert [(pair.first, pair.second) for pair in found] == [("a", "b")]
    assert found[0].shared == pytest.approx(0.8)


def test_case_and_punctuation_do_not_tell_passages_apart() -> None:
    assert find_near_duplicates({"a": WORDS, "b": WORDS.title().replace(" ", ", ")}) == [NearDuplicate("a", "b", 1.0)]


def test_short_passages_are_compared_whole() -> None:
    assert find_near_duplicates({"a": "Thank you.", "b": "thank you", "c": "Thank you all."}) == [
        NearDuplicate("a", "b", 1.0)
    ]


def test_passages_are_compared_with_others_alone_when_there_are_any() -> None:
    texts = {"a": WORDS, "b": WORDS}
    assert find_near_duplicates(texts, {"a": WORDS}) == [NearDuplicate("a", "a", 1.0), NearDuplicate("b", "a", 1.0)]
    assert find_near_duplicates(texts, {}) == []


def test_least_share_is_the_callers_to_choose() -> None:
    texts = {"a": WORDS, "b": WORDS.replace("sixteen", "sixty")}
    assert find_near_duplicates(texts, same=0.9) == []


def test_passage_is_held_by_texts_that_have_half_of_it_among_them() -> None:
    words = [f"word{at}" for at in range(40)]
    passage, other = " ".join(words), "Nurses of both wards meet on Mondays to go through what went wrong."
    begin, middle = " ".join(words[:18]).upper(), ", ".join(words[11:27])
    assert held_by([begin, middle], [passage, other]) == [True, False]
    assert held_by([begin], [passage, other]) == [False, False]
    assert held_by([begin], [passage, other], part=0.3) == [True, False]
    assert held_by([], [passage]) == [False]
    assert held_by([passage], []) == []
