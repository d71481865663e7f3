"""Put lines back into paragraphs, items, headings and table rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from lhs_nlp.documents.bullets import is_item
from lhs_nlp.documents.hyphens import HYPHENS
from lhs_nlp.documents.pdf.lines import Line
from lhs_nlp.documents.types import BlockKind

_LEADERS = re.compile(r"(?:(?:\s*\.){4,}|-{4,})\s*\S*\s*\Z")
_LONGEST_END = 60
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z]\.)\s+[A-Z]")
_FOOTNOTE = re.compile(r"\s*(?:\d{1,3}|[*\u2020\u2021])\s+[A-Z\u201c\"(]")
_ENDS_SENTENCE = re.compile(r"[.!?:][\"'\u201d\u2019)\]\d]*\Z")
_MAY_STAND_IN_SENTENCES = "(-\u2013\u2014"
_LONGEST_HEADING = 16
_FEWEST_GOING_ON = 3
"""Lines that go on from the one above, from which on they tell the distance of lines."""
_LARGER = 1.12
"""Size of a heading, as a share of the text's, from which on it is one by its size alone."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `level` for headings only."""

    kind: BlockKind
    lines: tuple[Line, ...]
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Typography:
    """What is usual in the document: size of the text, and distance from line to line over it."""

    size: float
    leading: float


def typography(columns: Sequence[Sequence[Line]]) -> Typography:
    """Return the size in which most characters stand, and the usual distance of its lines.

    The distance is that of lines which go on from the one above in lower case, where there are enough: between short
    paragraphs and the rows of tables, most others are wider.
    """
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    pairs = [
        (above, below)
        for column in columns
        for above, below in pairwise(column)
        if above.page == below.page
        and 0 < above.middle - below.middle < 3 * max(size, 1)
        and abs(above.size - size) < 0.6
    ]
    going_on = [
        (above, below)
        for above, below in pairs
        if below.text.lstrip()[:1].islower() and above.cells == below.cells == 1
    ]
    usual = going_on if len(going_on) >= _FEWEST_GOING_ON else pairs
    distances = [above.middle - below.middle for above, below in usual]
    return Typography(size, median(distances) if distances else 1.2 * size)


def to_paragraphs(columns: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Return the paragraphs of all columns of all pages, in order.

    A paragraph ends where the gap to the next line is larger than usual, the font changes,
    a bullet or an indented line follows, or a sentence ends well before the margin. It goes
    on over the end of a column or page when its last line is no end and the next begins in
    lower case. Lines of a table of contents are left out: what they name stands in the text.
    """
    usual = typography(columns)
    groups: list[list[Line]] = []
    for column in columns:
        for at, group in enumerate(_groups(column, usual)):
            if at > 0 or not _attached(groups, group, usual):
                groups.append(group)
    groups = [group for group in groups if not _is_contents(group)]
    sizes = sorted({round(group[0].size) for group in groups if _is_heading(group, usual)}, reverse=True)
    return [_paragraph(group, usual, sizes) for group in groups]


def _attached(groups: list[list[Line]], group: list[Line], usual: Typography) -> bool:
    """Append the first group of a column to the paragraph that it goes on with, if there is one.

    Footnotes and lines that are not upright in between, on the page where that paragraph begins, are moved before it;
    what stands in small type on a later page, such as a caption at its top, is left behind it, so that text stays in
    the order of pages.
    """
    at = len(groups) - 1
    while at > 0 and _stands_apart(groups[at], usual):
        at -= 1
    if at < 0 or not _goes_on(groups[at], group):
        return False
    page, between = groups[at][0].page, groups[at + 1 :]
    before = [each for each in between if each[0].page <= page]
    groups[at:] = [*before, groups[at] + group, *between[len(before) :]]
    return True


def _stands_apart(group: Sequence[Line], usual: Typography) -> bool:
    """Return whether lines are a footnote, or set sideways as in a margin."""
    first = group[0]
    return not first.upright or first.size < 0.95 * usual.size or _FOOTNOTE.match(first.text) is not None


def _groups(column: Sequence[Line], usual: Typography) -> Iterator[list[Line]]:
    right = max((line.right for line in column), default=0.0)
    group: list[Line] = []
    for line in column:
        if group and _begins(group, line, right, usual):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(group: Sequence[Line], line: Line, right: float, usual: Typography) -> bool:
    """Return whether a new paragraph begins with this line."""
    before = group[-1]
    if line.cells > 1 or before.cells > 1 or _is_entry(before):
        return True
    if is_item(line.text):
        return not _reads_on(group, line, right)
    leading = max(usual.leading, before.size * 1.05)
    gap = before.middle - line.middle
    ended = _ENDS_SENTENCE.search(before.text.strip()) is not None
    heads = before.size > _LARGER * line.size and _is_heading(group, usual)
    if not ended and not heads and line.text.lstrip()[:1].islower() and 0 < gap < 2.2 * leading:
        return False
    if not -2 < gap < 1.35 * leading or abs(before.size - line.size) > 0.12 * usual.size:
        return True
    if before.emphasised != line.emphasised:
        changes = before.closes_emphasised != line.opens_emphasised
        return ended or (before.emphasised and changes) or not _is_full(before, line, right)
    indented = line.left - before.left > 0.8 * line.size and len(group) > 1 and not is_item(group[0].text)
    return ended and (indented or before.right - before.left < 0.82 * (right - before.left))


def _reads_on(group: Sequence[Line], line: Line, right: float) -> bool:
    """Return whether a line only looks like an item: a number in brackets or a dash within a sentence."""
    before, text = group[-1], line.text.lstrip()
    return (
        (text[0].isalnum() or text[0] in _MAY_STAND_IN_SENTENCES)
        and before.text.rstrip()[-1:].isalnum()
        and not is_item(group[0].text)
        and abs(line.left - before.left) < 0.5 * line.size
        and _is_full(before, line, right)
    )


def _is_full(line: Line, after: Line, right: float) -> bool:
    """Return whether a line ends at the margin: the next one's first word would not have fitted on it."""
    word = after.text.split(maxsplit=1)[0]
    return line.right + (after.right - after.left) / len(after.text) * (len(word) + 1) > right


def _goes_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    last, first = before[-1], after[0]
    text = first.text.lstrip()
    return (
        not _ENDS_SENTENCE.search(last.text.strip())
        and (text[:1].islower() or last.text.rstrip().endswith(HYPHENS) or _is_cut_off(before, first))
        and abs(last.size - first.size) < 0.6
        and last.closes_emphasised == first.opens_emphasised
        and last.cells == first.cells == 1
        and last.upright == first.upright
        and not is_item(text)
    )


def _is_cut_off(lines: Sequence[Line], following: Line) -> bool:
    """Return whether a paragraph of several lines has its last one full, so that it ends only with its page."""
    return (
        len(lines) > 1
        and not lines[-1].emphasised
        and _is_full(lines[-1], following, max(line.right for line in lines[:-1]))
    )


def _paragraph(group: Sequence[Line], usual: Typography, sizes: Sequence[int]) -> Paragraph:
    lines = tuple(group)
    if lines[0].cells > 1:
        return Paragraph("row", lines)
    if _is_heading(group, usual):
        return Paragraph("heading", lines, min(6, 1 + sizes.index(round(lines[0].size))))
    return Paragraph("paragraph", lines)


def _is_entry(line: Line) -> bool:
    """Return whether a line ends as one of a table of contents: with leaders, and a page number or none."""
    return _LEADERS.search(line.text[-_LONGEST_END:]) is not None


def _is_contents(group: Sequence[Line]) -> bool:
    return _is_entry(group[-1])


def _is_heading(group: Sequence[Line], usual: Typography) -> bool:
    """Return whether lines are larger, bold, italic or in capitals, and short, without a full stop."""
    text = " ".join(line.text.strip() for line in group)
    first = group[0]
    words = text.split()
    letters = [character for character in text if character.isalpha()]
    if first.cells > 1 or not first.upright or not 2 < len(letters) or len(words) > _LONGEST_HEADING or len(group) > 4:
        return False
    if text.startswith("(") or text.endswith((",", ";")) or (is_item(text) and not _NUMBERED.match(text)):
        return False
    larger = first.size > _LARGER * usual.size
    if larger and not text[0].islower():
        return len(letters) > 0.4 * len(text)
    stands_out = all(line.emphasised for line in group) or (text.isupper() and len(letters) > 5)
    return stands_out and not text.endswith(".") and not text[0].islower()
