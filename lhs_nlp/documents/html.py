"""HTML: what a reader of the page reads, without navigation and scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.declared import decode_declared
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.line_breaks import LINE_BREAK, paragraphs
from lhs_nlp.documents.page_content import HEADINGS, drop_chrome, drop_frames, drop_struck, main_part
from lhs_nlp.documents.reference_marks import drop_reference_marks
from lhs_nlp.documents.text import is_binary
from lhs_nlp.documents.types import BlockKind, Document
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

format = "html"

_SNIFF = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"<(?:p|div|h[1-6]|br|table|ul|span)\b[^<>]*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)

_KINDS: dict[str, BlockKind] = {"li": "item", "dd": "item", "tr": "row"}
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure hr html li main ol"
    " p pre section summary table tbody tfoot thead tr ul".split()
) | frozenset(HEADINGS)
_METADATA = {
    "author": "author",
    "citation_author": "author",
    "dc.creator": "author",
    "date": "date",
    "dc.date": "date",
    "citation_publication_date": "date",
    "article:published_time": "date",
    "citation_doi": "doi",
    "description": "description",
    "keywords": "keywords",
}


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes begin as an HTML page, or hold its tags and the name says so."""
    if is_binary(data):
        return False
    start = data[:4096]
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and b"<html" not in start.lower():
        return False
    if _SNIFF.search(start):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and bool(_TAG.search(data[:65536]))


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read a web page.

    Raises
    ------
    ReadError
        `malformed`: nothing in it can be parsed, or it is nested too deeply; `too_large`: so is one of its texts.
    """
    root = _parsed(_decoded(data))
    metadata = _metadata(root)
    title = metadata.pop("title", None)
    builder = DocumentBuilder()
    _add_content(builder, root)
    return builder.build(source=name, format=format, sha256=sha256_of(data), title=title, metadata=metadata)


def add_markup(builder: DocumentBuilder, markup: str) -> None:
    """Add what stands in a piece of HTML within a document of another format; raises ReadError like `read`."""
    _add_content(builder, _parsed(f"<html><body>{markup}</body></html>"))


def _parsed(page: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True)
    try:
        # Parsed as bytes: a declaration of an encoding inside a str is an error to lxml.
        root = document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError("the HTML cannot be parsed; save the page again.", "malformed") from error
    _refuse_cut([entry.message for entry in parser.error_log])
    return root


def _add_content(builder: DocumentBuilder, root: HtmlElement) -> None:
    drop_chrome(root)
    drop_struck(root)
    drop_reference_marks(root)
    drop_frames(root)
    _add_blocks(builder, main_part(root))


def _refuse_cut(messages: Sequence[str]) -> None:
    """Raise ReadError when libxml2 left out what is beyond its limits; it says so and goes on."""
    if any("depth" in message for message in messages):
        raise ReadError("the HTML is nested more than 256 levels deep; save the page as text.", "malformed")
    if any("XML_PARSE_HUGE" in message for message in messages):
        raise ReadError("the HTML has a text of more than 10 MB in one piece; save the page as text.", "too_large")


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    return decode_declared(data, declared.group(1) if declared and not marked else None)


def _metadata(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if key in _METADATA and meta.get("content"):
            found.setdefault(_METADATA[key], meta.get("content", ""))
    if root.get("lang"):
        found["language"] = root.get("lang", "")
    titles = (element.text_content() for element in root.iter("title", "h1"))
    found["title"] = next((title for title in titles if title.strip()), "")
    return found


def _add_blocks(builder: DocumentBuilder, root: HtmlElement) -> None:
    """Walk the tree without recursion; text is flushed as a block where a block-level element begins or ends."""
    from lxml import etree

    open_blocks: list[str] = []
    text: list[str] = []

    def flush() -> None:
        _add_block(builder, open_blocks, "".join(text))
        text.clear()

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            text.append(element.tail or "")
        elif event == "start":
            if element.tag in ("head", "title"):
                continue
            if element.tag in _BLOCKS and not _is_in_row(open_blocks):
                flush()
                open_blocks.append(element.tag)
            text.append(_parting(element.tag))
            text.append(element.text or "")
        else:
            if element.tag in _BLOCKS and open_blocks and (element.tag == open_blocks[-1]):
                flush()
                open_blocks.pop()
            text.append(" " if element.tag in _BLOCKS else "")
            text.append(element.tail or "")
    flush()


def _parting(tag: str) -> str:
    """Return what parts an element from the text before it."""
    if tag in ("td", "th"):
        return " | "
    return LINE_BREAK if tag == "br" else " " if tag in _BLOCKS else ""


def _is_in_row(open_blocks: list[str]) -> bool:
    """Paragraphs inside a cell do not end the row: they part words."""
    return bool(open_blocks) and open_blocks[-1] == "tr"


def _add_block(builder: DocumentBuilder, open_blocks: list[str], text: str) -> None:
    for tag in reversed(open_blocks):
        if tag in HEADINGS:
            builder.add("heading", text, level=HEADINGS[tag])
            return
        if tag in _KINDS:
            builder.add(_KINDS[tag], text)
            return
    for paragraph in paragraphs(text):
        builder.add("paragraph", paragraph)
