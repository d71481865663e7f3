"""RDF/XML as elements that stand alone: names with fixed prefixes, and what a node refers to inside of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from lhs_nlp.errors import ReferencesError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = {
    RDF: "rdf",
    "http://www.zotero.org/namespaces/export#": "z",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/net/biblio#": "bib",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://purl.org/rss/1.0/modules/link/": "link",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://nwalsh.com/rdf/vCard#": "vcard",
}
"""Namespaces of Zotero's exports, by the prefixes that it gives them."""

BESIDE = "dc:relation"
"""Property that leads to another thing, not to a part: notes that are all related to each other hold none of them."""

STRAY = "z:text"
"""Attribute that keeps text from between elements."""

_SUBJECT = re.compile(r"""\b(about|ID)\s*=\s*(["'])([^<>]*?)\2""")
_XML = "http://www.w3.org/XML/1998/namespace"
_DEEPEST = 6
"""Nodes that are put into each other: an item, its container, the container's series, and some more."""


@dataclass(slots=True)
class Nodes:
    """The nodes of a file, as far as it is whole.

    Attributes
    ----------
    elements
        What stands directly below the root.
    problem
        Why the rest cannot be read, and from which line on; None when all was read.
    """

    elements: list[Element] = field(default_factory=list)
    problem: tuple[int, str] | None = None


def nodes_in(data: bytes) -> Nodes:
    """Read the nodes of a file, down to where the XML is damaged, if it is.

    Raises
    ------
    ReferencesError
        The XML is refused, or nothing can be read of it.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    nodes = Nodes()
    try:
        for element in _below_the_root(data):
            nodes.elements.append(element)
    except DefusedXmlException as error:
        raise ReferencesError("the XML defines entities or refers to other files, which is refused.") from error
    except (ParseError, ValueError, LookupError) as error:
        if not nodes.elements:
            raise ReferencesError(f"the XML is not well-formed ({error}).") from error
        nodes.problem = (getattr(error, "position", (1, 0))[0], str(error))
    return nodes


def _below_the_root(data: bytes) -> Iterator[Element]:
    from defusedxml.ElementTree import iterparse

    depth = 0
    for event, element in iterparse(io.BytesIO(data), events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 1:
            yield element


def subject_of(element: Element) -> str | None:
    """Return what a node is called in its file; None when it has no name."""
    name = element.get(f"{{{RDF}}}ID")
    return element.get(f"{{{RDF}}}about") or (f"#{name}" if name else None)


def object_of(element: Element) -> str | None:
    """Return what a property refers to; None when its value stands in it."""
    return element.get(f"{{{RDF}}}resource")


def lines_of(text: str) -> dict[str, int]:
    """Return the lines on which the nodes of a file begin, by what they are called."""
    lines: dict[str, int] = {}
    line, at = 1, 0
    for match in _SUBJECT.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        lines.setdefault(("#" if match[1] == "ID" else "") + unescape(match[3]), line)
    return lines


def name_of(element: Element) -> str:
    """Return the name of an element of known namespaces with its prefix; of others as it is."""
    namespace, _, local = element.tag[1:].rpartition("}") if element.tag.startswith("{") else ("", "", element.tag)
    return f"{PREFIXES[namespace]}:{local}" if namespace in PREFIXES else element.tag


class Standalone:
    """Copies a node so that it stands alone; a part that it refers to twice is put inside once, by the shortest way.

    Parameters
    ----------
    parts
        Nodes that are put inside of those that refer to them, by what they are called.

    Attributes
    ----------
    declared
        Prefixes that the last copy needs beside `PREFIXES`, by namespace.
    """

    def __init__(self, parts: Mapping[str, Element]) -> None:
        self._parts = parts
        self._inside: dict[Element, Element] = {}
        self.declared: dict[str, str] = {}

    def copy(self, node: Element) -> Element:
        """Return a node with all the parts that it refers to; names have prefixes."""
        self.declared, self._inside = {}, self._parts_of(node)
        return self._copy(node, is_root=True)

    def parts_of(self, node: Element) -> set[str | None]:
        """Return what the parts are called that a copy of a node has."""
        return {object_of(link) for link in self._parts_of(node)}

    def _copy(self, element: Element, *, is_root: bool = False) -> Element:
        from xml.etree.ElementTree import Element

        copy = Element(self._name(element.tag))
        part = self._inside.get(element)
        for name, value in element.attrib.items():
            if part is None or name != f"{{{RDF}}}resource":
                copy.set(self._name(name), value)
        if part is not None:
            copy.append(self._copy(part))
        elif len(element) and _is_literal(element) and not is_root:
            copy.text = _inner(element)
        elif len(element):
            copy.extend([self._copy(child) for child in element])
            if stray := " ".join(filter(None, (copy.get(STRAY), _between(element)))):
                copy.set(STRAY, stray)
        else:
            copy.text = element.text
        return copy

    def _parts_of(self, node: Element) -> dict[Element, Element]:
        """Return which property leads to which part.

        Each part has one, or parts of each other would come once for each way to them; and it is the nearest one, so
        that none is at the deepest place, without parts of its own, that could be nearer.
        """
        inside: dict[Element, Element] = {}
        names: set[str | None] = set()
        reached = [node]
        for _ in range(_DEEPEST):
            links = [link for element in reached for link in self._links(element, is_root=element is node)]
            reached = []
            for link in links:
                name = object_of(link)
                if name is not None and name not in names:
                    names.add(name)
                    inside[link] = self._parts[name]
                    reached.append(self._parts[name])
        return inside

    def _links(self, element: Element, *, is_root: bool = False) -> Iterator[Element]:
        """Yield the properties in an element that lead to parts."""
        if object_of(element) in self._parts and name_of(element) != BESIDE:
            yield element
        elif is_root or not _is_literal(element):
            for child in element:
                yield from self._links(child)

    def _name(self, name: str) -> str:
        if not name.startswith("{"):
            return name
        namespace, _, local = name[1:].rpartition("}")
        if namespace == _XML:
            return f"xml:{local}"
        known = PREFIXES.get(namespace)
        return f"{known or self.declared.setdefault(namespace, f'n{len(self.declared) + 1}')}:{local}"


def _is_literal(element: Element) -> bool:
    return element.get(f"{{{RDF}}}parseType") == "Literal"


def _between(element: Element) -> str:
    """Return text that stands between elements, where RDF has none."""
    texts = (element.text, *(child.tail for child in element))
    return " ".join(" ".join(text.split()) for text in texts if text and text.strip())


def _inner(element: Element) -> str:
    from xml.etree.ElementTree import tostring

    return (element.text or "") + "".join(tostring(child, encoding="unicode") for child in element)
