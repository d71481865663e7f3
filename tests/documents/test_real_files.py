"""Real files: all are read, and passages stand on the pages that they name."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from lhs_nlp.documents import Document, read
from lhs_nlp.passages import split_document
from tests.shared import needs_shared, real_files

pytestmark = needs_shared

_WORD = re.compile(r"[^\W\d_]{6,}")
_DIGITS = re.compile(r"\d+")


@cache
def document_of(path: Path) -> Document:
    return read(path)


@cache
def page_texts(path: Path) -> list[str]:
    """Return the text of each page as PDFium itself gives it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def page_words(path: Path) -> list[set[str]]:
    """Return the longer words of each page, in lower case."""
    return [{word.lower() for word in _WORD.findall(text)} for text in page_texts(path)]


@pytest.mark.parametrize("path", real_files("pdf"), ids=lambda path: path.name)
def test_passage_begins_on_the_page_that_it_names(path: Path) -> None:
    pages, document = page_words(path), document_of(path)
    assert document.pages == len(pages)
    first = [(passage, _WORD.findall(passage.text)[:1]) for passage in split_document(document)]
    elsewhere = [passage for passage, words in first if not {*map(str.lower, words)} <= pages[(passage.page or 0) - 1]]
    assert len(elsewhere) <= 0.01 * len(first)  # a passage may begin with the last words of its page


@pytest.mark.parametrize("path", real_files("pdf"), ids=lambda path: path.name)
def test_all_words_are_read_but_those_of_running_heads_and_none_are_made_up(path: Path) -> None:
    words = {word.lower() for word in _WORD.findall(document_of(path).text)}
    in_file = set().union(*page_words(path))
    assert not words - in_file
    assert len(in_file - words) <= 0.01 * len(in_file)


@pytest.mark.parametrize("path", real_files("pdf"), ids=lambda path: path.name)
def test_lines_that_stand_on_most_pages_are_no_blocks(path: Path) -> None:
    pages = [{_DIGITS.sub("", line).strip() for line in text.splitlines()} for text in page_texts(path)]
    seen = Counter(line for page in pages for line in page if len(line) > 10)
    running = {line for line, count in seen.items() if count > 0.6 * len(pages)}
    document = document_of(path)
    blocks = {_DIGITS.sub("", document.text[block.start : block.end]).strip() for block in document.blocks}
    assert not running & blocks


@pytest.mark.parametrize(
    ("name", "headings", "items", "rows"),
    [
        ("semiannual-2012-medicaid", 20, 12, 0),
        ("testimony-2001", 22, 9, 21),
        ("testimony-2004", 10, 19, 8),
        ("testimony-2015", 23, 0, 0),
        ("top-challenges-2014", 51, 44, 0),
        ("workplan-2001-department", 64, 0, 1),
        ("workplan-2012-public-health", 65, 7, 9),
    ],
)
def test_headings_items_and_rows_are_about_as_many_as_are_seen(name: str, headings: int, items: int, rows: int) -> None:
    (path,) = (path for path in real_files("pdf") if path.stem == name)
    kinds = Counter(block.kind for block in document_of(path).blocks)
    assert kinds["heading"] == pytest.approx(headings, rel=0.1)
    assert kinds["item"] == pytest.approx(items, rel=0.1, abs=1)
    assert kinds["row"] == pytest.approx(rows, rel=0.1, abs=1)
