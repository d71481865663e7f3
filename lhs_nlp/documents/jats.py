"""Articles in XML: JATS, and the older DTD of BioMed Central; the reference list is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lhs_nlp.documents.article_blocks import Tags, add_blocks, section_depth
from lhs_nlp.documents.article_xml import beginning, parsed, text_of
from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.reference_marks import drop_reference_marks
from lhs_nlp.documents.types import Document

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

format = "jats"

_ROOT = re.compile(rb"<(?:\w+:)?(?:article|art|pmc-articleset|sec)[\s>]")
_PAGE = re.compile(rb"<!doctype\s+html|<html", re.IGNORECASE)
_PARTS = ("abstract", "abs", "body", "bdy", "app-group", "floats-group")
"""What is read of an article, in this order."""
_OTHER_ARTICLES = frozenset({"sub-article", "response"})
"""What others wrote of an article, or its translation, within it."""
_TAGS = Tags(
    skipped=frozenset(
        "ref-list ack fn-group xref-group object-id graphic media file inline-formula disp-formula tex-math label"
        " article-id journal-meta contrib-group aff author-notes pub-date permissions self-uri history funding-group"
        " counts related-article bm bibl refgrp ui ji dochead xrefbib cpyrt aug insg source formula m mml abbrgrp"
        " abbr alt-text long-desc".split()
    ),
    citations=frozenset({"abbrgrp"}),
    titles=frozenset({"title", "st", "article-title"}),
    items=frozenset({"list-item", "li"}),
    rows=frozenset({"tr", "r", "row"}),
    cells=frozenset({"td", "th", "c", "entry"}),
    floats=frozenset({"fig", "table", "table-wrap", "tbl", "boxed-text", "suppl", "supplementary-material"}),
    others=frozenset(
        "sec abs abstract body bdy app-group app floats-group p caption list l disp-quote def-item def".split()
    ),
    level=lambda elements: section_depth(elements, "sec"),
)


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes are XML with an article at its root."""
    start = beginning(data, 8192)
    return start.startswith(b"<") and not _PAGE.search(start) and bool(_ROOT.search(start))


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read an article: title, abstract, sections, lists and tables, appendices; no letters of reviewers or answers.

    Raises
    ------
    ReadError
        `malformed`: not well-formed, nested too deeply, or it defines entities, which no article needs.
    """
    root = parsed(data)
    _space_breaks(root)
    drop_reference_marks(root)
    builder = DocumentBuilder()
    title = _article_title(root)
    if title:
        builder.add("title", title)
    for part in _parts(root):
        if part.tag == "abstract" and part.find("title") is None:
            builder.add("heading", "Abstract", level=1)
        add_blocks(builder, part, _TAGS)
    return builder.build(source=name, format=format, sha256=sha256_of(data), title=title, metadata=_metadata(root))


def _space_breaks(root: Element) -> None:
    """Put a space where a line breaks, which parts words."""
    for element in root.iter("break"):
        element.text = " "


def _article_title(root: Element) -> str | None:
    for path in (".//title-group/article-title", ".//fm/bibl/title", ".//fm//title"):
        title = text_of(root.find(path))
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
