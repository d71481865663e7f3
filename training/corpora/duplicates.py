"""Passages that repeat one another, found by the runs of eight words that they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SHINGLE = 8
SAME = 0.1
"""Shared part from which passages count as near duplicates.

Low, as one changed word breaks eight runs: passages of 24 words with one word changed in
the middle share 0.36 of their runs, and a passage inside another three times as long 0.25.
"""

HALF = 0.5
"""Part of a passage from which other texts are said to hold it."""

_Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two passages, and the share of all their runs of words that both have (Jaccard index)."""

    first: str
    second: str
    shared: float


def find_near_duplicates(
    texts: Mapping[str, str], others: Mapping[str, str] | None = None, same: float = SAME
) -> list[NearDuplicate]:
    """Return the pairs of near duplicates, the most similar first.

    Parameters
    ----------
    texts
        Passages by id.
    others
        Passages to compare them with; without, they are compared with each other.
    same
        The least Jaccard index of a pair, of the sets of runs of eight words, in any case
        and without punctuation. A shorter passage is one run.
    """
    left = {name: shingles(text) for name, text in texts.items()}
    right = left if others is None else {name: shingles(text) for name, text in others.items()}
    places: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    order = {name: at for at, name in enumerate(left)} if others is None else {}
    for name, runs in right.items():
        for run in runs:
            places[run].append(name)
    found = []
    for name, runs in left.items():
        counts = Counter(other for run in runs for other in places.get(run, ()))
        # Compared with each other, a pair is met from both sides: keep the first.
        wanted = counts if others is not None else [other for other in counts if order[other] > order[name]]
        pairs = [NearDuplicate(name, other, counts[other] / len(runs | right[other])) for other in wanted]
        found += [pair for pair in pairs if pair.shared >= same]
    return sorted(found, key=lambda pair: (-pair.shared, pair.first, pair.second))


def held_by(others: Iterable[str], texts: Sequence[str], part: float = HALF) -> list[bool]:
    """Return for each passage whether other texts, all together, hold it: whole, in pieces or slightly changed.

    Parameters
    ----------
    others
        May be many: they are gone through once.
    texts
        Passages, [n].
    part
        The least share of a passage's runs of eight words that the others have.
    """
    runs = [shingles(text) for text in texts]
    wanted = frozenset[tuple[str, ...]]().union(*runs)
    known = frozenset(run for other in others for run in shingles(other) & wanted)
    return [len(own & known) >= part * len(own) for own in runs]


def shingles(text: str) -> _Shingles:
    """Return all runs of eight words of a text."""
    tokens: Sequence[str] = re.findall(r"\w+", text.casefold())
    return frozenset(tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1)))
