"""Split a document into passages of one to three sentences that lie in one section."""

from __future__ import annotations

from collections.abc import Iterator

from lhs_nlp.documents import Block, Document
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.passages.contents import without_contents
from lhs_nlp.passages.overlong import parts
from lhs_nlp.passages.packing import Packer, Piece
from lhs_nlp.passages.reference_lists import without_reference_lists
from lhs_nlp.passages.sentences import sentences
from lhs_nlp.passages.statements import without_statements
from lhs_nlp.passages.types import Passage

SHORTEST, LONGEST = 20, 80
"""Words of a passage, where the text allows."""


_Section = tuple[str | None, list[Block]]
"""The heading, if any, and the blocks below it."""


def split_document(document: Document, *, shortest: int = SHORTEST, longest: int = LONGEST) -> tuple[Passage, ...]:
    """Split a document into passages of one to three sentences.

    A sentence is joined by the next while both have at most three quarters of `longest`, as in
    the passages that the model has learned from; a third is added only to reach `shortest`.
    Scraps of a word or few, such as a date, are joined to them without being counted.
    Items of a list and rows of a table are joined by their words, with the line that
    introduces them. A sentence above `longest` is cut at semicolons, marks of a list or clauses
    where it has any, and in any case above 2.5 times `longest`.

    Headings and titles are no passages but end them, so that none stands in two sections;
    only in a document of nothing else are they the passages. Neither are tables of contents, lists
    of references, which name what others found, and an article's statements on funding, interests and the like,
    unless the document is nothing else.

    Parameters
    ----------
    document
        What was read.
    shortest, longest
        Words of a passage, where the text allows; ten characters count as a word at least.

    Returns
    -------
    tuple of Passage
        In order, without overlap. Every character of a paragraph, item or row that is not
        white space is in exactly one of them, but for what is said above.

    Raises
    ------
    LhsNlpError
        `shortest` is below 1 or above `longest`.
    """
    if not 1 <= shortest <= longest:
        raise LhsNlpError(f"Passages cannot have {shortest} to {longest} words: give 1 <= shortest <= longest.")
    packer = Packer(document.text, shortest, longest)
    passages: list[Passage] = []
    for heading, blocks in _sections(document):
        for run in packer.pack(_pieces(document.text, blocks, longest)):
            start, end = run[0].start, run[-1].end
            passages.append(
                Passage(len(passages), document.text[start:end], start, end, heading, document.page_at(start))
            )
    return tuple(passages)


def _sections(document: Document) -> Iterator[_Section]:
    """Yield the sections that have text, in order; all headings as one when there is nothing else."""
    written = [block for block in document.blocks if document.text[block.start : block.end].strip()]
    if all(block.is_heading for block in written):
        yield None, written
        return
    cleared = _cleared(document.text, written)
    kept = {block.start for block in (written if all(block.is_heading for block in cleared) else cleared)}
    heading: str | None = None
    blocks: list[Block] = []
    for block in written:
        if block.start in kept and not block.is_heading:
            blocks.append(block)
            continue
        yield heading, blocks  # also before what is left out: a passage is one stretch of the text
        blocks = []
        if not block.is_heading:
            continue
        heading = " ".join(document.text[block.start : block.end].split()) if block.kind == "heading" else None
    yield heading, blocks


def _cleared(text: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks without what claims nothing for the document."""
    for without in (without_contents, without_reference_lists, without_statements):
        blocks = without(text, blocks)
    return blocks


def _pieces(text: str, blocks: list[Block], longest: int) -> Iterator[Piece]:
    for number, block in enumerate(blocks):
        for start, end in sentences(text[block.start : block.end]):
            for first, last in parts(text, block.start + start, block.start + end, longest):
                yield Piece(first, last, number, block.kind)
