from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhs_nlp.documents import Document, Limits, read, read_bytes
from lhs_nlp.errors import ReadError
from tests.documents.pdf_writer import Picture, Text, lines, write_pdf
from tests.shared import needs_shared, real_files

PROSE = """
The stroke team will measure the time from the door to the needle for
every patient who comes by ambulance. Delays of more than an hour have
been common since the new scanner was placed in the other building.
"""


def blocks(document: Document, kind: str = "") -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kind or b.kind == kind]


def read_pages(*pages: list[Text], title: str = "") -> Document:
    return read_bytes(write_pdf(pages, title=title), name="made.pdf")


def test_lines_become_paragraphs() -> None:
    second = lines("A second paragraph begins after a gap and is short.", top=640)
    document = read_pages([*lines(PROSE), *second])
    assert len(blocks(document, "paragraph")) == 2
    assert "needle for every patient" in document.text
    assert "\n" not in blocks(document)[0]


def test_larger_and_bold_lines_become_headings() -> None:
    heads = [Text(72, 740, "Stroke pathway proposal", 18), Text(72, 712, "Why it matters", 10, bold=True)]
    document = read_pages([*heads, *lines(PROSE, top=695)])
    assert blocks(document, "heading") == ["Stroke pathway proposal", "Why it matters"]
    assert document.title == "Stroke pathway proposal"


def test_signs_of_the_font_symbol_are_read_as_such() -> None:
    page = [Text(72, 700, "On the ward falls fell by "), Text(185, 700, "\u00b3", symbol=True), Text(191, 700, "20 %.")]
    assert blocks(read_pages(page)) == ["On the ward falls fell by ≥20 %."]


def test_stated_title_is_taken_only_when_the_text_shows_it() -> None:
    page = [Text(72, 740, "Stroke pathway proposal", 18), *lines(PROSE)]
    assert read_pages(page, title="A stroke pathway").title == "A stroke pathway"
    assert read_pages(page, title="Template for theatre lists").title == "Stroke pathway proposal"
    assert read_pages(page, title="Microsoft Word - stroke_v3.doc").title == "Stroke pathway proposal"


def test_running_heads_and_page_numbers_are_removed() -> None:
    pages = [
        [
            Text(72, 770, f"Annual report, page {at}"),
            *lines(
                PROSE.replace("The", f"{word} is what the").replace("Delays", f"{word} delays").replace("been", word)
            ),
            Text(300, 30, str(at)),
        ]
        for at, word in enumerate(("North", "South", "East", "West"), 1)
    ]
    text = read_pages(*pages).text
    assert "Annual report" not in text
    assert text.count("needle") == 4


def test_words_broken_at_line_ends_are_mended_but_true_hyphens_stay() -> None:
    text = """
    Care on the ward was evidence-based before. The team brings the evi-
    dence to the bedside every day, and asks for evidence-
    based choices in each of the twelve wards of the house.
    """
    document = read_pages(lines(text))
    assert "the evidence to the bedside" in document.text
    assert "evidence-based choices" in document.text


def test_paragraph_goes_on_over_the_page_break_and_pages_are_right() -> None:
    first = lines("Alpha begins here on the first page of all and it has not come to its end when the", top=100)
    second = lines("page does, so that the rest of it stands on the second page. Omega ends it.", top=740)
    document = read_pages(first, second)
    assert len(blocks(document)) == 1
    assert document.pages == 2
    assert document.page_at(document.text.index("Alpha")) == 1
    assert document.page_at(document.text.index("Omega")) == 2


def test_page_without_text_still_counts() -> None:
    document = read_pages(lines(PROSE), [], lines(PROSE.replace("stroke", "cardiac")))
    assert document.pages == 3
    assert document.page_at(document.text.index("cardiac")) == 3


def test_two_columns_are_read_one_after_the_other() -> None:
    left = "\n".join(f"left column line {at} runs on to the margin" for at in range(12))
    right = "\n".join(f"right column line {at} runs on to the margin" for at in range(12))
    page = [t for pair in zip(lines(left, x=60), lines(right, x=330), strict=True) for t in pair]
    text = read_pages([Text(60, 740, "A title across both columns of this page, set in one line", 14), *page]).text
    assert text.index("left column line 11") < text.index("right column line 0")


def test_bullets_become_items_without_their_sign() -> None:
    page = lines(PROSE) + lines("\u2022 fewer delays at night\n\u2022 faster scans by day", x=90, top=640)
    assert blocks(read_pages(page), "item") == ["fewer delays at night", "faster scans by day"]


def test_contents_with_leaders_are_left_out() -> None:
    page = lines(f"Background {'.' * 60} 3\nMethods {'.' * 63} 4") + lines(PROSE, top=600)
    assert "....." not in read_pages(page).text


@pytest.mark.parametrize(
    ("data", "reason", "advice"),
    [
        (write_pdf([[]]), "scanned", "ocrmypdf"),
        (write_pdf([lines(PROSE)], encrypted=True), "encrypted", "qpdf --decrypt"),
        (write_pdf([lines(PROSE)])[:200], "malformed", "get the file again"),
        (b"%PDF-1.7\n" + b"\x00" * 500, "malformed", "get the file again"),
    ],
)
def test_unreadable_pdf_has_a_reason_and_advice(data: bytes, reason: str, advice: str) -> None:
    with pytest.raises(ReadError, match=advice) as raised:
        read_bytes(data, name="made.pdf")
    assert raised.value.reason == reason


OTHER = """
Cooks weigh what comes back from each ward in the evening, and the
menu of the week that follows has less of what was left.
"""
COVER = [Text(72, 700, "Papers of the district hospital, put on film by its library in the spring of 1994.")]
STAMP = Text(72, 20, "Copied from the shelves of the district hospital.")


@pytest.mark.parametrize(
    "pages",
    [
        [COVER, *[[]] * 9],
        [COVER, [Picture()], [Picture()]],
        [lines(PROSE), lines(OTHER), *[[Picture()]] * 3],
        [[Picture(), STAMP]] * 4,
    ],
    ids=["cover and next to nothing", "cover and pictures", "mostly pictures", "stamped pictures"],
)
def test_text_of_a_few_pages_does_not_hide_that_the_others_are_scanned(pages: list[list[Text | Picture]]) -> None:
    with pytest.raises(ReadError, match="ocrmypdf --skip-text") as raised:
        read_bytes(write_pdf(pages), name="made.pdf")
    assert raised.value.reason == "scanned"


@pytest.mark.parametrize(
    "pages",
    [
        [lines(PROSE), [Picture()]],
        [[Picture()], lines(PROSE)],
        [lines(PROSE), [Picture()], lines(OTHER), [Picture()]],
        [lines(PROSE), [], []],
        [[Picture(), *lines(PROSE)], [Picture(), *lines(OTHER)]],
    ],
    ids=["figure", "cover", "as many figures", "blank pages", "pictures behind text"],
)
def test_pages_that_hold_a_picture_alone_may_be_figures(pages: list[list[Text | Picture]]) -> None:
    assert "scanner was placed" in read_bytes(write_pdf(pages), name="made.pdf").text


def test_too_many_pages_or_characters_are_refused() -> None:
    data = write_pdf([lines(PROSE)] * 3)
    for limits in (Limits(pages=2), Limits(characters=100)):
        with pytest.raises(ReadError) as raised:
            read_bytes(data, name="made.pdf", limits=limits)
        assert raised.value.reason == "too_large"


@settings(max_examples=60)
@given(st.data())
def test_damaged_pdf_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(write_pdf([lines(PROSE), lines(PROSE)]))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(20, len(whole)))])
    with suppress(ReadError):
        assert read_bytes(cut, name="damaged.pdf").text


class TestRealFiles:
    pytestmark = needs_shared

    @pytest.mark.parametrize("path", real_files("pdf"), ids=lambda path: path.name)
    def test_real_pdf_is_read(self, path: Path) -> None:
        document = read(path)
        assert document.format == "pdf"
        assert document.title
        assert document.pages
        assert document.pages > 5
        assert document.words > 1000
        assert sum(block.kind == "heading" for block in document.blocks) > 5
        assert list(document.page_starts) == sorted(document.page_starts)
