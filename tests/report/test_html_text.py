"""The text of a document cut for display."""

from dataclasses import replace
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.documents import Block, BlockKind, Document
from lhs_nlp.passages import Passage
from lhs_nlp.report.html_text import Part, Run, cut
from tests.report import examples
from tests.report.writing import About, Piece, heading, item, paragraph, row, write


def runs(parts: list[Part]) -> list[Run]:
    return [run for part in parts for cells in part.rows for cell in cells for run in cell]


def document_of(*pieces: Piece) -> Document:
    return write(pieces, About())[0]


def test_items_and_rows_are_gathered() -> None:
    document = document_of(
        heading("Aims", level=2),
        item("One."),
        item("Two."),
        paragraph("Then."),
        row("a", "b"),
        row("c", "d"),
    )
    parts = list(cut(document, []))
    assert [part.kind for part in parts] == ["page", "heading", "list", "paragraph", "table"]
    assert parts[1].level == 2
    assert [len(part.rows) for part in parts[1:]] == [1, 2, 1, 2]
    assert [[cell[0].text for cell in cells] for cells in parts[4].rows] == [["a", "b"], ["c", "d"]]


def test_passage_is_marked_where_it_stands() -> None:
    document, written = write([paragraph("Wards differ.", "Falls will fall.", "So it goes.")], About(paged=False))
    (part,) = cut(document, [written[1][0]])
    assert part.rows[0][0] == (Run("Wards differ. "), Run("Falls will fall.", 1, True), Run(" So it goes."))


def test_passage_over_two_blocks_begins_once() -> None:
    document = document_of(paragraph("One two."), paragraph("Three four."))
    passage = Passage(0, document.text[4:15], 4, 15)
    marked = [run for run in runs(list(cut(document, [passage]))) if run.passage == 0]
    assert [(run.text, run.first) for run in marked] == [("two.", True), ("Three", False)]


def test_page_within_a_passage_cuts_it() -> None:
    document, written = write([paragraph("Falls will fall.")], About())
    document = replace(document, page_starts=(0, 6))
    parts = list(cut(document, [written[0][0]]))
    assert parts[0].page == 1
    assert runs(parts) == [Run("Falls ", 0, True), Run("", page=2), Run("will fall.", 0, False)]


def test_blank_pages_are_counted() -> None:
    document = replace(document_of(paragraph("Text.")), page_starts=(0, 0, 5, 5))
    assert [part.page for part in cut(document, []) if part.kind == "page"] == [1, 2, 3, 4]


def test_text_without_blocks_is_one_paragraph() -> None:
    document = replace(document_of(paragraph("Text.")), blocks=())
    assert [part.kind for part in cut(document, [])] == ["page", "paragraph"]


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, list[Passage]]:
    """Draw a document, and any passages and pages of it, even such as no reader makes."""
    kinds = st.sampled_from(get_args(BlockKind))
    texts = st.text("ab |é😀", min_size=1, max_size=12)
    text, blocks = "", []
    for kind, content in draw(st.lists(st.tuples(kinds, texts), min_size=1, max_size=6)):
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(content)))
        text += content
    offsets = st.integers(0, len(text))
    spans = [tuple(sorted(span)) for span in draw(st.lists(st.tuples(offsets, offsets), max_size=6))]
    passages = [Passage(index, text[start:end], start, end) for index, (start, end) in enumerate(sorted(spans))]
    pages = tuple(sorted(draw(st.lists(offsets, max_size=4))))
    document = examples.proposal().document
    return replace(document, text=text, blocks=tuple(blocks), page_starts=pages), passages


@given(documents())
def test_all_text_is_shown_once_and_each_page_begins_once(drawn: tuple[Document, list[Passage]]) -> None:
    document, passages = drawn
    parts = list(cut(document, passages))
    expected = "".join(document.text[block.start : block.end] for block in document.blocks)
    gaps = str.maketrans("", "", "| ")  # what parts the cells of a row is not shown
    assert "".join(run.text for run in runs(parts)).translate(gaps) == expected.translate(gaps)
    pages = [part.page for part in parts if part.kind == "page"] + [run.page for run in runs(parts) if run.page]
    assert sorted(page for page in pages if page) == list(range(1, len(document.page_starts) + 1))
    firsts = [run.passage for run in runs(parts) if run.first]
    assert len(firsts) == len(set(firsts))
