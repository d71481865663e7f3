from __future__ import annotations

import pytest

from lhs_nlp.documents.line_breaks import LINE_BREAK, paragraphs


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We walk/the ward.", ["We walk the ward."]),
        ("We walk.//We count.", ["We walk.", "We count."]),
        ("We walk./ /We count.", ["We walk.", "We count."]),
        ("Aims:/1. falls/on wards/2. costs", ["Aims:", "1. falls on wards", "2. costs"]),
        ("\u2022 falls/\u2022 costs", ["", "\u2022 falls", "\u2022 costs"]),
        ("The ward walks/- at night.", ["The ward walks - at night."]),
    ],
    ids=["one", "blank", "space", "numbers", "bullets", "dash"],
)
def test_text_is_parted_at_blank_lines_and_items(text: str, parts: list[str]) -> None:
    assert [part.replace(LINE_BREAK, " ") for part in paragraphs(text.replace("/", LINE_BREAK))] == parts
