"""Join the lines of a paragraph, mending words that were broken at line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
HYPHENS = ("-", "\u2010", "\u00ad")
"""What stands at the end of a line that breaks a word: a hyphen, in either of its codes, or a soft one."""
_SOFT = HYPHENS[-1]
_AS_WRITTEN = str.maketrans({"\u2010": "-", _SOFT: None})
_BROKEN = re.compile(rf"((?:[^\W\d_]+[-\u2010])*)([^\W\d_]+)[{''.join(HYPHENS)}]$")
_REST = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 50
_LONGEST_LINK = 3
"""Letters of a word that links others, as in day-to-day, at most."""
_FEWEST_KEPT = 3
"""Line ends with a hyphen that is kept, and none with a broken word, from which on a document breaks no words."""


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """How a document uses hyphens at line ends.

    Attributes
    ----------
    known
        The words that no line end divides, in lower case.
    breaks_words
        Whether a hyphen at a line's end is one of hyphenation when the document's words do not tell.
    """

    known: frozenset[str]
    breaks_words: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Hyphenation:
        """Learn from the lines of a document; it breaks words unless its line ends show kept hyphens only."""
        stripped = [line.strip() for line in lines]
        parts = [_parts(before, after) for before, after in pairwise(stripped) if before.endswith(HYPHENS)]
        known = frozenset(_whole_words(stripped) if parts else ())
        shown = [_is_kept(*both, known) for both in parts if both]
        return cls(known, False in shown or shown.count(True) < _FEWEST_KEPT)

    def join(self, lines: Iterable[str]) -> str:
        """Return the lines as one, without the hyphens of words broken at line ends.

        A hyphen at a line's end is dropped when the next line goes on in lower case, unless
        the document shows that it belongs to the word: the hyphenated form stands elsewhere
        within a line, or both parts stand there as words and the joined form does not, or
        the document does not break words.
        """
        stripped = [line.strip() for line in lines]
        joined = [self._mended(before, after) for before, after in pairwise(stripped)]
        return "".join([*joined, *stripped[-1:]])

    def _mended(self, line: str, after: str) -> str:
        """Return a line with its hyphen, without it, or with a space, so that the next one can follow."""
        parts = _parts(line, after)
        if parts is None:
            glued = line.endswith(HYPHENS) and line[-2:-1].isalnum() and after[:1].isalnum()
            return _with_hyphen(line) if glued else f"{line} "
        kept = _is_kept(*parts, self.known)
        breaks = self.breaks_words or line.endswith(_SOFT)
        return line[:-1] if (breaks if kept is None else not kept) else _with_hyphen(line)


def _whole_words(lines: Sequence[str]) -> Iterator[str]:
    """Yield the words of lines, without those that a hyphen at a line's end may divide."""
    for before, line in pairwise(["", *lines]):
        words = _WORD.findall(line.lower().translate(_AS_WRITTEN))
        yield from words[before.endswith(HYPHENS) : len(words) - line.endswith(HYPHENS)]


def _with_hyphen(line: str) -> str:
    """Return a line that ends with a hyphen with one that stays: soft ones are invisible, and left out later."""
    return f"{line[:-1]}-" if line.endswith(_SOFT) else line


def _parts(before: str, after: str) -> tuple[str, str, bool] | None:
    """Return what stands on either side of a hyphen at a line's end, and whether another hyphen stands before both.

    None where no word in lower case goes on.
    """
    broken, rest = _BROKEN.search(before[-_LONGEST_WORD:]), _REST.match(after)
    if not broken or not rest or not rest.group()[0].islower():
        return None
    return broken.group(2).lower(), rest.group().lower(), bool(broken.group(1))


def _is_kept(first: str, second: str, is_compound: bool, known: frozenset[str]) -> bool | None:
    """Return whether the hyphen belongs to the word, None when the document's words do not tell."""
    if f"{first}-{second}" in known:
        return True
    if first + second in known:
        return False
    links = is_compound and len(first) <= _LONGEST_LINK
    return True if first in known and (links or second in known) else None
