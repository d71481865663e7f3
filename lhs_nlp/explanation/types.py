"""What an explanation says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

METHOD = "leave-one-word-out"
"""How the effects of words are found (erasure; Li, Monroe and Jurafsky 2016)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a passage and what it does to the decision.

    Attributes
    ----------
    start, end
        Offsets into the passage's text.
    text
        The word.
    effect
        By how much the log odds fall when the word is left out; below 0, the word speaks against.
    """

    start: int
    end: int
    text: str
    effect: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled passage that the model sees as similar.

    Attributes
    ----------
    id
        Document and place, e.g. `lhs-a-minutes-federation-uk#4`.
    text
        Its words.
    labels
        Benefit id to status id, as people gave them; empty where it carries none.
    similarity
        Cosine of the two vectors, -1 to 1.
    """

    id: str
    text: str
    labels: Mapping[str, str]
    similarity: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage was given a benefit.

    Attributes
    ----------
    words
        All words of the passage, in order, with their effects on the log odds that the passage
        claims the benefit, or, where nothing is claimed, that it speaks of it.
    neighbours
        Labelled passages, most similar first; none when the model's bundle carries none.
    """

    words: tuple[Word, ...]
    neighbours: tuple[Neighbour, ...]

    def strongest(self, most: int = 6) -> tuple[Word, ...]:
        """Return the words that carried the decision most, at most so many, strongest first.

        Words that weigh less than a quarter of the strongest are left out: they are as good as noise.
        """
        carrying = sorted((word for word in self.words if word.effect > 0), key=lambda word: -word.effect)
        return tuple(word for word in carrying[:most] if word.effect >= carrying[0].effect / 4)
