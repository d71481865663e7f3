from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.archive.ray_engine.contents import Contents, keys_of


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


A, B, C = map(sha256, "abc")


def test_content_is_known_when_it_was_tagged_before() -> None:
    contents = Contents(keys_of([A]), keys_of([B]))
    assert contents.ask([(A, "0:0"), (B, "0:1"), (C, "0:2")]) == ["known", "other", "new"]


def test_content_is_new_to_the_first_place_alone() -> None:
    contents = Contents(keys_of([]), keys_of([]))
    assert contents.ask([(A, "0:0"), (A, "0:1"), (B, "0:2")]) == ["new", "repeat", "new"]


def test_answer_is_the_same_when_a_lost_task_asks_again() -> None:
    contents = Contents(keys_of([]), keys_of([]))
    asked = [(A, "0:0"), (A, "0:1")]
    assert contents.ask(asked) == contents.ask(asked)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=20), st.binary(min_size=32, max_size=32))
def test_known_are_exactly_those_that_were_given(known: list[bytes], other: bytes) -> None:
    contents = Contents(keys_of(each.hex() for each in known), keys_of([]))
    assert contents.ask([(each.hex(), "0:0") for each in known]) == ["known"] * len(known)
    assert contents.ask([(other.hex(), "0:0")]) == ["known" if other in known else "new"]


def test_contents_that_end_in_zeros_are_told_apart() -> None:
    contents = Contents(keys_of(["ab" + "00" * 31]), keys_of([]))
    assert contents.ask([("ab" + "00" * 31, "0:0"), ("ab00" + "01" * 30, "0:1")]) == ["known", "new"]
