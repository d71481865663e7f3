from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.passages.overlong import KEPT_WHOLE, parts
from lhs_nlp.passages.spans import size_of

WORDS = "the team met again"  # four words to be repeated


def cut(text: str, longest: int) -> list[str]:
    return [text[start:end] for start, end in parts(text, 0, len(text), longest)]


def repeated(count: int, end: str = "") -> str:
    return " ".join([WORDS] * count) + end


def test_short_sentence_stays_whole() -> None:
    assert cut("Falls fell; costs rose.", 10) == ["Falls fell; costs rose."]


def test_long_sentence_is_cut_at_semicolons_before_clauses() -> None:
    text = f"{repeated(3)}, and {repeated(2)}; {repeated(4)}, so {repeated(1)}"
    assert cut(text, 25) == [f"{repeated(3)}, and {repeated(2)};", f"{repeated(4)}, so {repeated(1)}"]


@pytest.mark.parametrize("mark", ["(2)", "b)", "-", "\u2022"])
def test_long_sentence_is_cut_before_marks_of_a_list(mark: str) -> None:
    assert cut(f"{repeated(4)} {mark} {repeated(4)}", 20) == [repeated(4), f"{mark} {repeated(4)}"]


def test_long_sentence_without_joints_stays_whole_within_reason() -> None:
    assert cut(repeated(10), 20) == [repeated(10)]
    assert len(cut(repeated(20), 20)) > 1


def test_text_without_spaces_is_cut_anywhere() -> None:
    text = "x" * 5000
    assert "".join(cut(text, 20)) == text
    assert max(map(len, cut(text, 20))) <= 10 * KEPT_WHOLE * 20


@given(st.text(st.sampled_from("ab;,:. |\n(2)-\u2022"), min_size=1, max_size=400), st.integers(1, 8))
def test_parts_hold_all_but_white_space_and_none_is_too_long(text: str, longest: int) -> None:
    found = list(parts(text, 0, len(text), longest))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(size_of(text, start, end) <= KEPT_WHOLE * longest for start, end in found)
