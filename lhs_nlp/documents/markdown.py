"""Markdown: CommonMark with tables, by markdown-it-py; front matter becomes metadata, but for an abstract."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from inspect import cleandoc
from itertools import pairwise
from typing import TYPE_CHECKING

from lhs_nlp.documents import text as plain_text
from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.html import add_markup
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.text import decode, is_binary
from lhs_nlp.documents.types import BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

format = "markdown"

_SUFFIXES = (".md", ".markdown", ".mdown")
_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=(?:#[^\n]*\n)*[\"']?\w[\w.-]*(?: [\w.-]+){0,3}[\"']?:\s)(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
"""Begins with a key: a rule above text is no front matter."""
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_WITHOUT_MARKS = str.maketrans("", "", "[]()*_~`<>&!\\")
_LONGEST, _MOST_MARKS, _MOST_CELLS = 5_000_000, 10_000, 2_000_000
"""Characters of a text, marks in a paragraph, and cells of tables, above which it is read as plain text."""
_TOML_FRONT_MATTER = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_ATTRIBUTE = r"(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}\"]+)|-)"
_ATTRIBUTES = re.compile(rf"(?<=[\])])\{{{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*\}}")
_OF_HEADING = re.compile(rf"[ \t]\{{{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*\}}\Z")
_FENCED = re.compile(r"(?:\{[^{}]*\}|[\w.-]*)\Z")
"""What Pandoc adds: attributes of links, pictures and marked text, and of headings, and what fences say of a part."""
_NOTE = re.compile(r"^ {0,3}\[\^([^\[\]\s]+)\]:[ \t]*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\[\]\s]+)\]")
_FIELD = re.compile(
    r"^([A-Za-z][\w -]*):[ \t]*(?:[>|][-+1-9]{0,2}[ \t]*\n((?:[ \t]+\S.*(?:\n|\Z)|[ \t]*\n)*)|(.+(?:\n[ \t]+\S.*)*)$)",
    re.MULTILINE,
)
"""A key and its value, on the same line, or on lines below it that are set in, or on both."""


def matches(data: bytes, name: str) -> bool:
    """Return whether the name says Markdown, or the text has its headings."""
    if is_binary(data):
        return False
    if name.lower().endswith(_SUFFIXES):
        return True
    return len(_HEADING.findall(data[:20_000].decode("utf-8", "replace"))) >= 2


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read Markdown."""
    from markdown_it import MarkdownIt

    text = decode(data).replace("\r\n", "\n")
    if _is_costly(text):
        return plain_text.parse(text, name=name, sha256=sha256_of(data))
    metadata, text = _front_matter(text)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    builder = DocumentBuilder()
    if abstract := metadata.pop("abstract", ""):
        builder.add("heading", "Abstract", level=1)
        _add_blocks(builder, parser.parse(cleandoc(abstract)))
    tokens = parser.parse("\n".join(map(_without_attributes, _without_note_marks(text).split("\n"))))
    _add_blocks(builder, tokens)
    title = metadata.pop("title", None) or _first_heading(tokens)
    return builder.build(source=name, format=format, sha256=sha256_of(data), title=title, metadata=metadata)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return what the front matter says, in YAML or TOML, and the text below it."""
    if front := _FRONT_MATTER.match(text):
        fields = _FIELD.findall(front.group(1))
        found = {key.strip().lower(): (below or value).strip("\"' \n") for key, below, value in fields}
        return found, text[front.end() :]
    front = _TOML_FRONT_MATTER.match(text)
    try:
        stated = tomllib.loads(front.group(1)) if front else {}
    except tomllib.TOMLDecodeError:
        return {}, text
    shown = {key.lower(): str(value) for key, value in stated.items() if isinstance(value, str | int | date)}
    return shown, text[front.end() :] if front else text


def _without_note_marks(text: str) -> str:
    """Return a text without the marks of its footnotes, each of which is a paragraph of its own."""
    labels = frozenset(_NOTE.findall(text))
    text = _NOTE.sub("\n", text)
    return _NOTE_MARK.sub(lambda mark: "" if mark[1] in labels else mark[0], text) if labels else text


def _without_attributes(line: str) -> str:
    """Return a line without Pandoc's attributes, a blank one for a fence around a part."""
    if line.lstrip(" ").startswith(":::") and _FENCED.match(line.strip(": \t")):
        return ""
    line = _ATTRIBUTES.sub("", line) if "{" in line else line
    return _OF_HEADING.sub("", line.rstrip()) if line.startswith("#") else line


def _is_costly(text: str) -> bool:
    """Return whether marks crowd so that parsing, which takes time by their square, would not end soon."""
    if len(text) > _LONGEST:
        return True
    lines = text.split("\n")
    cells = len(lines) * max(line.count("|") for line in lines)
    marks = (len(block) - len(block.translate(_WITHOUT_MARKS)) for block in _BLANK_LINE.split(text))
    return cells > _MOST_CELLS or max(marks) > _MOST_MARKS


def _add_blocks(builder: DocumentBuilder, tokens: Sequence[Token]) -> None:
    """Add a block for each run of inline text; the cells of a row are joined."""
    open_types: list[str] = []
    cells: list[str] = []
    level = 1
    for token in tokens:
        if token.nesting == 1:
            open_types.append(token.type)
            level = int(token.tag[1]) if token.type == "heading_open" else level
        elif token.type == "tr_close":
            builder.add("row", " | ".join(cell for cell in cells if cell))
            cells.clear()
        if token.nesting == -1:
            open_types.pop()
        elif token.type == "inline" and "tr_open" in open_types:
            cells.append(_plain(token))
        elif token.type == "inline":
            kind = _kind(open_types)
            builder.add(kind, _plain(token), level=level if kind == "heading" else None)
        elif token.type == "html_block":
            add_markup(builder, token.content)
        else:
            builder.add("paragraph", token.content)  # code, or blank


def _kind(open_types: Sequence[str]) -> BlockKind:
    if open_types[-1:] == ["heading_open"]:
        return "heading"
    return "item" if "list_item_open" in open_types else "paragraph"


def _plain(inline: Token) -> str:
    """Return the text of an inline token without its markup and what is struck through."""
    shown, struck = [], 0
    for child in inline.children or []:
        struck += {"s_open": 1, "s_close": -1}.get(child.type, 0)
        if not struck:
            shown.append(_shown(child))
    return "".join(shown)


def _shown(child: Token) -> str:
    if child.type == "html_inline":
        return " " if _BREAK.match(child.content) else ""
    return " " if child.type in ("softbreak", "hardbreak") else child.content


def _first_heading(tokens: Sequence[Token]) -> str | None:
    for opened, inline in pairwise(tokens):
        if opened.type == "heading_open" and opened.tag == "h1":
            return _plain(inline)
    return None
