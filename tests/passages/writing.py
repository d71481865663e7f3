"""Documents for tests of splitting: blocks of so many words, and any blocks at all."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from lhs_nlp.documents import BlockKind, Document
from lhs_nlp.documents.builder import DocumentBuilder

KINDS: tuple[BlockKind, ...] = ("title", "heading", "paragraph", "item", "row")

_PHRASES = st.sampled_from(
    (
        "Falls fell by 7.1%.[12] ",
        "Smith et al. (2019) agree. ",
        "See Fig. 2, i.e. the third ",
        "in the U.S. we met Dr. Lee ",
        "(p < 0.05) ",
        "and so it was; ",
        "Our aims: ",
        "患者の安全が向上した。",
        "https://a.org/B.c ",
        "1. Safety 2) equity ",
        "the team of the ward met again to talk about what had been seen at night ",
        *("- ", "• ", "| ", "\u00a0 ", ". ", "?! ", "\ud800 "),
    )
)
TEXTS = st.lists(_PHRASES | st.text(max_size=12), max_size=30).map("".join)
"""Anything that a block may hold, and much that it should not."""


def sentence(words: int, last: str = "end") -> str:
    """Return a sentence of so many words."""
    return " ".join(["Word", *["word"] * (words - 2), f"{last}."])


def document(*blocks: tuple[BlockKind, str], pages: Iterable[int] = ()) -> Document:
    """Return a document of these blocks, the first of them on the given pages."""
    builder, numbers = DocumentBuilder(), list(pages)
    for at, (kind, text) in enumerate(blocks):
        builder.add(kind, text, page=numbers[at] if at < len(numbers) else None)
    return builder.build(source="made", format="text", sha256="0" * 64, pages=max(numbers, default=0))


def documents() -> st.SearchStrategy[Document]:
    """Return a strategy for documents of any blocks."""
    return st.lists(st.tuples(st.sampled_from(KINDS), TEXTS), max_size=12).map(lambda blocks: document(*blocks))
