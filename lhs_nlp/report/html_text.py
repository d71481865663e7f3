"""The text of a document cut for display: parts, runs, places of passages and beginnings of pages."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lhs_nlp.documents import Block, Document
    from lhs_nlp.passages import Passage

PartKind = Literal["page", "title", "heading", "paragraph", "list", "table"]
Span = tuple[int, int]

_CELL_GAP = " | "
"""What readers put between the cells of a row."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is shown alike, or the beginning of a page within a line.

    Attributes
    ----------
    text
        What is shown; empty at the beginning of a page.
    passage
        Index of the passage that it is of, when that passage is to be marked.
    first
        Whether the passage begins with it.
    page
        Number of the page that begins here.
    """

    text: str
    passage: int | None = None
    first: bool = False
    page: int | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown as one element.

    Attributes
    ----------
    kind
        `list` and `table` hold neighbouring items and rows; `page` is the beginning of a page.
    rows
        Rows of cells of runs: one cell each but in a `table`, one row each but in a `list` or `table`.
    level
        Depth of a heading, from 1.
    page
        Number of the page that begins.
    """

    kind: PartKind
    rows: tuple[tuple[Line, ...], ...] = ()
    level: int = 1
    page: int | None = None


def cut(document: Document, marked: Sequence[Passage]) -> Iterator[Part]:
    """Cut a document's text into the parts in which it is shown.

    Parameters
    ----------
    document
        What is shown; all its text is in the parts, white space between blocks left out.
    marked
        The passages to mark.

    Yields
    ------
    Part
        In the order of the text.
    """
    cutter = _Cutter(document, marked)
    for kind, blocks in groupby(_blocks(document), key=_kind):
        if kind in ("list", "table"):
            yield from cutter.group(kind, list(blocks))
        else:
            for block in blocks:
                yield from cutter.group(kind, [block])
    yield from cutter.pages_until(len(document.text))


def _blocks(document: Document) -> Sequence[Block]:
    from lhs_nlp.documents import Block

    return document.blocks or (Block("paragraph", 0, len(document.text)),)


def _kind(block: Block) -> PartKind:
    return "list" if block.kind == "item" else "table" if block.kind == "row" else block.kind


class _Cutter:
    """Goes through a document once, and remembers which passages and pages have begun."""

    def __init__(self, document: Document, marked: Sequence[Passage]) -> None:
        self.text = document.text
        self.marked = sorted(marked, key=lambda passage: passage.start)
        self.starts = [passage.start for passage in self.marked]
        self.pages = deque(enumerate(document.page_starts, start=1))
        self.begun: set[int] = set()

    def group(self, kind: PartKind, blocks: Sequence[Block]) -> Iterator[Part]:
        """Yield the pages that begin before the first block, then the blocks as one part."""
        yield from self.pages_until(blocks[0].start)
        rows = tuple(tuple(tuple(self._runs(*cell)) for cell in self._cells(kind, block)) for block in blocks)
        yield Part(kind, rows, blocks[0].level or 1)

    def pages_until(self, offset: int) -> Iterator[Part]:
        """Yield the pages that begin up to an offset and were not yielded before."""
        for page in self._turned(offset):
            yield Part("page", page=page)

    def _turned(self, offset: int) -> Iterator[int]:
        while self.pages and self.pages[0][1] <= offset:
            yield self.pages.popleft()[0]

    def _cells(self, kind: PartKind, block: Block) -> Iterator[Span]:
        at = block.start
        if kind == "table":
            while (gap := self.text.find(_CELL_GAP, at, block.end)) >= 0:
                yield at, gap
                at = gap + len(_CELL_GAP)
        yield at, block.end

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        for at, until, passage in self._spans(start, end):
            cuts = [offset for _, offset in self.pages if at < offset < until]
            for begin, stop in zip([at, *cuts], [*cuts, until], strict=True):
                for page in self._turned(begin):
                    yield Run("", page=page)
                first = passage is not None and passage not in self.begun
                if passage is not None:
                    self.begun.add(passage)
                yield Run(self.text[begin:stop], passage, first)

    def _spans(self, start: int, end: int) -> Iterator[tuple[int, int, int | None]]:
        """Cut at the passages to mark; where two overlap, the text is the earlier one's."""
        at = start
        for place in range(max(0, bisect_right(self.starts, start) - 1), len(self.marked)):
            passage = self.marked[place]
            if passage.start >= end:
                break
            begin, stop = max(passage.start, at), min(passage.end, end)
            if begin >= stop:
                continue
            if begin > at:
                yield at, begin, None
            yield begin, stop, passage.index
            at = stop
        if at < end:
            yield at, end, None
