from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.documents import BlockKind, Document
from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.cleaning import clean

RUNS = st.lists(st.tuples(st.text(max_size=8), st.integers(1, 5) | st.none()), max_size=4)


def built(builder: DocumentBuilder, pages: int = 0) -> Document:
    return builder.build(source="made", format="text", sha256=sha256_of(b""), pages=pages)


def block(kind: BlockKind, text: str) -> tuple[str, str]:
    builder = DocumentBuilder()
    builder.add(kind, text)
    made = built(builder)
    return made.blocks[0].kind, made.text


def test_blocks_are_parted_by_a_blank_line_and_blank_ones_left_out() -> None:
    builder = DocumentBuilder()
    assert builder.is_empty
    for text in ("one\n two", " \u200b ", "three"):
        builder.add("paragraph", text)
    made = built(builder)
    assert made.text == "one two\n\nthree"
    assert [made.text[each.start : each.end] for each in made.blocks] == ["one two", "three"]


@pytest.mark.parametrize(
    "bullet", ["\u2022 ", "\u2022", "- ", "\u2013 ", "* ", "\u25cb ", "\u27a2 ", "o ", "\uf0b7", "\uf0fc\t"]
)
def test_paragraph_after_a_bullet_is_an_item_without_it(bullet: str) -> None:
    assert block("paragraph", f"{bullet}Fewer falls") == ("item", "Fewer falls")
    assert block("item", f"{bullet}Fewer falls") == ("item", "Fewer falls")


@pytest.mark.parametrize("number", ["1.", "12)", "(a)", "b)", "(iv)"])
def test_paragraph_after_a_number_is_an_item_with_it(number: str) -> None:
    assert block("paragraph", f"{number} fewer falls") == ("item", f"{number} fewer falls")


@pytest.mark.parametrize(
    "text", ["-5 degrees", "A. Smith agreed", "2019. It fell", "(sic) it fell", "o falls", "\u2022"]
)
def test_other_paragraphs_are_no_items(text: str) -> None:
    assert block("paragraph", text) == ("paragraph", text)


def test_heading_keeps_its_number_and_a_row_loses_empty_cells() -> None:
    assert block("heading", "1. Aims") == ("heading", "1. Aims")
    assert block("row", " | Falls |  | 41 | ") == ("row", "Falls | 41")


def test_paragraph_in_the_style_of_a_heading_is_one() -> None:
    told = "The ward now walks its round at night as well, and falls have become fewer by a third since."
    assert block("heading", f"2.1 {told}") == ("paragraph", f"2.1 {told}")
    assert block("heading", f"2. {told}") == ("item", f"2. {told}")
    assert block("heading", "We walk " * 21)[0] == "paragraph"


def test_long_heading_is_one_unless_it_ends_as_a_sentence() -> None:
    name = "What rounds at night by two nurses of a ward may do for falls, waits and costs of a hospital"
    assert block("heading", name) == ("heading", name)
    assert block("heading", "Falls have become fewer.") == ("heading", "Falls have become fewer.")


def test_pages_without_text_begin_where_the_next_one_does() -> None:
    builder = DocumentBuilder()
    builder.add("paragraph", "one", page=2)
    builder.add_runs("paragraph", [("two", 2), ("three", 4)])
    made = built(builder, pages=5)
    assert made.page_starts == (0, 0, 9, 9, 14)
    assert [made.page_at(at) for at in (0, 8, 9, 13)] == [2, 2, 4, 4]
    assert made.pages == 5


def test_document_without_pages_has_no_page_numbers() -> None:
    builder = DocumentBuilder()
    builder.add("paragraph", "one")
    assert built(builder).page_at(0) is None
    assert built(builder).pages is None


def test_blank_title_and_metadata_are_unknown() -> None:
    made = DocumentBuilder().build(
        source="", format="text", sha256="0" * 64, title=" ", metadata={"a": " ", "b": " x "}
    )
    assert made.title is None
    assert made.metadata == {"b": "x"}


@given(st.lists(RUNS, max_size=6))
def test_offsets_are_those_of_the_text_and_pages_are_in_order(blocks: list[list[tuple[str, int | None]]]) -> None:
    builder = DocumentBuilder()
    for runs in blocks:
        builder.add_runs("heading", runs)
    made = built(builder, pages=5)
    expected = [" ".join(text for raw, _ in runs if (text := clean(raw))) for runs in blocks]
    assert [made.text[each.start : each.end] for each in made.blocks] == [text for text in expected if text]
    assert list(made.page_starts) == sorted(made.page_starts)
    assert made.page_starts[0] == 0
