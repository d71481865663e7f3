"""Text that is set sideways or upside down, on a whole page or beside its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lhs_nlp.documents import Document, read_bytes
from tests.documents.pdf_writer import Text, lines, write_pdf

STAMP = "First published on 3 March; downloaded on 5 May by guest, protected by copyright"
PROSE = """
The ward will reduce falls by a third within the first year,
and waits for a bed will be shorter than they were before the
"""
GOES_ON = """
nurses were trained, so that patients and their families are
content with how they are treated on the wards at night.
"""


def made(*pages: Sequence[Text]) -> Document:
    return read_bytes(write_pdf(pages), name="made.pdf")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def turn(text: Text, quarters: int) -> Text:
    """Return a text where it stands when its page, 612 wide and 792 high, is turned clockwise."""
    x, y = {1: (text.y, 792 - text.x), 2: (612 - text.x, 792 - text.y), 3: (612 - text.y, text.x)}[quarters]
    return replace(text, x=x, y=y, turned=quarters)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_page_set_sideways_or_upside_down_is_read_as_one_that_is_not(quarters: int) -> None:
    page = [
        Text(72, 560, "What we expect", 16),
        *lines(f"{PROSE}nurses were trained.\n\nFewer injuries follow from that.", top=530),
        Text(72, 300, "Falls"),
        Text(300, 300, "Fewer injuries"),
        Text(72, 280, "Waits"),
        Text(300, 280, "Content patients"),
    ]
    upright = lines("On the first page, the text stands upright, as it does nearly everywhere.")
    expected = blocks(made(upright, page))
    assert ("row", "Falls | Fewer injuries") in expected
    assert blocks(made(upright, [turn(text, quarters) for text in page])) == expected


def test_stamp_in_the_margin_of_each_page_is_left_out() -> None:
    stamp = Text(590, 760, STAMP, 7, turned=1)
    texts = [PROSE * 4, GOES_ON]
    pages = [[*lines(text.replace("\n\n", "\n"), top=680), stamp] for text in texts]
    assert [text for _, text in blocks(made(*pages))] == [" ".join("".join(texts).split())]


def test_line_beside_the_text_of_one_page_cuts_no_sentence_and_is_no_title() -> None:
    label = Text(30, 300, "Preprint of the third of May", 20, turned=3)
    document = made([*lines(PROSE, top=408), label], lines(GOES_ON, top=408))
    assert document.title is None
    assert blocks(document) == [
        ("paragraph", "Preprint of the third of May"),
        ("paragraph", " ".join((PROSE + GOES_ON).split())),
    ]


def test_running_head_and_number_of_a_page_set_sideways_are_left_out() -> None:
    head = Text(72, 760, "Plan of the ward")
    page = [turn(text, 1) for text in lines(GOES_ON, top=560)]
    pages = [[*lines(PROSE), head], [*lines(PROSE.replace("ward", "clinic")), head], [*page, head, Text(300, 30, "3")]]
    document = made(*pages)
    assert "Plan of the ward" not in document.text
    assert document.text.endswith(" ".join(GOES_ON.split()))
