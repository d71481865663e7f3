"""Assemble blocks into a Document, so that every reader makes the same kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lhs_nlp.documents.bullets import bullet_length, is_item
from lhs_nlp.documents.cleaning import clean
from lhs_nlp.documents.types import Block, BlockKind, Document

SEPARATOR = "\n\n"
_LISTED = ("paragraph", "item")
_LONGEST_HEADING, _LONGEST_SENTENCE = 40, 16
"""Words of a heading, and of one that ends with a full stop, at most: styles of headings also number paragraphs."""


@dataclass(slots=True)
class DocumentBuilder:
    """Collects blocks in reading order, cleans their text and keeps count of offsets and pages.

    A paragraph that begins with a bullet or an item's number is an item; bullets and empty
    cells are left out. A heading that is as long as a paragraph is one.
    """

    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0
    _page_offsets: dict[int, int] = field(default_factory=dict)

    def add(self, kind: BlockKind, text: str, *, level: int | None = None, page: int | None = None) -> None:
        """Add a block; a blank one is left out."""
        self.add_runs(kind, [(text, page)], level=level)

    def add_runs(self, kind: BlockKind, runs: Iterable[tuple[str, int | None]], *, level: int | None = None) -> None:
        """Add a block that may continue over pages: (text, page) runs, joined by a space."""
        cleaned = [(text, page) for raw, page in runs if (text := clean(raw))]
        if kind == "row":
            cleaned = [(cells, page) for text, page in cleaned if (cells := _cells(text))]
        if not cleaned:
            return
        if kind == "heading" and _is_prose(" ".join(text for text, _ in cleaned)):
            kind, level = "paragraph", None
        if kind in _LISTED:
            (first, page), *rest = cleaned
            kind = "item" if is_item(first) else kind
            cleaned = [(first[bullet_length(first) :], page), *rest]
        start = self._length + (len(SEPARATOR) if self._blocks else 0)
        at = start
        for text, page in cleaned:
            if page is not None:
                self._page_offsets.setdefault(page, at)
            at += len(text) + 1
        joined = " ".join(text for text, _ in cleaned)
        self._parts.append(joined)
        self._blocks.append(Block(kind, start, start + len(joined), level))
        self._length = start + len(joined)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added yet."""
        return not self._blocks

    def build(
        self,
        *,
        source: str,
        format: str,
        sha256: str,
        title: str | None = None,
        pages: int = 0,
        metadata: Mapping[str, str] | None = None,
    ) -> Document:
        """Return the Document.

        Parameters
        ----------
        source, format, sha256, title
            As in `Document`.
        pages
            Number of pages of the file, also of those without text; 0 when it has none.
        metadata
            Blank values are left out.
        """
        known = {key: text for key, value in (metadata or {}).items() if (text := clean(value))}
        return Document(
            id=sha256[:16],
            title=clean(title or "") or None,
            source=source,
            format=format,
            text=SEPARATOR.join(self._parts),
            blocks=tuple(self._blocks),
            sha256=sha256,
            page_starts=self._page_starts(pages),
            metadata=known,
        )

    def _page_starts(self, pages: int) -> tuple[int, ...]:
        """Return each page's first offset; a page without text begins where the next one does."""
        starts, following = [], self._length
        for page in range(pages, 0, -1):
            following = min(self._page_offsets.get(page, following), following)
            starts.append(following)
        if starts:
            starts[-1] = 0
        return tuple(reversed(starts))


def _is_prose(heading: str) -> bool:
    words = len(heading.split())
    return words > (_LONGEST_SENTENCE if heading.endswith(".") else _LONGEST_HEADING)


def _cells(row: str) -> str:
    return " | ".join(cell.strip() for cell in row.split("|") if cell.strip())


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
