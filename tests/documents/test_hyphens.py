from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.documents.hyphens import Hyphenation

PROSE = "it brings evidence to an evidence-based ward and a well known team"


def joined(*lines: str, known: str = PROSE) -> str:
    return Hyphenation.of([known, *lines]).join(lines)


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        (("the evi-", "dence"), "the evidence"),
        (("an evidence-", "based ward"), "an evidence-based ward"),
        (("a well-", "known team"), "a well-known team"),
        (("rehabili-", "tation"), "rehabilitation"),
        (("paid out-to-", "pocket fees"), "paid out-to-pocket fees"),
        (("a self-rehabili-", "tation"), "a self-rehabilitation"),
        (("the evi\u2010", "dence"), "the evidence"),
        (("an evidence\u2010", "based ward"), "an evidence\u2010based ward"),
        (("the evi\u00ad", "dence"), "the evidence"),
        (("an evidence\u00ad", "based ward"), "an evidence-based ward"),
        (("the Smith-", "Jones act"), "the Smith-Jones act"),
        (("in 2013\u00ad", "2015"), "in 2013-2015"),
        (("in 2013-", "2015"), "in 2013-2015"),
        (("one -", "two"), "one - two"),
        (("  one ", "two", "three"), "one two three"),
        (("alone-",), "alone-"),
        ((), ""),
    ],
)
def test_hyphen_at_a_line_end_is_kept_or_dropped(lines: tuple[str, ...], mended: str) -> None:
    assert joined(*lines) == mended


def test_document_that_breaks_no_words_keeps_its_hyphens() -> None:
    kept = ["a well-", "known", "an evidence-", "based", "is well-", "known", "a multi-", "year plan"]
    assert joined(*kept).endswith("a multi-year plan")
    assert joined(*kept, "evi-", "dence").endswith("a multiyear plan evidence")


def test_soft_hyphen_breaks_a_word_also_where_others_are_kept() -> None:
    kept = ["a well-", "known", "an evidence-", "based", "is well-", "known"]
    assert joined(*kept, "a rehabili\u00ad", "tation").endswith("known a rehabilitation")


def test_hyphen_of_either_code_within_a_line_shows_that_it_belongs_to_the_word() -> None:
    assert joined("an evidence-", "based ward", known="evidence\u2010based") == "an evidence-based ward"
    assert joined("re\u2010", "admitted", known="re\u00adadmitted and re, admitted") == "readmitted"


def test_lines_without_spaces_take_little_time() -> None:
    assert len(joined("a" * 2_000_000, "b-", "c" * 2_000_000)) == 4_000_002


@given(st.lists(st.text(st.sampled_from("ab- \u00e9"), max_size=8), max_size=8))
def test_only_hyphens_and_spaces_change(lines: list[str]) -> None:
    assert joined(*lines).replace("-", "").replace(" ", "") == "".join(lines).replace("-", "").replace(" ", "")
