"""The blocks of an article in XML: headings, paragraphs, items and rows, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lhs_nlp.documents.builder import DocumentBuilder
from lhs_nlp.documents.types import BlockKind
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SKIPPED = frozenset(
    "ref-list ack fn-group xref-group object-id graphic media file inline-formula disp-formula tex-math label"
    " article-id journal-meta contrib-group aff author-notes pub-date permissions self-uri history funding-group counts"
    " related-article bm bibl refgrp ui ji dochead xrefbib cpyrt aug insg source formula m mml abbrgrp abbr".split()
)
_CITATIONS = frozenset({"abbrgrp"})
_SECTIONS = frozenset({"sec", "abs", "abstract", "body", "bdy", "app-group", "app", "floats-group"})
_TITLES = frozenset({"title", "st", "article-title"})
_ROWS = frozenset({"tr", "r", "row"})
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_TITLES, "heading"),
    **dict.fromkeys(_ROWS, "row"),
    **dict.fromkeys(("list-item", "li"), "item"),
}
_CELLS = frozenset({"td", "th", "c", "entry"})
_FLOATS = frozenset({"fig", "table", "table-wrap", "tbl", "boxed-text", "suppl", "supplementary-material"})
_BLOCKS = _SECTIONS | _FLOATS | _KINDS.keys() | {"p", "caption", "list", "l", "disp-quote", "def-item", "def"}
_DEEPEST = 256
_BETWEEN_CITATIONS = re.compile(r"\s*[,;\u2013-]?\s*")
_GAP = re.compile(r"\s+(?=[,.;:)\]])")


def add_blocks(builder: DocumentBuilder, part: Element) -> None:
    """Add what stands in a part of an article, such as its body, without citations and references."""
    _Walk(builder).add(part)


@dataclass(slots=True)
class _Walk:
    """Walks a part without recursion; text is added as a block where a block-level element begins or ends."""

    builder: DocumentBuilder
    _open: list[Element] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _cited: int | None = None

    def add(self, part: Element) -> None:
        for begins, element in _events(part):
            if element.tag in _SKIPPED or not isinstance(element.tag, str):
                self._skip(element)
            elif begins:
                self._begin(element)
            else:
                self._end(element)
        self._flush()

    def _begin(self, element: Element) -> None:
        if element.tag in _BLOCKS and not self._is_in_row:
            if len(self._open) == _DEEPEST:
                raise ReadError(f"the XML is nested more than {_DEEPEST} levels deep.", "malformed")
            self._flush()
            self._open.append(element)
        elif element.tag in _BLOCKS | _CELLS:
            self._text.append(" | " if element.tag in _CELLS else " ")
        self._text.append(element.text or "")

    def _end(self, element: Element) -> None:
        if self._open and self._open[-1] is element:
            self._flush()
            self._open.pop()
        self._text.append(element.tail or "")

    def _skip(self, element: Element) -> None:
        """Leave an element out, and what parts it from another citation that was left out before it."""
        if element.tag in _CITATIONS:
            if self._cited is not None and _BETWEEN_CITATIONS.fullmatch("".join(self._text[self._cited :])):
                del self._text[self._cited :]
            self._cited = len(self._text)
        self._text.append(element.tail or "")

    @property
    def _is_in_row(self) -> bool:
        return bool(self._open) and self._open[-1].tag in _ROWS

    def _flush(self) -> None:
        text = _GAP.sub("", "".join(self._text))  # a gap is where a citation was left out
        self._text.clear()
        self._cited = None
        tags = [element.tag for element in self._open]
        kind = _kind(tags)
        depth = sum(tag == "sec" for tag in tags)
        self.builder.add(kind, text, level=max(1, min(depth, 6)) if kind == "heading" else None)


def _kind(tags: Sequence[str]) -> BlockKind:
    """Return what stands in these elements, the innermost last."""
    innermost = next((tag for tag in reversed(tags) if tag in _KINDS), "")
    if innermost in _TITLES and _FLOATS.intersection(tags):
        return "paragraph"  # a figure's or a table's title begins no section
    return _KINDS.get(innermost, "paragraph")


def _events(root: Element) -> Iterator[tuple[bool, Element]]:
    """Yield (True, element) where an element begins and (False, element) where it ends; only once what is skipped."""
    waiting = [(True, root)]
    while waiting:
        begins, element = waiting.pop()
        yield begins, element
        if begins and element.tag not in _SKIPPED and isinstance(element.tag, str):
            waiting.append((False, element))
            waiting.extend((True, child) for child in reversed(element))
