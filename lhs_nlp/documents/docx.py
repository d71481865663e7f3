"""DOCX by python-docx: paragraphs, lists and tables in the order of the document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.bullets import BULLET, bullet_length
from lhs_nlp.documents.kinds import kind_of
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.line_breaks import paragraphs
from lhs_nlp.documents.office import is_zip, members
from lhs_nlp.documents.types import BlockKind, Document
from lhs_nlp.documents.word_elements import (
    W,
    blocks,
    frames_text,
    is_item,
    join_paragraphs,
    list_level,
    looks_like_heading,
    may_head,
    neighbour,
    parts,
    style_id,
    text_of,
)
from lhs_nlp.documents.word_notes import notes
from lhs_nlp.documents.word_styles import DEEPEST, bold_styles, named_level, outline_level, outline_levels
from lhs_nlp.errors import ReadError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

format = "docx"

_CONTENTS = re.compile(r"(?:toc|table of figures)\b", re.IGNORECASE)
_MAIN_PARTS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
"""What documents with macros, which are not looked at, and templates say of their text, beside what documents say."""
_STRICT = b"http://purl.oclc.org/ooxml/"
"""Names of the strict kind of the format, which Word writes when told to and python-docx does not know."""
_GENERIC_TITLES = re.compile(r"(?:word document|document\s*\d*|untitled|microsoft word\b.*|title)\Z", re.IGNORECASE)


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes are a ZIP archive that holds a Word document."""
    return is_zip(data) and (b"word/document" in data or name.lower().endswith(".docx"))


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read a Word document: its body and notes, without headers, footers, comments and deleted text.

    Raises
    ------
    ReadError
        `malformed`, `encrypted`, `too_large`, or `unsupported` when the archive is no Word document, or a strict one.
    """
    if not any(member.startswith("word/") for member in members(data, limits)):
        raise ReadError(f"not a document but {kind_of(data)}.", "unsupported")
    try:
        _refuse_strict(data)
        word = _opened(data)
        names = {style.style_id: (style.name or "") for style in word.styles}
        body = _Body(DocumentBuilder(), names, outline_levels(word.styles), bold_styles(word.styles))
        join_paragraphs(word.element.body)
        body.add(word.element.body)
        body.add_notes(notes(word))
        metadata = _metadata(word)
    except (MemoryError, ReadError):
        raise
    except Exception as error:  # the libraries below fail on damaged archives in many ways
        raise ReadError(
            "a damaged Word document; open it in an office program and save it again.", "malformed"
        ) from error
    stated = metadata.pop("title", "")
    if not stated or _GENERIC_TITLES.match(stated):
        stated = body.title or ""
    return body.builder.build(source=name, format=format, sha256=sha256_of(data), title=stated, metadata=metadata)


def _refuse_strict(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        is_strict = _STRICT in archive.read("_rels/.rels")
    if is_strict:
        raise ReadError(
            "a Strict Open XML document; save it in Word as the type `Word Document (*.docx)`.", "unsupported"
        )


def _opened(data: bytes) -> WordDocument:
    """Open what `docx.Document` opens, and documents with macros and templates, which it refuses."""
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    PartFactory.part_type_for.update(dict.fromkeys(_MAIN_PARTS, DocumentPart))
    part = Package.open(io.BytesIO(data)).main_document_part
    if not isinstance(part, DocumentPart):
        raise TypeError(f"not the text of a document but {part.content_type}")
    word: WordDocument = part.document
    return word


@dataclass(slots=True)
class _Body:
    """Adds paragraphs and tables; `title` is the first paragraph in the style Title.

    By their ids, `styles` are the names of styles, `levels` the levels of those in the outline, and `bold` are
    those that are bold.
    """

    builder: DocumentBuilder
    styles: Mapping[str, str]
    levels: Mapping[str, int]
    bold: Container[str]
    title: str | None = None

    def add(self, parent: Any) -> None:  # noqa: ANN401 - lxml elements have no public type
        for element in blocks(parent):
            if element.tag == f"{W}tbl":
                self._add_table(element)
            else:
                self._add_paragraph(element)

    def add_notes(self, notes: Iterable[Any]) -> None:
        """Add footnotes and endnotes, under a heading of their own: they are no part of the last section."""
        for at, note in enumerate(notes):
            if at == 0:
                self.builder.add("heading", "Notes", level=1)
            self.add(note)

    def _add_paragraph(self, paragraph: Any) -> None:  # noqa: ANN401
        text, style = text_of(paragraph), self.styles.get(style_id(paragraph), "")
        if _CONTENTS.match(style):
            return  # what a table of contents names stands in the text
        kind, level = _kind(paragraph, style, self.levels.get(style_id(paragraph)), text)
        stands_out = kind in ("item", "paragraph") and looks_like_heading(paragraph, text, self.bold)
        if stands_out and (kind == "paragraph" or self._heads_text(paragraph)):
            kind, level = "heading", 2
        for part in paragraphs(text) if kind == "paragraph" else (text,):
            self.builder.add(kind, part, level=level)
        if kind == "title":
            self.title = self.title or text

    def _heads_text(self, item: Any) -> bool:  # noqa: ANN401
        """Return whether a bold item is a heading that Word numbers: text follows, and it is not one of several."""
        below, above = neighbour(item), neighbour(item, above=True)
        if below is None or self._is_item(below) or may_head(text_of(below)):
            return False
        listed = above is not None and self._is_item(above) and looks_like_heading(above, text_of(above), self.bold)
        return not listed or list_level(above) != list_level(item)

    def _is_item(self, paragraph: Any) -> bool:  # noqa: ANN401
        return is_item(paragraph, self.styles.get(style_id(paragraph), ""))

    def _add_table(self, table: Any) -> None:  # noqa: ANN401
        for row in parts(table, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = list(parts(row, "tc"))
            if any(frames_text(cell) for cell in cells):
                for cell in cells:
                    self.add(cell)
            else:
                texts = map(self._cell_text, cells)
                self.builder.add("row", " | ".join(text for text in texts if text))

    def _cell_text(self, cell: Any) -> str:  # noqa: ANN401
        """Return the text of a cell, a bullet before each of several items: they would run on as one sentence."""
        texts = [(block, text) for block in blocks(cell) if (text := text_of(block).strip())]
        if len(texts) == 1:
            return texts[0][1]
        return " ".join(
            f"{BULLET} {text}" if self._is_item(block) and not bullet_length(text) else text for block, text in texts
        )


def _kind(paragraph: Any, style: str, styled: int | None, text: str) -> tuple[BlockKind, int | None]:  # noqa: ANN401
    """Return what a paragraph is, and its level when it is a heading; `styled` is the one that its style has."""
    if style.lower() == "title":
        return "title", None
    if named := named_level(style):
        return "heading", named
    level = outline_level(paragraph) or styled
    if level and level <= DEEPEST and may_head(text):
        return "heading", level
    return "item" if is_item(paragraph, style) else "paragraph", None


def _metadata(word: WordDocument) -> dict[str, str]:
    core = word.core_properties
    found = {
        "title": core.title,
        "author": core.author,
        "subject": core.subject,
        "keywords": core.keywords,
        "language": core.language,
    }
    if core.created and core.created != _date_of_template():
        found["date"] = core.created.date().isoformat()
    if found["author"] == "python-docx":
        del found["author"]
    return found


@cache
def _date_of_template() -> datetime | None:
    """Return the date of python-docx's own template, which documents have that programs make from it."""
    import docx

    created: datetime | None = docx.Document().core_properties.created
    return created
