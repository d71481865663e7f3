"""Find tables of contents: what they name stands in the text, and the name of a chapter claims nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lhs_nlp.documents import Block

_NAME = re.compile(r"(?:table\s+of\s+)?contents\W*(?:page)?\W*", re.IGNORECASE)
_ENTRY = re.compile(r"(?:[\s.\u2026\u00b7_]|-{2})\d{1,3}\s*\Z|[|.\u2026]\s*[ivxlc]{1,6}\s*\Z", re.IGNORECASE)
"""How an entry ends: with a page, which leaders, a bar between cells or a space parts from the name."""
_LONGEST_NAME, _LONGEST_LINE, _LONGEST_END = 30, 120, 12
_FEWEST = 2
"""Entries of a table of contents, at least."""


def without_contents(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without the entries of tables of contents.

    Entries follow a block that is nothing but the name of such a table, end with a page, and may have lines between
    them that do not, such as the first of a long name.

    Parameters
    ----------
    text
        Of the document.
    blocks
        Of the document, in order.
    """
    kept: list[Block] = []
    at = 0
    while at < len(blocks):
        kept.append(blocks[at])
        run = list(_run(text, blocks, at + 1)) if _is_name(text, blocks[at]) else []
        is_table = sum(_is_entry(text, block) for block in run) >= _FEWEST
        kept += [block for block in run if block.is_heading or not is_table]
        # Another name among them begins nothing that does not end where they do.
        at += 1 + len(run)
    return kept


def _is_name(text: str, block: Block) -> bool:
    return block.end - block.start <= _LONGEST_NAME and _NAME.fullmatch(text, block.start, block.end) is not None


def _run(text: str, blocks: Sequence[Block], start: int) -> Iterator[Block]:
    for at in range(start, len(blocks)):
        if not (_is_entry(text, blocks[at]) or _begins_entry(text, blocks[at : at + 2])):
            return
        yield blocks[at]


def _begins_entry(text: str, blocks: Sequence[Block]) -> bool:
    """Return whether the first of two blocks is a line, no sentence, and the second the end of an entry."""
    line, *following = blocks
    short = line.end - line.start <= _LONGEST_LINE and not text.endswith((".", "!", "?"), line.start, line.end)
    return short and any(_is_entry(text, block) for block in following)


def _is_entry(text: str, block: Block) -> bool:
    return _ENTRY.search(text, max(block.start, block.end - _LONGEST_END), block.end) is not None
