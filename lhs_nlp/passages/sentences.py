"""Where sentences begin, in prose that is full of citations, numbers and abbreviations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT = "lhs_sentences"
_LONGEST_CALL = 100_000

# A mark that may end a sentence, what closes after it, a citation ("[12]", "12,13"), and white space.
_MARK = re.compile(
    r"(?P<mark>[.!?\u2026]+)(?P<close>[\"'\u201d\u2019)\]]*)"
    r"(?P<citation>(?:\[\d[\d,;\u2013 -]*\]|(?<=[^\W\d][.!?])\d{1,3}(?:[,\u2013-]\d{1,3})*(?!\d|[.,]\d))?)"
    r"(?P<gap>\s+|(?=[A-Z][a-z ]))"
)
_OPENING = re.compile(r"[\"'\u201c\u2018(\[]*")
_WORD = re.compile(r"[^\W_][\w'\u2019-]*")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,5}|[a-zA-Z])\Z")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|org|gov|edu|net|int)\b|\bdoi\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    never: frozenset[str]
    before_number: frozenset[str]
    unless_starter: frozenset[str]
    starters: frozenset[str]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, without the white space around it.

    Parameters
    ----------
    text
        A paragraph, of any length: spaCy sees it in pieces that end at white space.
    """
    spans = []
    for start, end in _pieces(text):
        for sentence in pipeline()(text[start:end]).sents:
            inner = sentence.text.strip()
            if inner:
                begin = start + sentence.start_char + sentence.text.index(inner)
                spans.append((begin, begin + len(inner)))
    return spans


@cache
def pipeline() -> Language:
    """Return the blank English spaCy pipeline with our sentence component."""
    import spacy
    from spacy.language import Language

    if not Language.has_factory(COMPONENT):
        Language.component(COMPONENT, func=mark_sentences)
    nlp = spacy.blank("en")
    nlp.add_pipe(COMPONENT)
    return nlp


def mark_sentences(doc: Doc) -> Doc:
    """Set ``is_sent_start`` of every token: a spaCy component."""
    starts = iter(sorted(sentence_starts(doc.text)))
    following = next(starts, None)
    for token in doc:
        begins = token.i == 0
        while following is not None and following <= token.idx:
            begins, following = True, next(starts, None)
        token.is_sent_start = begins
    return doc


def sentence_starts(text: str) -> Iterator[int]:
    """Yield the offsets at which sentences begin, but for the first."""
    last = 0
    for match in _MARK.finditer(text):
        if _is_end(text, match, last):
            last = match.end()
            yield last


def _is_end(text: str, match: re.Match[str], sentence_start: int) -> bool:
    after = _OPENING.sub("", text[match.end() : match.end() + 40], count=1)
    if not after or not _may_begin(after):
        return False
    before = _last_word(text, match.start())
    if not match["gap"] and (_ADDRESS.search(before) or _is_address(text, match) or len(before) < 2):
        return False
    if match["mark"] != "." or match["close"]:
        return True
    if _NUMBER.match(before) and match.start() - len(before) <= sentence_start:
        return False  # the number of an item: "1. To reduce falls"
    return not _is_abbreviation(before, after, match.start() == len(before))


def _may_begin(after: str) -> bool:
    first = after[0]
    return not first.islower() or bool(_CAMEL.match(after))


def _last_word(text: str, end: int) -> str:
    start = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end), end - 60) + 1
    return text[start:end].lstrip("\"'\u201c\u2018([")


def _is_address(text: str, match: re.Match[str]) -> bool:
    """Return whether the mark stands inside a web address, between no white space on either side."""
    end = next(
        (at for at in range(match.end(), min(len(text), match.end() + 60)) if text[at].isspace()), match.end() + 60
    )
    return bool(_ADDRESS.search(text[max(0, match.start() - 60) : end].split()[-1] if end > match.end() else ""))


def _is_abbreviation(word: str, after: str, at_start: bool) -> bool:
    """Return whether the full stop after `word` belongs to it, given the text that follows."""
    known, lower = _abbreviations(), word.lower()
    following = _WORD.match(after)
    next_word = following.group().lower() if following else ""
    if lower in known.never:
        return True
    if lower in known.before_number and (after[0].isdigit() or after[0] in "#" or len(next_word) == 1):
        return True
    initial = len(word) == 1 and word.isupper() and not at_start
    if initial or lower in known.unless_starter or _DOTTED.match(word):
        return next_word not in known.starters
    return False


@cache
def _abbreviations() -> _Abbreviations:
    text = files("lhs_nlp.passages").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return _Abbreviations(**{key: frozenset(words) for key, words in tomllib.loads(text).items()})


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield ranges of at most `_LONGEST_CALL` characters, cut at white space where there is any."""
    start = 0
    while len(text) - start > _LONGEST_CALL:
        cut = text.rfind(" ", start + _LONGEST_CALL // 2, start + _LONGEST_CALL) + 1 or start + _LONGEST_CALL
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)
