"""Find references to one publication: groups with a reason and a score; nothing is removed.

Two references are duplicates when they are of the same publication: one text in one place, as
two databases describe it. A preprint and its article, a protocol and its review, an article
and its reprint in a book are different publications.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lhs_nlp.references.types import Reference
from lhs_nlp.review.duplicates.blocking import candidates
from lhs_nlp.review.duplicates.comparing import compare
from lhs_nlp.review.duplicates.traits import traits_of

DUPLICATE = 0.8
"""Score from which two references are duplicates."""

CLOSE = 0.7
"""Score from which two references that are no duplicates are worth a look."""

BY_HAND = "joined by hand"
CONTRADICTED = "joined by hand, but records of the two are held apart by hand"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two references that were compared.

    Parameters
    ----------
    first, second
        Their numbers, from 0, the smaller first.
    score
        0 to 1.
    reason
        What agrees and what does not, in words.
    """

    first: int
    second: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """References to one publication.

    Parameters
    ----------
    members
        Their numbers, from 0, in order.
    pairs
        Why they belong together, the surest first: one pair fewer than there are members.
    """

    members: tuple[int, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What was found among references.

    Parameters
    ----------
    references
        How many there were.
    groups
        References to one publication, by their first members.
    close
        Pairs that look alike and were kept apart, the closest first: what to check by eye.
    """

    references: int
    groups: tuple[Group, ...]
    close: tuple[Pair, ...]

    @property
    def publications(self) -> int:
        """How many publications there are."""
        return self.references - sum(len(group.members) - 1 for group in self.groups)


def find_duplicates(
    references: Sequence[Reference],
    *,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Duplicates:
    """Group references to one publication.

    Parameters
    ----------
    references
        What is compared; 10,000 take seconds.
    together, apart
        Pairs that somebody has judged by reading them; they hold whatever the score.

    Returns
    -------
    Duplicates
        The groups, and the pairs that came close.
    """
    traits = [traits_of(reference) for reference in references]
    together_by_hand = dict.fromkeys(map(_ordered, together))
    apart_by_hand = set(map(_ordered, apart))
    pairs, vetoes = [Pair(*pair, 1.0, BY_HAND) for pair in together_by_hand], set(apart_by_hand)
    for first, second in candidates(traits):
        if (first, second) in together_by_hand or (first, second) in apart_by_hand:
            continue
        likeness = compare(traits[first], traits[second])
        if likeness.vetoed:
            vetoes.add((first, second))
        if likeness.score >= CLOSE:
            pairs.append(Pair(first, second, likeness.score, likeness.reason))
    # By hand comes first: a stable sort keeps it before the other sure ones.
    pairs.sort(key=lambda pair: -pair.score)
    groups = _Grouping(len(references), vetoes, apart_by_hand)
    left = [pair for pair in pairs if not groups.join(pair)]
    close = [replace(pair, reason=CONTRADICTED) if pair.reason == BY_HAND else pair for pair in left]
    return Duplicates(len(references), tuple(groups), tuple(pair for pair in close if not groups.are_together(pair)))


class _Grouping:
    """Groups that grow pair by pair, and never hold two references that are known to differ."""

    def __init__(self, references: int, vetoes: set[tuple[int, int]], by_hand: set[tuple[int, int]]) -> None:
        self._group_of = list(range(references))
        self._members = {at: [at] for at in range(references)}
        self._pairs: dict[int, list[Pair]] = {}
        self._vetoes = vetoes
        self._by_hand = by_hand

    def __iter__(self) -> Iterator[Group]:
        for at in sorted(self._pairs, key=lambda at: min(self._members[at])):
            yield Group(tuple(sorted(self._members[at])), tuple(self._pairs[at]))

    def are_together(self, pair: Pair) -> bool:
        return self._group_of[pair.first] == self._group_of[pair.second]

    def join(self, pair: Pair) -> bool:
        """Join the groups of a pair, when it is sure enough and nothing in them speaks against it."""
        if self.are_together(pair):
            return True
        keep, gone = sorted((self._group_of[pair.first], self._group_of[pair.second]))
        if pair.score < DUPLICATE or self._is_vetoed(pair, keep, gone):
            return False
        for member in self._members[gone]:
            self._group_of[member] = keep
        self._members[keep] += self._members.pop(gone)
        self._pairs[keep] = [*self._pairs.pop(keep, []), *self._pairs.pop(gone, []), pair]
        return True

    def _is_vetoed(self, pair: Pair, one: int, other: int) -> bool:
        # What a person joined, no likeness of words may keep apart.
        vetoes = self._by_hand if pair.reason == BY_HAND else self._vetoes
        return any(_ordered((a, b)) in vetoes for a in self._members[one] for b in self._members[other])


def _ordered(pair: tuple[int, int]) -> tuple[int, int]:
    return (pair[0], pair[1]) if pair[0] < pair[1] else (pair[1], pair[0])
