from __future__ import annotations

import pytest

from lhs_nlp.documents import read_text
from lhs_nlp.passages import split_document
from tests.passages.writing import document

AIM = "We aim to cut waits at the clinic by a third within two years."


def texts(*blocks: tuple[str, str]) -> list[str]:
    return [passage.text for passage in split_document(document(*blocks))]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Contents", "TABLE OF CONTENTS", "Table of contents: page"])
@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        ("row", ["1. Why safety matters | 3", "2. Fewer falls for all | iv"]),
        ("paragraph", ["Why safety matters\t3", "What patients and their families", "will gain from it 12"]),
        ("item", ["1. Why safety matters ...... 3", "2. Fewer falls \u2026\u2026 14"]),
    ],
)
def test_entries_below_a_name_of_a_table_of_contents_are_no_passages(name: str, kind: str, entries: list[str]) -> None:
    listed = [(kind, entry) for entry in entries]
    for named in ("heading", "paragraph"):
        assert AIM in texts((named, name), *listed, ("heading", "Aim"), ("paragraph", AIM))[-1]
        assert "safety" not in " ".join(texts((named, name), *listed, ("heading", "Aim"), ("paragraph", AIM)))


def test_table_of_contents_in_plain_text_is_no_passage() -> None:
    made = read_text(f"Contents\n\n1. Safety for all ..... 3\n2. Fair care ..... 4\n\nAim\n\n{AIM}\n\n{AIM}")
    assert "Safety" not in " ".join(passage.text for passage in split_document(made))


def test_section_of_that_name_with_text_is_read() -> None:
    told = "The parcels held soap, gowns and a leaflet for each of the patients."
    assert texts(("heading", "Contents"), ("paragraph", told), ("paragraph", AIM)) == [f"{told}\n\n{AIM}"]


def test_text_between_the_entries_and_a_heading_that_ends_with_a_number_is_read() -> None:
    entries = [("item", "1. Safety for all 3"), ("item", "2. Fair care 4")]
    assert texts(("heading", "Contents"), *entries, ("paragraph", AIM), ("heading", "Phase 2")) == [AIM]


def test_rows_with_numbers_elsewhere_are_read() -> None:
    assert texts(("heading", "Falls"), ("row", "Ward A | 3"), ("row", "Ward B | 4")) == ["Ward A | 3\n\nWard B | 4"]


def test_many_tables_one_below_the_other_are_left_out() -> None:
    entries = [("paragraph", "Contents"), ("item", "Safety for all 3")] * 5_000
    assert texts(*entries, ("heading", "Aim"), ("paragraph", AIM)) == ["Contents", AIM]
