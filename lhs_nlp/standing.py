"""Texts as passages, and which of them stands for a benefit: the same for what is judged and what is learned."""

from __future__ import annotations

from collections.abc import Sequence

from lhs_nlp.documents import Document, read_text
from lhs_nlp.passages import Passage, split_document

LONGEST_PASSAGE = 120
"""Words of the longest text that is classified as one passage."""

Strength = tuple[bool, bool, float, float]


def passages_of(text: str, document: Document | None = None) -> Sequence[Passage]:
    """Return a text as the one passage that it is, or in parts where it has more than `LONGEST_PASSAGE` words.

    Parameters
    ----------
    text
        Not blank.
    document
        The text as it was read, where it was; a long one is read when it is not given.
    """
    whole = [Passage(0, text, 0, len(text))]
    if len(text.split()) <= LONGEST_PASSAGE:
        return whole
    return split_document(document or read_text(text)) or whole


def strength(claimed: bool, present: bool, claim: float, presence: float) -> Strength:
    """Return what makes one passage of a text stand for a benefit: the greatest does, of equals the first.

    That is one that claims the benefit, else one that speaks of it, else the one most likely to claim it.

    Parameters
    ----------
    claimed, present
        Whether the passage claims the benefit, and whether it speaks of it.
    claim, presence
        How probable that is.
    """
    return claimed, present, claim, presence
