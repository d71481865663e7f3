from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lhs_nlp.documents import Block, Document, read, read_text
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.passages import Passage, split_document
from lhs_nlp.passages.contents import without_contents
from lhs_nlp.passages.overlong import KEPT_WHOLE
from lhs_nlp.passages.reference_lists import without_reference_lists
from lhs_nlp.passages.spans import size_of
from lhs_nlp.passages.splitting import LONGEST
from lhs_nlp.passages.statements import without_statements
from tests.passages.writing import KINDS, TEXTS, document, documents, sentence
from tests.shared import needs_shared, real_files

few = settings(max_examples=60)


def assert_sound(made: Document, passages: tuple[Passage, ...]) -> None:
    """Assert what holds of the passages of every document."""
    ends = 0
    for index, passage in enumerate(passages):
        assert passage.text == made.text[passage.start : passage.end]
        assert passage.text == passage.text.strip()
        assert passage.text
        assert passage.index == index
        assert passage.start >= ends
        assert passage.page == made.page_at(passage.start)
        ends = passage.end
    covered = {at for passage in passages for at in range(passage.start, passage.end) if not made.text[at].isspace()}
    assert covered == {
        at for block in body(made) for at in range(block.start, block.end) if not made.text[at].isspace()
    }


def body(made: Document) -> list[Block]:
    """Return the blocks that are to be in passages: headings are only when there is nothing else."""
    written = [block for block in made.blocks if made.text[block.start : block.end].strip()]
    cleared = without_reference_lists(made.text, without_contents(made.text, written))
    cleared = without_statements(made.text, cleared)
    written = written if all(block.kind in ("title", "heading") for block in cleared) else cleared
    return [block for block in written if block.kind not in ("title", "heading")] or written


@few
@given(documents())
def test_passages_are_the_text_of_all_blocks_but_headings_in_order(made: Document) -> None:
    assert_sound(made, split_document(made))


@few
@given(TEXTS)
def test_passages_of_plain_text_are_all_of_its_text(text: str) -> None:
    try:
        made = read_text(text)
    except ReadError:
        return
    assert_sound(made, split_document(made))


@few
@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_blocks_that_are_not_clean_are_split_as_well(texts: list[str], data: st.DataObject) -> None:
    text = "\n\n \n".join(texts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    blocks = tuple(Block(data.draw(st.sampled_from(KINDS)), start, end) for start, end in pairwise(cuts))
    made = Document("0", None, "made", "text", text, blocks, "0")
    assert_sound(made, split_document(made))


@few
@given(documents(), st.integers(1, 30), st.integers(0, 60))
def test_any_size_may_be_asked_for(made: Document, shortest: int, more: int) -> None:
    passages = split_document(made, shortest=shortest, longest=shortest + more)
    assert_sound(made, passages)
    assert all(size_of(made.text, each.start, each.end) <= KEPT_WHOLE * (shortest + more) for each in passages)


@few
@given(documents())
def test_same_document_is_split_in_the_same_way_again(made: Document) -> None:
    assert split_document(made) == split_document(replace(made))


@few
@given(documents())
def test_section_is_the_heading_above(made: Document) -> None:
    headings = [block for block in made.blocks if block.kind in ("title", "heading")]
    for passage in split_document(made) if body(made) and body(made)[0] not in headings else ():
        above = [block for block in headings if block.start <= passage.start]
        assert not any(passage.start < block.start < passage.end for block in headings)
        named = above and above[-1].kind == "heading"
        assert passage.section == (made.text[above[-1].start : above[-1].end] if named else None)


def test_section_and_page_are_told() -> None:
    made = document(
        ("title", "Plan"),
        ("paragraph", sentence(25)),
        ("heading", "Aims"),
        ("paragraph", sentence(25)),
        pages=(1, 1, 2, 3),
    )
    assert [(passage.section, passage.page) for passage in split_document(made)] == [(None, 1), ("Aims", 3)]


def test_headings_are_the_passages_of_a_document_of_nothing_else() -> None:
    assert [passage.text for passage in split_document(document(("title", "Plan"), ("heading", "Aims")))] == [
        "Plan\n\nAims"
    ]


def test_document_without_text_has_no_passages() -> None:
    assert split_document(document()) == ()


@pytest.mark.parametrize(("shortest", "longest"), [(0, 80), (30, 20), (-1, -1)])
def test_sizes_that_cannot_be_are_refused(shortest: int, longest: int) -> None:
    with pytest.raises(LhsNlpError, match="1 <= shortest <= longest"):
        split_document(document(), shortest=shortest, longest=longest)


@pytest.mark.parametrize("run", ["(", ".", "a.", "\u0301", "?)", "\ud800", "word "])
def test_long_runs_are_split_in_little_time(run: str) -> None:
    made = document(("paragraph", f"We met. {run * 100_000}"))
    assert_sound(made, split_document(made))


class TestRealFiles:
    pytestmark = needs_shared

    @pytest.mark.parametrize("path", real_files("pdf", "docx", "html", "jats"), ids=lambda path: path.name)
    def test_passages_of_a_real_file_are_sound_and_of_the_usual_size(self, path: Path) -> None:
        made = read(path)
        passages = split_document(made)
        assert_sound(made, passages)
        sizes = [size_of(made.text, passage.start, passage.end) for passage in passages]
        assert sum(20 <= size <= LONGEST for size in sizes) > 0.6 * len(sizes)
        assert max(sizes) <= KEPT_WHOLE * LONGEST
