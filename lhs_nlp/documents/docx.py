"""DOCX by python-docx: paragraphs, lists and tables in the order of the document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.office import is_zip, members
from lhs_nlp.documents.types import BlockKind, Document
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

format = "docx"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|table of figures)\b", re.IGNORECASE)
_LONGEST_HEADING = 12
_GENERIC_TITLES = re.compile(r"(?:word document|document\s*\d*|untitled|microsoft word\b.*|title)\Z", re.IGNORECASE)


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes are a ZIP archive that holds a Word document."""
    return is_zip(data) and (b"word/document" in data or name.lower().endswith(".docx"))


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read a Word document: its body, without headers, footers, comments and deleted text.

    Raises
    ------
    ReadError
        `malformed`, `too_large`, or `unsupported` when the archive is no Word document.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    if not any(member.startswith("word/") for member in members(data, limits)):
        raise ReadError("an archive without a Word document; unpack it, or give the files in it.", "unsupported")
    try:
        word = docx.Document(io.BytesIO(data))
        builder = DocumentBuilder()
        title = _add_blocks(builder, word)
        metadata = _metadata(word)
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        AttributeError,
        zipfile.BadZipFile,
        etree.LxmlError,
        OSError,
    ) as error:
        raise ReadError(
            "a damaged Word document; open it in an office program and save it again.", "malformed"
        ) from error
    stated = metadata.pop("title", "")
    if not stated or _GENERIC_TITLES.match(stated):
        stated = title or ""
    return builder.build(source=name, format=format, sha256=sha256_of(data), title=stated, metadata=metadata)


def _add_blocks(builder: DocumentBuilder, word: WordDocument) -> str | None:
    """Add all blocks; return the text of the first paragraph in the style Title."""
    styles = {style.style_id: (style.name or "") for style in word.styles}
    title = None
    for element in _top_level(word.element.body):
        if element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                builder.add("row", " | ".join(text for cell in row.iter(f"{_W}tc") if (text := _text(cell).strip())))
            continue
        text, style = _text(element), styles.get(_style_id(element), "")
        if _CONTENTS.match(style):
            continue  # what a table of contents names stands in the text
        kind, level = _kind(element, style, text)
        builder.add(kind, text, level=level)
        if kind == "title":
            title = title or text
    return title


def _kind(paragraph: Any, style: str, text: str) -> tuple[BlockKind, int | None]:  # noqa: ANN401 - as below
    """Return what a paragraph is, and its level when it is a heading."""
    heading = _HEADING.match(style)
    if style.lower() == "title":
        return "title", None
    if heading:
        return "heading", int(heading.group(1))
    if _is_item(paragraph, style):
        return "item", None
    return ("heading", 2) if _looks_like_heading(paragraph, text) else ("paragraph", None)


def _top_level(body: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml elements have no public type
    """Yield paragraphs and tables in order, also those in content controls and text boxes, not those in tables."""
    for element in body.iter(f"{_W}p", f"{_W}tbl"):
        inside = next((up for up in element.iterancestors() if up.tag in (f"{_W}tbl", _FALLBACK, f"{_W}p")), None)
        if inside is None or (inside.tag == f"{_W}p" and element.tag == f"{_W}p"):
            yield element


def _text(element: Any) -> str:  # noqa: ANN401
    """Return the visible text of an element; text boxes inside a paragraph are paragraphs of their own."""
    parts = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}p", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            box = next(
                (up for up in node.iterancestors() if up.tag in (f"{_W}txbxContent", _FALLBACK) or up is element), None
            )
            parts.append(node.text or "" if box is element else "")
        else:
            parts.append("-" if node.tag == f"{_W}noBreakHyphen" else " ")
    return "".join(parts)


def _style_id(paragraph: Any) -> str:  # noqa: ANN401
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else str(found.get(f"{_W}val"))


def _is_item(paragraph: Any, style: str) -> bool:  # noqa: ANN401
    return style.lower().startswith("list") or paragraph.find(f"{_W}pPr/{_W}numPr") is not None


def _looks_like_heading(paragraph: Any, text: str) -> bool:  # noqa: ANN401
    """Return whether a short paragraph is bold throughout, as headings are when no style was used."""
    words = text.split()
    if not 0 < len(words) <= _LONGEST_HEADING or text.rstrip().endswith((".", ";", ",")):
        return False
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(node.text or "" for node in run.iter(f"{_W}t")).strip()]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: Any) -> bool:  # noqa: ANN401
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(f"{_W}val") not in ("0", "false", "none")


def _metadata(word: WordDocument) -> dict[str, str]:
    core = word.core_properties
    found = {
        "title": core.title,
        "author": core.author,
        "subject": core.subject,
        "keywords": core.keywords,
        "language": core.language,
    }
    if core.created:
        found["date"] = core.created.date().isoformat()
    if found["author"] == "python-docx":
        del found["author"]
    return found
