"""Which nodes of Zotero's RDF are items, which are parts of them, and which belong to none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lhs_nlp.references import rdf_nodes
from lhs_nlp.references.parsed import Content, skipped_text
from lhs_nlp.references.rdf_nodes import name_of, object_of, subject_of
from lhs_nlp.references.readings import one_line
from lhs_nlp.references.types import SkippedText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_NO_ITEMS = ("attachment", "note", "annotation")
_PARTS = re.compile(
    r"bib:(?:Memo|Journal|Periodical|Newspaper|CourtReporter|Series|Part)|z:(?!UserItem)\w+|foaf:\w+|"
    r"dcterms:\w+|rdf:(?:Seq|Bag|Alt|Statement)|vcard:\w+"
)
"""Elements that are parts of items, or collections of them."""


class Items:
    """The items of a file.

    Parameters
    ----------
    content
        The file.

    Attributes
    ----------
    skipped
        What belongs to no item.

    Raises
    ------
    ReferencesError
        The XML is refused, or nothing can be read of it.
    """

    def __init__(self, content: Content) -> None:
        nodes = rdf_nodes.nodes_in(content.data)
        links = [(name_of(link), object_of(link)) for node in nodes.elements for link in node.iter()]
        containers = {target for name, target in links if name == "dcterms:isPartOf"}
        others: list[Element] = []
        self._items: list[Element] = []
        for node in nodes.elements:
            (self._items if _is_item(node, containers) else others).append(node)
        parts = {name: node for node in others if (name := subject_of(node)) and name_of(node) != "z:Collection"}
        self._standalone = rdf_nodes.Standalone(parts)
        held = {name for item in self._items for name in self._standalone.parts_of(item)}
        lines = rdf_nodes.lines_of(content.text)
        self.skipped = [
            _skipped(lines.get(subject_of(node) or "", 1), node) for node in others if subject_of(node) not in held
        ]
        if nodes.problem:
            line, error = nodes.problem
            rest = b"".join(content.data.splitlines()[line - 1 : line]).decode("utf-8", "replace")
            reason = f"The XML is damaged or truncated from here on ({error})."
            self.skipped.append(skipped_text(line, rest, reason))

    def __iter__(self) -> Iterator[tuple[Element, dict[str, str]]]:
        """Yield each item so that it stands alone, and the namespaces that it needs beside the known ones."""
        for item in self._items:
            yield self._standalone.copy(item), self._standalone.declared


def _is_item(node: Element, containers: set[str | None]) -> bool:
    kinds = [child.text for child in node if name_of(child) == "z:itemType"]
    if kinds:
        return kinds[0] not in _NO_ITEMS
    is_part = _PARTS.fullmatch(name_of(node)) or (subject_of(node) or "") in containers
    return not is_part and any(name_of(child) == "dc:title" for child in node)


def _skipped(line: int, node: Element) -> SkippedText:
    said = ", ".join(one_line("".join(child.itertext())) for child in node if "".join(child.itertext()).strip())
    if name_of(node) == "z:Collection":
        reason = "A collection: its items are read, but not that they are in it."
    else:
        reason = "A note, a file or another thing that belongs to no item, or only far inside of one."
    return skipped_text(line, f"{name_of(node)}: {said}", reason)
