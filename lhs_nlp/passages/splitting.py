"""Split a document into passages of one to three sentences that lie in one section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lhs_nlp.documents import Block, Document
from lhs_nlp.passages.sentences import sentence_spans
from lhs_nlp.passages.types import Passage

SHORTEST, USUAL, LONGEST = 20, 60, 80
"""Words of a passage: below the first a sentence is added, up to the second it may be, never beyond the third."""

USUAL_PIECES, MOST_PIECES = 2, 5
"""Sentences or items of a passage: usually, and where they are so short that it needs them."""

_HARD_LIMIT = 1200
"""Characters of the longest piece: more would be cut by the encoder."""

_BREAKS = (
    re.compile(r";\s+"),
    re.compile(r":\s+"),
    re.compile(r",\s+(?=and |or |but |which |to |\()"),
    re.compile(r",\s+"),
)
_PROSE = frozenset({"paragraph", "item", "row"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of an overlong one."""

    start: int
    end: int
    words: int
    kind: str
    opens: bool  # ends with a colon: what follows belongs to it


def split_document(document: Document, *, shortest: int = SHORTEST, longest: int = LONGEST) -> tuple[Passage, ...]:
    """Split a document into passages.

    Sentences are packed in order: two to a passage, more where they are very short, one
    where two would be long; so were the passages made that the model learned from. Items
    of a list are packed like sentences, with the line that introduces them.
    No passage crosses a heading. Headings are sections, not passages, unless the document
    has nothing else.

    Parameters
    ----------
    document
        What was read.
    shortest, longest
        Words of a passage that are aimed at.

    Returns
    -------
    tuple of Passage
        In order, without overlap; together they hold all of the document but headings.
    """
    passages: list[Passage] = []
    for section, blocks in _sections(document):
        pieces = [piece for block in blocks for piece in _pieces(document.text, block, longest)]
        for start, end in _packed(pieces, shortest, longest):
            text = document.text[start:end]
            passages.append(Passage(len(passages), text, start, end, section, document.page_at(start)))
    return tuple(passages)


def _sections(document: Document) -> Iterator[tuple[str | None, list[Block]]]:
    """Yield the blocks between two headings, with the text of the heading before them."""
    if not any(block.kind in _PROSE for block in document.blocks):
        yield None, list(document.blocks)
        return
    section: str | None = None
    blocks: list[Block] = []
    for block in document.blocks:
        if block.kind in _PROSE:
            blocks.append(block)
            continue
        if blocks:
            yield section, blocks
            blocks = []
        if block.kind == "heading":
            section = document.text[block.start : block.end]
    if blocks:
        yield section, blocks


def _pieces(text: str, block: Block, longest: int) -> Iterator[_Piece]:
    for start, end in sentence_spans(text[block.start : block.end]):
        for first, last in _bounded(text, block.start + start, block.start + end, longest):
            piece = text[first:last]
            yield _Piece(first, last, len(piece.split()), block.kind, piece.endswith(":"))


def _bounded(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or cut at semicolons, colons, commas, spaces, or anywhere, until it is short enough."""
    while end - start > _HARD_LIMIT or len(text[start : min(end, start + 2 * _HARD_LIMIT)].split()) > longest:
        cut = _cut(text[start : min(end, start + _HARD_LIMIT)], longest)
        if cut is None:
            break
        inner = text[start : start + cut].rstrip()
        yield start, start + len(inner)
        start += cut
        start += len(text[start:end]) - len(text[start:end].lstrip()) if text[start : start + 1].isspace() else 0
    if start < end:
        yield start, end


def _cut(window: str, longest: int) -> int | None:
    """Return where to cut, after the break nearest to the middle of what is allowed; None when it need not be."""
    limit = _offset_of_word(window, longest)
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(window, 0, limit) if match.end() > limit // 4]
        if ends:
            return ends[-1]
    if len(window) < _HARD_LIMIT:
        return None  # a little too long, and nothing to cut at
    space = window.rfind(" ")
    return space + 1 if space > 0 else len(window)


def _offset_of_word(text: str, number: int) -> int:
    for count, match in enumerate(re.finditer(r"\S+", text), 1):
        if count == number:
            return match.end()
    return len(text)


def _packed(pieces: Sequence[_Piece], shortest: int, longest: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each passage."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and not _fits(group, piece, shortest, longest):
            yield group[0].start, group[-1].end
            group = []
        group.append(piece)
    if group:
        yield group[0].start, group[-1].end


def _fits(group: Sequence[_Piece], piece: _Piece, shortest: int, longest: int) -> bool:
    words = sum(each.words for each in group)
    together = words + piece.words
    if together > longest or len(group) >= MOST_PIECES:
        return False
    if group[-1].opens or words < shortest:
        return True
    return len(group) < USUAL_PIECES and together <= USUAL and group[-1].kind == piece.kind
