"""What a reader makes of a file: one text, the blocks it is made of, and where pages begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "heading", "paragraph", "item", "row"]
"""Kinds of block: the title, a section heading, a paragraph, an item of a list, a row of a table."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the document's text that stands on its own: ``document.text[start:end]``.

    Attributes
    ----------
    kind
        What the block is.
    start, end
        Offsets into the document's text, in characters (Unicode code points).
    level
        Depth of a heading, 1 for the highest; None for other kinds.
    """

    kind: BlockKind
    start: int
    end: int
    level: int | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it names what follows, as the title or a heading."""
        return self.kind in ("title", "heading")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text, in reading order.

    Blocks follow each other without overlap, separated by a blank line; words broken at
    line ends, running heads and feet are already mended and removed.

    Attributes
    ----------
    id
        First 16 hexadecimal digits of `sha256`: the same file has the same id everywhere.
    title
        The title when the file says it or plainly shows it, else None.
    source
        Where the document came from: a path as the user gave it, or a name.
    format
        `pdf`, `docx`, `html`, `markdown`, `text`, `jats` or `tei`.
    text
        The whole text.
    blocks
        The blocks of `text`, in order.
    page_starts
        Offset into `text` at which each page begins; empty when the format has no pages.
    metadata
        What the file says of itself, e.g. `author`, `date`, `doi`, `language`; never empty values.
    sha256
        SHA-256 of the file's bytes (of the UTF-8 text when there is no file).
    """

    id: str
    title: str | None
    source: str
    format: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    sha256: str
    page_starts: tuple[int, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int | None:
        """Number of pages; None when the format has none."""
        return len(self.page_starts) or None

    @property
    def words(self) -> int:
        """Number of words, separated by white space."""
        return len(self.text.split())

    def page_at(self, offset: int) -> int | None:
        """Return the page, counted from 1, on which a character stands; None without pages."""
        return max(1, bisect_right(self.page_starts, offset)) if self.page_starts else None
