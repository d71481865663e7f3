"""Articles in TEI, as GROBID makes them of PDFs, without the reference list and what the header tells of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lhs_nlp.documents.article_blocks import Tags, add_blocks, section_depth
from lhs_nlp.documents.article_xml import parsed, root_of, text_of
from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.types import Document
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

format = "tei"

_CORPUS = "teiCorpus"
_APPENDICES = ("annex", "appendix")
_BEHIND = ("figure", "note")
"""What GROBID puts behind the last section."""
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def _level(elements: Sequence[Element]) -> int:
    """Return the depth of a heading: GROBID puts all sections one after another, and tells it by their numbers."""
    number = _NUMBER.match(next((found for element in reversed(elements) if (found := element.get("n"))), ""))
    return max(section_depth(elements, "div"), number.group().count(".") + 1 if number else 0)


_TAGS = Tags(
    skipped=frozenset(
        "teiHeader listBibl bibl biblStruct biblFull note formula graphic media label fw idno"
        " listOrg listPerson standOff facsimile index".split()
    ),
    citations=frozenset(),
    titles=frozenset({"head"}),
    items=frozenset({"item"}),
    rows=frozenset({"row"}),
    cells=frozenset({"cell"}),
    floats=frozenset({"figure", "table"}),
    others=frozenset("abstract front body back div p ab list figDesc quote lg l sp".split()),
    level=_level,
)


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes are XML with a document of TEI at its root."""
    return root_of(data) in ("TEI", _CORPUS)


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read an article: title, abstract, sections, lists, figures' and tables' captions, tables, appendices.

    Raises
    ------
    ReadError
        `malformed`: not well-formed, nested too deeply, or it defines entities; `unsupported`: a corpus of many.
    """
    root = parsed(data)
    if root.tag == _CORPUS:
        raise ReadError("a corpus of several TEI documents; save each of them as a file of its own.", "unsupported")
    _space_breaks(root)
    builder = DocumentBuilder()
    title = _title(root)
    builder.add("title", title)
    for abstract in _abstracts(root):
        if not _is_headed(abstract):
            builder.add("heading", "Abstract", level=1)
        add_blocks(builder, abstract, _TAGS)
    for body in root.findall("text/body") or root.findall("text/group/text/body"):
        _add_body(builder, body)
    for appendix in _appendices(root):
        add_blocks(builder, appendix, _TAGS)
    return builder.build(source=name, format=format, sha256=sha256_of(data), title=title, metadata=_metadata(root))


def _space_breaks(root: Element) -> None:
    """Put a space where a line, a column or a page breaks, and between sentences that are elements of their own."""
    for element in root.iter():
        if element.tag in ("lb", "cb", "pb") and element.get("break") != "no":
            element.text = " "
        elif element.tag == "s":
            element.tail = f" {element.tail or ''}"


def _title(root: Element) -> str:
    titles = [*root.iterfind("teiHeader/fileDesc/titleStmt/title"), *root.iterfind("teiHeader//analytic/title")]
    titles.sort(key=lambda title: title.get("type", "main") != "main")
    return next((text for title in titles if (text := text_of(title)).strip()), "")


def _abstracts(root: Element) -> list[Element]:
    """Return the abstract: GROBID has it in the header, journals have it before the text."""
    found = root.findall("teiHeader/profileDesc/abstract") or root.findall("text/front//div[@type='abstract']")
    return [abstract for abstract in _outermost(found) if text_of(abstract).strip()]


def _is_headed(abstract: Element) -> bool:
    """Return whether an abstract says itself what it is, and not by the headings of its parts alone."""
    return text_of(abstract.find("head")).strip() != ""


def _add_body(builder: DocumentBuilder, body: Element) -> None:
    """Add sections, then the figures behind them, of no section, under a heading of their own."""
    last = next((at for at in reversed(range(len(body))) if body[at].tag not in _BEHIND), -1)
    figures = [element for element in body[last + 1 :] if element.tag == "figure"]
    del body[last + 1 :]
    add_blocks(builder, body, _TAGS)
    if figures:
        builder.add("heading", "Figures and tables", level=1)
    for figure in figures:
        add_blocks(builder, figure, _TAGS)


def _appendices(root: Element) -> Iterator[Element]:
    return _outermost(part for part in root.iterfind("text/back//div[@type]") if part.get("type") in _APPENDICES)


def _outermost(found: Iterable[Element]) -> Iterator[Element]:
    """Yield elements, given in the order of the document, that lie in no other of them."""
    within: set[Element] = set()
    for element in found:
        if element not in within:
            within.update(element.iter())
            yield element


def _metadata(root: Element) -> dict[str, str]:
    date = root.find("teiHeader//imprint/date[@when]")
    date = root.find("teiHeader//publicationStmt/date[@when]") if date is None else date
    return {
        "doi": text_of(root.find("teiHeader//idno[@type='DOI']")),
        "journal": text_of(root.find("teiHeader//sourceDesc//monogr/title[@level='j']")),
        "year": "" if date is None else date.get("when", "")[:4],
    }
