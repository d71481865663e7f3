"""Sentences of a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lhs_nlp.passages.boundaries import sentence_starts
from lhs_nlp.passages.spans import Span, trim


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text, without the white space around them; blank ones are left out.

    Every character that is not white space is in exactly one sentence.
    """
    for start, end in pairwise([*sentence_starts(text), len(text)]):
        if trimmed := trim(text, start, end):
            yield trimmed
