"""The blocks of an article in XML: headings, paragraphs, items and rows, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lhs_nlp.documents.builder import DocumentBuilder
from lhs_nlp.documents.types import BlockKind
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 256
_BETWEEN_CITATIONS = re.compile(r"\s*[,;\u2013-]?\s*")
_GAP = re.compile(r"\s+(?=[,.;:)\]])")


def section_depth(elements: Sequence[Element], section: str) -> int:
    """Return in how many elements of a name something stands."""
    return sum(element.tag == section for element in elements)


@dataclass(frozen=True, slots=True)
class Tags:
    """What the elements of a format are.

    Attributes
    ----------
    skipped
        Left out, with all that is in them.
    citations
        Of the skipped: what leaves commas between them that part nothing.
    titles, items, rows, cells
        Headings, items of lists, rows of tables and their cells.
    floats
        Figures and tables, whose titles begin no section.
    others
        What else begins and ends a block.
    level
        Depth of a heading by the blocks that it stands in, the outermost first.
    """

    skipped: frozenset[str]
    citations: frozenset[str]
    titles: frozenset[str]
    items: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    floats: frozenset[str]
    others: frozenset[str]
    level: Callable[[Sequence[Element]], int]

    @property
    def blocks(self) -> frozenset[str]:
        """What begins and ends a block."""
        return self.titles | self.items | self.rows | self.floats | self.others

    def kind(self, tags: Sequence[str]) -> BlockKind:
        """Return what stands in these elements, the innermost last."""
        for tag in reversed(tags):
            if tag in self.titles:
                return "paragraph" if self.floats.intersection(tags) else "heading"
            if tag in self.rows:
                return "row"
            if tag in self.items:
                return "item"
        return "paragraph"


def add_blocks(builder: DocumentBuilder, part: Element, tags: Tags) -> None:
    """Add what stands in a part of an article, such as its body, without what is skipped."""
    _Walk(builder, tags).add(part)


@dataclass(slots=True)
class _Walk:
    """Walks a part without recursion; text is added as a block where a block-level element begins or ends."""

    builder: DocumentBuilder
    tags: Tags
    _open: list[Element] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _cited: int | None = None

    def add(self, part: Element) -> None:
        for begins, element in _events(part, self.tags.skipped):
            if element.tag in self.tags.skipped or not isinstance(element.tag, str):
                self._skip(element)
            elif begins:
                self._begin(element)
            else:
                self._end(element)
        self._flush()

    def _begin(self, element: Element) -> None:
        if element.tag in self.tags.blocks and not self._is_in_row:
            if len(self._open) == _DEEPEST:
                raise ReadError(f"the XML is nested more than {_DEEPEST} levels deep.", "malformed")
            self._flush()
            self._open.append(element)
        elif element.tag in self.tags.blocks | self.tags.cells:
            self._text.append(" | " if element.tag in self.tags.cells else " ")
        self._text.append(element.text or "")

    def _end(self, element: Element) -> None:
        if self._open and self._open[-1] is element:
            self._flush()
            self._open.pop()
        self._text.append(element.tail or "")

    def _skip(self, element: Element) -> None:
        """Leave an element out, and what parts it from another citation that was left out before it."""
        if element.tag in self.tags.citations:
            if self._cited is not None and _BETWEEN_CITATIONS.fullmatch("".join(self._text[self._cited :])):
                del self._text[self._cited :]
            self._cited = len(self._text)
        self._text.append(element.tail or "")

    @property
    def _is_in_row(self) -> bool:
        return bool(self._open) and self._open[-1].tag in self.tags.rows

    def _flush(self) -> None:
        text = _GAP.sub("", "".join(self._text))  # a gap is where a citation was left out
        self._text.clear()
        self._cited = None
        kind = self.tags.kind([element.tag for element in self._open])
        level = max(1, min(self.tags.level(self._open), 6)) if kind == "heading" else None
        self.builder.add(kind, text, level=level)


def _events(root: Element, skipped: frozenset[str]) -> Iterator[tuple[bool, Element]]:
    """Yield (True, element) where an element begins and (False, element) where it ends; only once what is skipped."""
    waiting = [(True, root)]
    while waiting:
        begins, element = waiting.pop()
        yield begins, element
        if begins and element.tag not in skipped and isinstance(element.tag, str):
            waiting.append((False, element))
            waiting.extend((True, child) for child in reversed(element))
