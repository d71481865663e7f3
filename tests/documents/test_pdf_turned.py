"""Text that is set sideways or upside down."""

from __future__ import annotations

from collections.abc import Sequence

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
