"""Plain text: encodings, hard-wrapped lines, modest recognition of headings and lists."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from lhs_nlp.documents.builder import DocumentBuilder, sha256_of
from lhs_nlp.documents.bullets import bullet_length, is_item
from lhs_nlp.documents.cleaning import clean
from lhs_nlp.documents.hyphens import Hyphenation
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.types import Block, BlockKind, Document
from lhs_nlp.errors import ReadError

format = "text"

_UNDERLINE = re.compile(r"\s*([=\-~_*])\1{2,}\s*\Z")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_HEADING = 80
_FEWEST_LISTED = 3
"""Lines in a row that look like headings, from which on they are a list: a chapter's and a section's are two."""
_LONGEST_LINE, _FEWEST_WORDS = 200, 20
"""Characters of a line that is wrapped, at most, and words, without which a longer one is an address or the like."""
_SENTENCE_END = (".", "!", "?", ":", ";", ",", '."', ".)", ".\u201d")


_BY_MARK = {
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
OTHER_FORMATS = {
    b"{\\rtf": "an RTF document; save it as DOCX",
    b"%!PS": "a PostScript file; convert it to PDF",
    b"%PDF-": "a PDF; `lhs-nlp tag` reads it",
}
"""How files begin that are written in letters and yet are no text to be read, and what they are."""
GUESSED = "guessed"
"""Encoding of bytes that neither are UTF-8 nor say what they are."""
_MOSTLY_ASCII = 0.9
_MOSTLY_UTF8 = 0.01
"""Share of the bytes outside of ASCII that may be no UTF-8 where the others are: a cut or a foreign letter."""
_AS_CP1252 = "lhs_nlp.cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode what is not UTF-8 as Windows-1252: an error handler for `bytes.decode`."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_AS_CP1252, _as_cp1252)


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes look like text at all; the last reader to be asked."""
    return not is_binary(data) and not data[:1024].lstrip().startswith(tuple(OTHER_FORMATS))


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read plain text in any common encoding."""
    return parse(decode(data), name=name, sha256=sha256_of(data))


def parse(text: str, *, name: str, sha256: str, title: str | None = None) -> Document:
    """Read text that is already decoded; what it begins with is its title where that is known to be."""
    builder = DocumentBuilder()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").expandtabs(4).split("\n")
    hyphenation = Hyphenation.of(lines)
    groups = list(_groups(lines))
    if title and groups and _is_title(groups[0], title):
        builder.add("title", " ".join(groups.pop(0)))
    for part in _parts(groups):
        text_of_part = part.lines[0] if part.kind == "heading" else hyphenation.join(part.lines)
        builder.add(part.kind, text_of_part, level=part.level)
    return builder.build(source=name, format=format, sha256=sha256, title=title)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks that `parse` makes of a text, as offsets into the text as it is: nothing is cleaned or joined.

    Parameters
    ----------
    text
        Plain text, whose offsets somebody else keeps.
    """
    lines = text.split("\n")
    # Lines of parts are in order; those between them are blank or rules, which no part has.
    placed = iter(zip(accumulate((len(line) + 1 for line in lines), initial=0), lines, strict=False))
    blocks: list[Block] = []
    for part in _parts(list(_groups(lines))):
        starts = [next(start for start, line in placed if line == wanted) for wanted in part.lines]
        first, last = part.lines[0], part.lines[-1]
        start, end = starts[0] + len(first) - len(first.lstrip()), starts[-1] + len(last.rstrip())
        if part.kind == "paragraph" and is_item(text[start:end]):
            blocks.append(Block("item", start + bullet_length(text[start:end]), end))
        else:
            blocks.append(Block(part.kind, start, end, part.level))
    return tuple(blocks)


def is_binary(data: bytes) -> bool:
    """Return whether data holds bytes that no text has: NULs outside of UTF-16 and UTF-32."""
    sample = data[:65536]
    if sample.startswith(tuple(mark for marks in _BY_MARK.values() for mark in marks)):
        return False
    controls = sum(sample.count(byte) for byte in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06"))
    return controls > len(sample) // 200 and not _utf16_without_mark(sample)


def decode(data: bytes) -> str:
    """Decode bytes as `decode_and_name` does."""
    return decode_and_name(data)[0]


def decode_and_name(data: bytes) -> tuple[str, str]:
    """Decode bytes: by byte-order mark, as UTF-16 or UTF-8, else by what charset-normalizer finds.

    Mostly ASCII that is not UTF-8 is Western text, often of two encodings pasted together:
    it is read as UTF-8 with Windows-1252 where that fails. So is UTF-8 of any letters with a few bytes that are none.

    Returns
    -------
    tuple of str
        The text and its encoding: ``utf-8``, or ``utf-8-sig``, ``utf-16`` and ``utf-32`` by their marks; `GUESSED`
        when bytes without a mark are not UTF-8, or those with one are not what it says.

    Raises
    ------
    ReadError
        `unsupported`: the bytes are text in no encoding.
    """
    marked = next((encoding for encoding, marks in _BY_MARK.items() if data.startswith(marks)), None)
    # Before UTF-8, which takes NULs for characters, and so much of UTF-16 for its own.
    if not marked and (unmarked := _utf16_without_mark(data[:65536])):
        return data.decode(unmarked, "replace"), GUESSED
    encoding = marked or ("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode(marked, "replace") if marked else _guess(data), GUESSED


def _guess(data: bytes) -> str:
    sample = data[:65536]
    if sum(byte < 0x80 for byte in sample) > _MOSTLY_ASCII * len(sample):
        return data.decode("utf-8", _AS_CP1252)
    letters = len(data.translate(None, bytes(range(0x80))))
    broken = len(data) - len(data.decode("utf-8", "ignore").encode())
    if broken < _MOSTLY_UTF8 * letters:
        return data.decode("utf-8", _AS_CP1252)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        if is_binary(data):
            raise ReadError("not a document: the bytes are text in no encoding.", "unsupported")
        return data.decode("cp1252", "replace")
    return data.decode(best.encoding, "replace")


def _utf16_without_mark(sample: bytes) -> str | None:
    """Return which UTF-16 it is when every other byte is NUL, as in Latin text; None when it is none."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half > 1 and max(even, odd) > 0.7 * half and min(even, odd) < 0.05 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _is_title(group: Sequence[str], title: str) -> bool:
    return clean(" ".join(group)) == clean(title) and not _UNDERLINE.match(group[0])


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of lines without a blank one between them, of text that is not wrapped line by line."""
    for is_blank, run in groupby(lines, key=lambda line: not line.strip()):
        group = list(run)
        if is_blank:
            continue
        if any(len(line) > _LONGEST_LINE and len(line.split()) > _FEWEST_WORDS for line in group):
            yield from _lines(group)
        else:
            yield group


def _lines(group: Sequence[str]) -> Iterator[list[str]]:
    """Yield each line by itself, as editors save a paragraph, and with it the rules below it."""
    start = 0
    for at in range(1, len(group) + 1):
        if at == len(group) or not _UNDERLINE.match(group[at]):
            yield list(group[start:at])
            start = at


def _listed(groups: Sequence[list[str]]) -> set[int]:
    """Return the numbers of groups that are items of a list, though each looks like a heading: there are many in a row.

    The document's first line, those in capitals and the last one, which may head what follows, are no items.
    """
    alone = [len(group) == 1 and _is_heading(group[0]) for group in groups]
    listed: set[int] = set()
    for is_alone, numbers in groupby(range(len(groups)), key=alone.__getitem__):
        run = list(numbers)
        if is_alone and len(run) >= _FEWEST_LISTED:
            listed.update(at for at in run[:-1] if at > 0 and not _is_capitals(groups[at][0]))
    return listed


class _Part(NamedTuple):
    """Lines that make one block."""

    kind: BlockKind
    lines: Sequence[str]
    level: int | None = None


def _parts(groups: Sequence[list[str]]) -> Iterator[_Part]:
    listed = _listed(groups)
    for at, group in enumerate(groups):
        last = at + 1 == len(groups)
        yield from _parts_of_group(group, may_head=not last and at not in listed)


def _parts_of_group(group: list[str], *, may_head: bool) -> Iterator[_Part]:
    while len(group) > 1 and _is_underlined(*group[:2]):
        yield _Part("heading", group[:1], level=1 if "=" in group[1] else 2)
        group = group[2:]
    group = [line for line in group if not _UNDERLINE.match(line)]
    if len(group) > 1 and _is_capitals(group[0]):
        yield _Part("heading", group[:1], level=1)
        group = group[1:]
    if len(group) == 1 and may_head and _is_heading(group[0]):
        yield _Part("heading", group, level=2)
        return
    for paragraph in _paragraphs(group):
        yield _Part("paragraph", paragraph)


def _is_underlined(line: str, below: str) -> bool:
    """Return whether a line is a heading by the rule below it; a rule below a rule makes none."""
    return bool(_UNDERLINE.match(below)) and not _UNDERLINE.match(line) and len(line.strip()) <= 2 * _LONGEST_HEADING


def _paragraphs(group: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each paragraph: items start anew, and so does what follows a line that ends early."""
    widest = max((len(line.rstrip()) for line in group), default=0)
    paragraph: list[str] = []
    for line in group:
        if paragraph and (is_item(line) or _ends(paragraph[-1], widest)):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _ends(line: str, widest: int) -> bool:
    """Return whether a paragraph ends with this line: it is very long, or a sentence ends well before the margin."""
    length = len(line.rstrip())
    return length > _LONGEST_LINE or (length < 0.75 * widest and line.rstrip().endswith((".", "!", "?")))


def _is_heading(line: str) -> bool:
    text = line.strip()
    if is_item(line) and not text[0].isdigit():
        return False
    return (
        len(text) <= _LONGEST_HEADING
        and len(text.split()) <= 10
        and (text[0].isupper() or text[0].isdigit())
        and bool(_LETTER.search(text))
        and not text.endswith(_SENTENCE_END)
    )


def _is_capitals(line: str) -> bool:
    text = line.strip()
    return text.isupper() and len(text) <= _LONGEST_HEADING and len(_LETTER.findall(text)) > 3 and _is_heading(line)
