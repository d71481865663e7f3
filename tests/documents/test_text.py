from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhs_nlp.documents import Document, blocks_of, read_bytes, read_text
from lhs_nlp.documents import text as plain_text
from lhs_nlp.documents.cleaning import clean
from lhs_nlp.documents.text import GUESSED, decode, decode_and_name
from lhs_nlp.errors import ReadError


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_hard_wrapped_lines_are_joined_to_paragraphs() -> None:
    text = "The team meets every week to look at the\nnumbers of the ward and to plan the next\nsmall test.\n\nSecond."
    assert blocks(read_text(text)) == [
        (
            "paragraph",
            "The team meets every week to look at the numbers of the ward and to plan the next small test.",
        ),
        ("paragraph", "Second."),
    ]


def test_text_with_a_paragraph_on_each_line_is_read_line_by_line() -> None:
    told = "The team meets every week to look at the numbers of the ward and to plan the next small test. " * 3
    text = f"Plan\n====\nAims\n{told}\nCut falls at night by a third\nLet families sleep\nWhat it costs\n{told}"
    assert blocks(read_text(text)) == [
        ("heading", "Plan"),
        ("heading", "Aims"),
        ("paragraph", told.strip()),
        ("paragraph", "Cut falls at night by a third"),
        ("paragraph", "Let families sleep"),
        ("heading", "What it costs"),
        ("paragraph", told.strip()),
    ]


def test_long_address_in_wrapped_lines_breaks_no_paragraph() -> None:
    address = f"https://example.org/{'falls-' * 40}"
    text = f"The team meets every week and\nreads {address}\nbefore it plans the next\nsmall test."
    assert "before it plans the next small test." in read_text(text).text


def test_headings_are_recognised_when_underlined_in_capitals_or_short() -> None:
    text = "Plan\n====\n\nWe plan.\n\nAIMS AND MEANS\nWe aim at much.\n\nExpected results\n\nWe expect results.\n"
    kinds = [(kind, text) for kind, text in blocks(read_text(text)) if kind == "heading"]
    assert kinds == [("heading", "Plan"), ("heading", "AIMS AND MEANS"), ("heading", "Expected results")]


def test_short_lines_in_a_row_are_a_list_and_only_the_last_may_head_what_follows() -> None:
    lines = ("Plan for the ward", "Cut falls at night by a third", "Let families sleep in", "What it costs", "Little.")
    text = "\n\n".join(lines)
    assert [kind for kind, _ in blocks(read_text(text))] == [
        "heading",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert [kind for kind, _ in blocks(read_text(f"We plan.\n\n{text}"))][1:4] == ["paragraph"] * 3


def test_headings_of_a_chapter_and_a_section_are_no_list() -> None:
    two = "We plan.\n\n2 Results\n\n2.1 Falls\n\nThey fell.\n"
    three = "We plan.\n\nPART TWO\n\nResults\n\nFalls\n\nThey fell.\n"
    assert [kind for kind, _ in blocks(read_text(two))] == ["paragraph", "heading", "heading", "paragraph"]
    assert [kind for kind, _ in blocks(read_text(three))][1] == "heading"


@given(st.text("aA.* \n=1)•", max_size=60))
@settings(deadline=None)
def test_blocks_of_a_text_that_stays_as_it_is_are_those_that_reading_makes(text: str) -> None:
    read = (
        []
        if not clean(text)
        else [(block.kind, block.level) for block in plain_text.parse(text, name="", sha256="").blocks]
    )
    assert [(block.kind, block.level) for block in blocks_of(text)] == read


def test_blocks_of_a_text_that_stays_as_it_is_are_offsets_into_it() -> None:
    text = "\r\nAIMS\r\nWe aim to\r\n  cut falls. \r\n\r\n-----\r\n--\r\n\r\nMeans\r\n\r\n- walks\r\n- talks"
    assert [(block.kind, text[block.start : block.end]) for block in blocks_of(text)] == [
        ("heading", "AIMS"),
        ("paragraph", "We aim to\r\n  cut falls."),
        ("paragraph", "--"),
        ("heading", "Means"),
        ("item", "walks"),
        ("item", "talks"),
    ]


def test_last_short_line_is_no_heading() -> None:
    assert blocks(read_text("Falls are common")) == [("paragraph", "Falls are common")]


def test_bullets_and_numbers_are_items() -> None:
    text = "Our aims:\n- fewer falls\n  at night\n* shorter waits\n1. better food\n"
    assert blocks(read_text(text))[1:] == [
        ("item", "fewer falls at night"),
        ("item", "shorter waits"),
        ("item", "1. better food"),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_encodings_are_recognised(encoding: str) -> None:
    text = "The caf\u00e9 for families was opened na\u00efvely early, and the r\u00e9sum\u00e9 said so. " * 5
    document = read_bytes(text.encode(encoding), name="note.txt")
    assert "caf\u00e9 for families" in document.text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_may_begin_with_any_letter(encoding: str) -> None:
    text = "\u0141ukasz B\u0142o\u0144ski opened the clinic early."
    assert read_bytes(text.encode(encoding), name="note.txt").text == text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"plain", "utf-8"),
        ("caf\u00e9".encode(), "utf-8"),
        ("caf\u00e9".encode("utf-8-sig"), "utf-8-sig"),
        ("caf\u00e9".encode("utf-16"), "utf-16"),
        ("caf\u00e9".encode("utf-32"), "utf-32"),
        ("B\u0142o\u0144ski".encode("utf-16-le"), GUESSED),
        ("caf\u00e9".encode("utf-16") + b"\x00", GUESSED),
        (b"\xef\xbb\xbfone caf\xe9 that is not UTF-8", GUESSED),
        (b"one caf\xe9 that is not UTF-8", GUESSED),
    ],
)
def test_encoding_is_named_unless_it_is_guessed(data: bytes, name: str) -> None:
    text, named = decode_and_name(data)
    assert named == name
    assert text == decode(data)


def test_mixed_encodings_are_both_read() -> None:
    text = "One caf\u00e9 here. " * 9
    assert "Two caf\u00e9s" in read_bytes(text.encode() + "Two caf\u00e9s there.".encode("cp1252"), name="x.txt").text


def test_ligatures_soft_hyphens_and_controls_are_mended() -> None:
    document = read_text("E\ufb00ective, \ufb01rst-line care is e\u00adcient\x07 and\u00a0safe.\u200b")
    assert document.text == "Effective, first-line care is ecient and safe."


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty"), (b" \n\t ", "empty"), (b"\x00" * 5000, "unsupported")])
def test_nothing_to_read_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_bytes(data, name="note.txt")
    assert raised.value.reason == reason


def test_same_text_has_the_same_id() -> None:
    assert read_text("One.").id == read_text("One.", name="elsewhere").id
    assert read_text("One.").id != read_text("Two.").id


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=400))
def test_any_text_gives_blocks_in_order_without_overlap(text: str) -> None:
    try:
        document = read_text(text)
    except ReadError:
        assert not clean(text)
        return
    ends = 0
    for block in document.blocks:
        assert ends <= block.start < block.end
        assert document.text[block.start : block.end].strip()
        assert "\n" not in document.text[block.start : block.end]
        ends = block.end
    assert ends == len(document.text)


def test_word_broken_by_a_soft_hyphen_at_a_line_end_is_mended() -> None:
    text = read_text("Those who fell at home are asked by the physio\u00ad\ntherapist what would have held them.").text
    assert "physiotherapist what" in text
