"""Raised marks of notes and references, which stick to the words before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lhs_nlp.documents.pdf.characters import Character, space_after
from lhs_nlp.documents.reference_marks import points_elsewhere

_SMALLER = 0.85
"""Size of raised characters, as a share of that of the word before them, at most."""
_LOWEST, _HIGHEST = 0.2, 0.7
"""How far their baseline is above that of the word, in its font sizes."""
_TOUCHING, _CLOSE = 0.25, 0.5
"""Gap before a mark, and gaps within one, in font sizes of the word, at most."""
_LONGEST = 20
"""Visible characters of a mark, at most: more of them are the text beside a large initial, which may have marks."""
_LOOKED_AT = 8
"""Characters up to a mark that tell what it is."""
_RUN_END = "\n"

_Page = list[Character | None]
"""The characters of a page, and None where a run ends: a mark may be one of its own, or begin the next one."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """Raised characters that follow each other on a page, from `start` to before `end`, and the last one of a word."""

    at_word: int
    word: Character
    start: int
    end: int
    visible: Sequence[Character]


def without_reference_marks(runs: Iterable[list[Character]]) -> Iterator[list[Character]]:
    """Yield the runs of a page without raised marks that stick to words; powers, ordinals and what is doubtful stay."""
    read = list(runs)
    page: _Page = [character for run in read for character in (*run, None)]
    marks = [raised for raised in _raised(page) if _is_mark(page, raised)]
    for mark in marks:
        _drop(page, mark)
    start = 0
    for run in read:
        yield [character for character in page[start : start + len(run)] if character is not None] if marks else run
        start += len(run) + 1


def _raised(page: _Page) -> Iterator[_Raised]:
    word: Character | None = None
    at_word = start = end = 0
    visible: list[Character] = []
    for at, character in enumerate(page):
        if character is None or not character.text.strip():
            continue
        if word is not None:
            if character.size <= _SMALLER * word.size and _is_above(character, word) and len(visible) < _LONGEST:
                start, end = (start if visible else at), at + 1
                visible.append(character)
                continue
            if visible:
                yield _Raised(at_word, word, start, end, visible)
                visible = []
        at_word, word = at, character
    if word is not None and visible:
        yield _Raised(at_word, word, start, end, visible)


def _is_above(character: Character, word: Character) -> bool:
    rise = character.baseline - word.baseline
    return _LOWEST * word.size < rise < _HIGHEST * word.size and character.upright and word.upright


def _is_mark(page: _Page, raised: _Raised) -> bool:
    """Return whether raised characters are a mark, and end a word: those within one may be a part of a formula."""
    text = _text(page[raised.start : raised.end]).replace(_RUN_END, "")
    before = _text(page[max(0, raised.at_word + 1 - _LOOKED_AT) : raised.start]).rstrip(_RUN_END)
    return (
        points_elsewhere(text, before)
        and _is_close(raised)
        and not (raised.word.text.isalnum() and _goes_on(page, raised))
    )


def _text(characters: Sequence[Character | None]) -> str:
    return "".join(_RUN_END if character is None else character.text for character in characters)


def _is_close(raised: _Raised) -> bool:
    size = raised.word.size
    first, *others = (after.left - before.right for before, after in pairwise([raised.word, *raised.visible]))
    return -_CLOSE * size < first < _TOUCHING * size and all(abs(gap) < _CLOSE * size for gap in others)


def _goes_on(page: _Page, raised: _Raised) -> bool:
    following = page[raised.end]
    return following is not None and following.text.isalnum()


def _drop(page: _Page, mark: _Raised) -> None:
    """Empty a mark; the word takes its place, so that what follows is as far from it as before, or gets a space."""
    page[mark.at_word] = word = replace(mark.word, right=mark.visible[-1].right)
    for at in range(mark.start, mark.end):
        character = page[at]
        page[at] = character and replace(character, text="")
    if _goes_on(page, mark):
        page[mark.end - 1] = space_after(word)
