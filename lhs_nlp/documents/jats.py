"""Articles in XML: JATS, and the older DTD of BioMed Central; the reference list is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING

from lhs_nlp.documents.article_blocks import add_blocks
from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.declared import decode_declared
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.types import Document
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

format = "jats"

_ROOT = re.compile(rb"<(?:\w+:)?(?:article|art|pmc-articleset|sec)[\s>]")
_PAGE = re.compile(rb"<!doctype\s+html|<html", re.IGNORECASE)
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*?encoding=[\"']([\w.-]+)[\"'][^>]*\?>")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_PARTS = ("abstract", "abs", "body", "bdy", "app-group", "floats-group")
"""What is read of an article, in this order."""
_OTHER_ARTICLES = frozenset({"sub-article", "response"})
"""What others wrote of an article, or its translation, within it."""
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes are XML with an article at its root."""
    start = data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and not _PAGE.search(start) and bool(_ROOT.search(start))


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read an article: title, abstract, sections, lists and tables, appendices; no letters of reviewers or answers.

    Raises
    ------
    ReadError
        `malformed`: not well-formed, nested too deeply, or it defines entities, which no article needs.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    text = _ENTITY.sub(_character, _XML_DECLARATION.sub("", _decoded(data)))
    try:
        root = fromstring(text)
    except DefusedXmlException as error:
        raise ReadError("the XML defines entities or refers to other files, which is refused.", "malformed") from error
    except (ParseError, ValueError) as error:
        raise ReadError(f"the XML is not well-formed ({error}).", "malformed") from error
    _strip_namespaces(root)
    _space_breaks(root)
    builder = DocumentBuilder()
    title = _article_title(root)
    if title:
        builder.add("title", title)
    for part in _parts(root):
        if part.tag == "abstract" and part.find("title") is None:
            builder.add("heading", "Abstract", level=1)
        add_blocks(builder, part)
    return builder.build(source=name, format=format, sha256=sha256_of(data), title=title, metadata=_metadata(root))


def _decoded(data: bytes) -> str:
    declared = _DECLARATION.match(data[:1024])
    return decode_declared(data, declared.group(1) if declared else None)


def _character(match: re.Match[str]) -> str:
    """Return the character of an entity that HTML knows: article DTDs are not at hand."""
    name = match.group(1)
    return match.group() if name in _XML_ENTITIES else html5.get(f"{name};", " ")


def _strip_namespaces(root: Element) -> None:
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.rpartition("}")[2]


def _space_breaks(root: Element) -> None:
    """Put a space where a line breaks, which parts words."""
    for element in root.iter("break"):
        element.text = " "


def _article_title(root: Element) -> str | None:
    for path in (".//title-group/article-title", ".//fm/bibl/title", ".//fm//title"):
        found = root.find(path)
        title = "" if found is None else "".join(found.itertext())
        if title.strip():
            return title
    return None


def _parts(root: Element) -> Iterator[Element]:
    """Yield what is read of the article itself; the root when it has none of it."""
    own = list(_own(root))
    parts = [element for tag in _PARTS for element in own if element.tag == tag]
    yield from parts or [root]


def _own(root: Element) -> Iterator[Element]:
    """Yield the elements of an article in order, without those of other articles within it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(child for child in reversed(element) if child.tag not in _OTHER_ARTICLES)


def _metadata(root: Element) -> dict[str, str]:
    paths = {
        "doi": (".//article-meta/article-id[@pub-id-type='doi']", ".//fm//xrefbib/pubidlist/pubid[@idtype='doi']"),
        "journal": (".//journal-title", ".//fm/bibl/source"),
        "year": (".//article-meta/pub-date/year", ".//fm/bibl/pubdate", ".//pub-date/year"),
    }
    found = {}
    for key, candidates in paths.items():
        elements = (root.find(path) for path in candidates)
        found[key] = next(("".join(element.itertext()) for element in elements if element is not None), "")
    return found
