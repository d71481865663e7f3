"""Articles in XML: which element is at the root, and a tree without namespaces; nothing outside of the file is read."""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import TYPE_CHECKING

from lhs_nlp.documents.declared import decode_declared
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BEGINNING = 65536
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*?encoding=[\"']([\w.-]+)[\"'][^>]*\?>")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_BEFORE_ROOT = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))


def beginning(data: bytes, length: int = _BEGINNING) -> bytes:
    """Return so many bytes at the beginning of a file, UTF-16 as UTF-8, without a mark and white space before them."""
    start = data[:length]
    if start[:2] in _UTF_16:
        start = start.decode("utf-16", "ignore").encode()
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")


def root_of(data: bytes) -> str:
    """Return the name of the element at the root, without a prefix, by the beginning of a file; "" if it is no XML."""
    start = beginning(data)
    while ends := next((ends for begins, ends in _BEFORE_ROOT if start.startswith(begins)), None):
        before, end, rest = start.partition(ends)
        if not end:
            return ""
        # A document type may define things, each in angles of its own.
        start = rest.partition(b"]>")[2] if ends == b">" and b"[" in before else rest
        start = start.lstrip()
    found = _ROOT.match(start)
    return found.group(1).decode("ascii", "replace") if found else ""


def parsed(data: bytes) -> Element:
    """Return the root of a tree without namespaces.

    Raises
    ------
    ReadError
        `malformed`: not well-formed, or it defines entities, which no article needs.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    declared = _DECLARATION.match(data[:1024])
    text = decode_declared(data, declared.group(1) if declared else None)
    try:
        root: Element = fromstring(_ENTITY.sub(_character, _XML_DECLARATION.sub("", text)))
    except DefusedXmlException as error:
        raise ReadError("the XML defines entities or refers to other files, which is refused.", "malformed") from error
    except (ParseError, ValueError) as error:
        raise ReadError(f"the XML is not well-formed ({error}).", "malformed") from error
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.rpartition("}")[2]
    return root


def text_of(element: Element | None) -> str:
    """Return all text within an element, or "" when there is none."""
    return "" if element is None else "".join(element.itertext())


def _character(match: re.Match[str]) -> str:
    """Return the character of an entity that HTML knows: article DTDs are not at hand."""
    name = match.group(1)
    return match.group() if name in _XML_ENTITIES else html5.get(f"{name};", " ")
