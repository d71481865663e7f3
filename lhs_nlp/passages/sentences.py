"""Sentences of a text of any length, by spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from lhs_nlp.passages.spans import Span, trim

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST_STRETCH = 100_000
"""Characters given to spaCy at once: far more than a paragraph, far less than its `max_length`."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_lock = Lock()


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text, without the white space around them; blank ones are left out.

    Every character that is not white space is in exactly one sentence. Threads take turns.
    """
    for start, end in _stretches(text):
        for first, last in _sentences(text[start:end]):
            if trimmed := trim(text, start + first, start + last):
                yield trimmed


def _stretches(text: str) -> Iterator[Span]:
    """Yield parts that spaCy can take at once, cut at white space where there is any."""
    start = 0
    while len(text) - start > LONGEST_STRETCH:
        limit = start + LONGEST_STRETCH
        end = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit)) + 1 or limit
        yield start, end
        start = end
    yield start, len(text)


def _sentences(text: str) -> list[Span]:
    text = _SURROGATE.sub("\ufffd", text)  # spaCy takes only what can be encoded
    with _lock:
        nlp = _pipeline()
        with nlp.memory_zone():  # else every new word of every document would be kept for ever
            return [(sentence.start_char, sentence.end_char) for sentence in nlp(text).sents]


@cache
def _pipeline() -> Language:
    from lhs_nlp.passages.component import sentence_pipeline

    return sentence_pipeline()
