"""The lines of a page: text, box and font."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from lhs_nlp.documents.pdf.characters import Character, character_runs
from lhs_nlp.documents.pdf.raised import without_reference_marks

_EMPHASISED = 0.9
"""Share of bold or italic characters: a bold word that leads into a paragraph is not enough."""
_WIDE_GAP = 1.5
"""Gap within a line, in font sizes, from which on it parts columns or the cells of a table."""
_WORD_GAP = 0.15
"""Gap between two pieces of a line, in font sizes, from which on it parts words."""
_INITIAL, _FEWEST_BESIDE = 1.8, 2
"""Size of an initial that opens a text, as a share of the text's, and lines that stand beside it, at least."""
_MOST_INITIALS = 20
"""Initials of a page, at most: where more large letters stand, they are a figure's."""
_FEWEST_STRETCHED, _EVEN = 3, 1.3
"""A line with at least so many gaps, the widest at most so many times the narrowest, is stretched to the margins."""

_AROUND_WORDS = ".,;:()\"'\u2018\u2019\u201c\u201d"
"""Marks that stand beside a word, which is one nevertheless."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page; lengths in points, origin at the lower left.

    Attributes
    ----------
    text
        What stands on the line.
    page
        Page, counted from 1.
    left, bottom, right, top
        The box around it.
    size
        Font size, the median over its characters.
    emphasised
        Whether it is bold or italic throughout.
    opens_emphasised, closes_emphasised
        Whether its first and its last character is.
    cells
        Number of pieces that wide gaps part, 1 for running text.
    upright
        Whether it stands upright, neither sideways, as in a margin, nor upside down.
    """

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    emphasised: bool
    opens_emphasised: bool
    closes_emphasised: bool
    cells: int = 1
    upright: bool = True

    @property
    def middle(self) -> float:
        """Height of the line's middle."""
        return (self.bottom + self.top) / 2


def page_lines(textpage: Any, page: int) -> list[Line]:  # noqa: ANN401 - pypdfium2 is untyped
    """Return the lines of a page, in pieces where gaps are wide, in the order of the content stream."""
    runs = without_reference_marks(character_runs(textpage))
    parts = (part for run in runs for part in _parted(run))
    pieces = (_line(part, page) for part in parts if any(character.is_visible for character in part))
    return _with_initials(list(_merged(pieces)))


def join(one: Line, other: Line, glue: str | None = None) -> Line:
    """Return two pieces as one: with `glue` between them, else with a space if the gap between them is a word's."""
    longer = one if len(one.text) >= len(other.text) else other
    if glue is None:
        spaced = one.text[-1:].isspace() or other.text[:1].isspace() or other.left - one.right > _WORD_GAP * longer.size
        glue = " " if spaced else ""
    return Line(
        text=f"{one.text.rstrip()}{glue}{other.text.lstrip()}",
        page=one.page,
        left=min(one.left, other.left),
        bottom=min(one.bottom, other.bottom),
        right=max(one.right, other.right),
        top=max(one.top, other.top),
        size=longer.size,
        emphasised=longer.emphasised,
        opens_emphasised=one.opens_emphasised,
        closes_emphasised=other.closes_emphasised,
        cells=max(one.cells, other.cells),
        upright=one.upright,
    )


def _parted(run: Sequence[Character]) -> Iterator[list[Character]]:
    """Part a run where the gap between two visible characters is wide, unless it is stretched to the margins."""
    visible = [character for character in run if character.is_visible]
    wide = [
        (before, after)
        for before, after in pairwise(visible)
        if after.left - before.right > _WIDE_GAP * max(after.size, 1)
    ]
    starts = set() if _is_stretched(run, wide) else {id(after) for _, after in wide}
    part: list[Character] = []
    for character in run:
        if id(character) in starts:
            yield part
            part = []
        part.append(character)
    yield part


def _is_stretched(run: Sequence[Character], wide: Sequence[tuple[Character, Character]]) -> bool:
    """Return whether wide gaps part all the words and are even, as in a line of few words set to both margins."""
    words = "".join(character.text for character in run).split()
    gaps = [
        after.left - before.right for before, after in wide if before.text not in ".?!:"
    ]  # two spaces follow a stop
    if len(gaps) < _FEWEST_STRETCHED or len(words) > len(wide) + 1:
        return False
    return max(gaps) < _EVEN * min(gaps) and sum(word.strip(_AROUND_WORDS).isalpha() for word in words) > len(words) / 2


def _line(characters: Sequence[Character], page: int) -> Line:
    visible = [character for character in characters if character.is_visible]
    text = "".join(character.text for character in characters)
    return Line(
        text="\u2022 " if all(character.symbol for character in visible) else text,
        page=page,
        left=min(character.left for character in visible),
        bottom=min(character.bottom for character in visible),
        right=max(character.right for character in visible),
        top=max(character.top for character in visible),
        size=median(character.size for character in visible),
        emphasised=sum(character.emphasised for character in visible) > _EMPHASISED * len(visible),
        opens_emphasised=visible[0].emphasised,
        closes_emphasised=visible[-1].emphasised,
        upright=sum(character.upright for character in visible) > len(visible) / 2,
    )


def _merged(pieces: Iterable[Line]) -> Iterator[Line]:
    """Join neighbouring pieces that stand on one line with a small gap: a change of font ends PDFium's lines."""
    waiting: Line | None = None
    for piece in pieces:
        if waiting is not None and _touch(waiting, piece):
            waiting = join(waiting, piece)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _with_initials(lines: Sequence[Line]) -> list[Line]:
    """Put a large initial, which stands beside several lines, before the first of them."""
    joined = list(lines)
    usual = median(line.size for line in lines) if lines else 0
    large = (line for line in lines if line.size > _INITIAL * usual)
    initials = [line for line in large if len(line.text.strip()) == 1 and line.text.strip().isupper()]
    for initial in initials if len(initials) <= _MOST_INITIALS else ():
        beside = [line for line in joined if line is not initial and _is_beside(initial, line)]
        if len(beside) < _FEWEST_BESIDE:
            continue
        first = max(beside, key=lambda line: line.middle)
        joined[joined.index(first)] = replace(first, text=f"{initial.text.lstrip()}{first.text}", left=initial.left)
        joined.remove(initial)
    return joined


def _is_beside(initial: Line, line: Line) -> bool:
    """Return whether a line of smaller type stands close to the right of a large initial."""
    near = -0.5 * line.size < line.left - initial.right < _WIDE_GAP * line.size
    return near and initial.size > _INITIAL * line.size and initial.bottom - line.size < line.middle < initial.top


def _touch(one: Line, other: Line) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    height = min(one.top - one.bottom, other.top - other.bottom)
    gap = other.left - one.right
    near = -0.5 * one.size < gap < _WIDE_GAP * max(one.size, other.size, 1)
    return near and overlap > 0.5 * height and one.upright == other.upright
