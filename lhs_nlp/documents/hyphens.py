"""Join the lines of a paragraph, mending words that were broken at line ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_REST = re.compile(r"[^\W\d_]+")


def words_of(lines: Sequence[str]) -> frozenset[str]:
    """Return the words that stand whole inside lines, in lower case: what mending decides by."""
    found: set[str] = set()
    for line in lines:
        words = [match.group().lower() for match in _WORD.finditer(line)]
        # The first and the last word of a line may be parts of a broken one.
        found.update(words[1:-1] if len(words) > 2 else words)
    return frozenset(found)


def join_lines(lines: Sequence[str], known: Collection[str]) -> str:
    """Return the lines as one, without the hyphens of words broken at line ends.

    A hyphen at a line's end is dropped when the next line goes on in lower case, unless
    the document shows that it belongs to the word: the hyphenated form stands elsewhere
    within a line, or both parts stand there as words and the joined form does not.
    """
    joined = ""
    for line in lines:
        joined = _join(joined, line.strip(), known) if joined else line.strip()
    return joined


def _join(before: str, after: str, known: Collection[str]) -> str:
    broken, rest = _BROKEN.search(before), _REST.match(after)
    if not broken or not rest:
        return f"{before}{'' if before.endswith('-') and after[:1].isalnum() else ' '}{after}"
    first, second = broken.group(1).lower(), rest.group().lower()
    if not rest.group()[0].islower() or _keeps_hyphen(first, second, known):
        return before + after
    return before[:-1] + after


def _keeps_hyphen(first: str, second: str, known: Collection[str]) -> bool:
    if f"{first}-{second}" in known:
        return True
    return first + second not in known and first in known and second in known
