"""XML records as fields and back: each text and attribute under its path, in the manner of XPath.

``titles/title/style`` is an element's text, ``ref-type/@name`` an attribute, ``keywords/keyword[2]`` the second of
several siblings, and ``AbstractText/node()`` text with markup inside, kept as XML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lhs_nlp.references.types import Fields

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STEP = re.compile(r"(.+?)(?:\[(\d+)\])?")
_NUMBER = re.compile(r"\[\d+\](?=/|\Z)")
_INLINE = ("style", "i", "b", "u", "sup", "sub")
"""Elements inside of a text; those of one kind beside each other are one text."""


def flatten(element: Element) -> Fields:
    """Return the texts and attributes of an element, each with its path below it."""
    return tuple(_flat(element, ""))


def _flat(element: Element, path: str) -> Iterator[tuple[str, str]]:
    yield from ((_under(path, f"@{name}"), value) for name, value in element.attrib.items())
    if _is_mixed(element):
        yield _under(path, "node()"), _inner(element)
        return
    if not len(element):
        if element.text or not element.attrib:
            yield path or ".", element.text or ""
        return
    counts = Counter(child.tag for child in element)
    seen = Counter[str]()
    for child in element:
        seen[child.tag] += 1
        step = f"{child.tag}[{seen[child.tag]}]" if counts[child.tag] > 1 else child.tag
        yield from _flat(child, _under(path, step))


def _under(path: str, step: str) -> str:
    return f"{path}/{step}" if path else step


def _is_mixed(element: Element) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    inline = sum(child.tag in _INLINE for child in element)
    foreign = any("}" in child.tag for child in element)
    return len(element) > 0 and (any(text and text.strip() for text in texts) or inline > 1 or foreign)


def _inner(element: Element) -> str:
    from xml.etree.ElementTree import tostring

    return escaped(element.text or "") + "".join(tostring(child, encoding="unicode") for child in element)


def rebuild(tag: str, fields: Fields) -> Element:
    """Return the element that `flatten` made the fields of."""
    from xml.etree.ElementTree import Element

    root = Element(tag)
    places: dict[str, Element] = {}
    for path, value in fields:
        place, at, attribute = path.rpartition("@")
        element = _at(root, (place if at else path.removesuffix("node()")).rstrip("/"), places)
        if at:
            element.set(attribute, value)
        elif path.endswith("node()"):
            _fill(element, value)
        else:
            element.text = value or None
    return root


def _at(root: Element, path: str, places: dict[str, Element]) -> Element:
    from xml.etree.ElementTree import SubElement

    if path in ("", "."):
        return root
    key = re.sub(r"(?<!\])(?=/|\Z)", "[1]", path)
    if key not in places:
        parent, _, step = path.rpartition("/")
        match = _STEP.fullmatch(step)
        places[key] = SubElement(_at(root, parent, places), match[1] if match else step)
    return places[key]


def _fill(element: Element, inner: str) -> None:
    from xml.etree.ElementTree import ParseError

    from defusedxml.ElementTree import fromstring

    try:
        whole = fromstring(f"<node>{inner}</node>")
    except ParseError:
        element.text = inner
        return
    element.text = whole.text
    element.extend(whole)


def simple(path: str) -> str:
    """Return a path without the numbers of siblings, and without what only tells how a text looks."""
    return _NUMBER.sub("", path).removesuffix("/node()").removesuffix("/style")


def plain(path: str, value: str) -> str:
    """Return a field's text without markup."""
    if not path.endswith("node()"):
        return value
    from xml.etree.ElementTree import Element

    holder = Element("node")
    _fill(holder, value)
    return "".join(holder.itertext())


def valid(text: str) -> str:
    """Return a text that XML can hold."""
    return _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class Siblings:
    """Numbers new elements after those that are there.

    Parameters
    ----------
    fields
        What a record holds already.
    """

    def __init__(self, fields: Fields) -> None:
        self._paths = [name for name, _ in fields]
        self._last: dict[str, int] = {}

    def next(self, path: str) -> str:
        """Return the path of one more element."""
        if path not in self._last:
            self._last[path] = max((_number(name, path) for name in self._paths), default=0)
        self._last[path] += 1
        return f"{path}[{self._last[path]}]"


def _number(name: str, path: str) -> int:
    start = "/".join(name.split("/")[: path.count("/") + 1])
    if _NUMBER.sub("", start) != path:
        return 0
    match = re.search(r"\[(\d+)\]\Z", start)
    return int(match[1]) if match else 1


def escaped(text: str) -> str:
    """Return a text as XML."""
    from xml.sax.saxutils import escape

    return escape(text)
