"""Which pairs of references are worth a comparison: those that share a rare word or an identifier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from lhs_nlp.review.duplicates.traits import Traits

RARE_WORDS = 4
"""By how many of its rarest words a title is found; a typing error spoils one or two of them."""

LARGEST_BLOCK = 200
"""A key that more references share tells nothing apart."""


def candidates(traits: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Yield each pair that may be one work, once: its smaller number first."""
    frequency = Counter(word for each in traits for word in set(each.title.split()))
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, each in enumerate(traits):
        for key in _keys(each, frequency):
            blocks[key].append(at)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) > LARGEST_BLOCK:
            continue
        for pair in combinations(members, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _keys(traits: Traits, frequency: Counter[str]) -> Iterator[tuple[str, ...]]:
    if traits.doi:
        yield ("doi", traits.doi)
    if traits.pmid:
        yield ("pmid", traits.pmid)
    if traits.title:
        yield ("title", traits.title)
        yield ("title", traits.title.replace(" ", "")[:40], str(traits.year))
    if traits.abstract:
        yield ("abstract", traits.abstract[:60])
    if traits.families and traits.year:
        yield ("author", traits.families[0], str(traits.year))
    if traits.page and traits.volume:
        yield ("place", traits.volume, traits.page, traits.families[0] if traits.families else "")
    # A word that one title alone has leads nowhere; it may be a typing error.
    shared = (word for word in set(traits.title.split()) if 1 < frequency[word] <= LARGEST_BLOCK)
    for word in sorted(shared, key=lambda word: (frequency[word], word))[:RARE_WORDS]:
        yield ("word", word)
