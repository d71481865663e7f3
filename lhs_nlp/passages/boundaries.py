"""Rules for where sentences begin, for text with citations, abbreviations and enumerations."""

from __future__ import annotations

import re

from lhs_nlp.passages.abbreviations import abbreviations, listed
from lhs_nlp.passages.marks import BULLETS, CLOSING, DASHES, FINAL_STOPS, OPENING, STOPS, SUPERSCRIPTS

_LINE = rf"(?: \s*\n\s*?\n\s* | \s+(?=[{BULLETS}]) | \s*\n\s*(?=[*{DASHES}]\s) )"  # a blank line, or before a bullet
_BREAK = re.compile(
    rf"""
    (?P<line> (?<!\s){_LINE} )
    |
    (?P<stop> [{STOPS}]+ | [{FINAL_STOPS}]+ )
    (?P<close> [{CLOSING}]* (?: [ ][{CLOSING}]+(?=\s) )? )
    (?P<cite>
        (?: [ ]?\[\d[\d\s,;{DASHES}]*\] )+                                       # care.[3,4] Next
      | [{SUPERSCRIPTS}]+ (?: [,⁻][{SUPERSCRIPTS}]+ )*                           # care.³ Next
      | (?: (?<=[^\W\d_][{STOPS}]) | (?<=[%{CLOSING}][{STOPS}]) | (?<=[{STOPS}][{CLOSING}]) )
        \d{{1,3}} (?: [,{DASHES}]\d{{1,3}} )* (?=\s|[A-Z][a-z])                     # care.12 Next
    )?
    (?P<gap> (?P<line_after> {_LINE} ) | \s* )
    """,
    re.VERBOSE,
)
_NEXT = re.compile(rf"[\s{OPENING}{BULLETS}*$€£<>≤≥~#§{DASHES}]*(?P<word>\w*)(?P<mark>.?)")
_LAST_WORD = re.compile(rf"[^\s/{OPENING}]*\Z")
_LONGEST_WORD = 40
"""Characters looked at on either side of a stop: longer words are no abbreviations."""

_MIXED_CASE = re.compile(r"[a-z]{1,4}[-_]?[A-Z0-9]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NUMERAL = re.compile(r"\d|[IVXLC]+\b|[A-Z]\b")
_LABEL = re.compile(r"\W*(?:[A-Z][a-z]+ ){0,2}(?:\d{1,2}(?:\.\d+)*|[A-Za-z]|[ivx]+|[IVX]+)")
_LONGEST_LABEL = 30
_ADDRESS = re.compile(r"[@/\\_]|\bwww\.|\.(?:com|org|gov|edu|net|int)\b", re.IGNORECASE)
_GLUED_END = re.compile(rf"(?:[^\W\d_A-Z]{{3}}|[%\d{CLOSING}])\Z")


def sentence_starts(text: str) -> list[int]:
    """Return the offset of each sentence's first character, in order; 0 is always the first."""
    starts = [0]
    for found in _BREAK.finditer(text):
        if found.end() < len(text) and (_ends_line(found) or _ends_sentence(text, starts[-1], found)):
            starts.append(found.end())
    return starts


def _ends_line(found: re.Match[str]) -> bool:
    return found["line"] is not None or found["line_after"] is not None


def _ends_sentence(text: str, since: int, end: re.Match[str]) -> bool:
    """Return whether a stop ends the sentence that began at `since`."""
    if end["stop"][0] in FINAL_STOPS:
        return True
    following = _NEXT.match(text, end.end())
    if following is None or not _may_open(text, following):
        return False
    before = text[max(since, end.start() - _LONGEST_WORD) : end.start()]
    if not end["gap"] and not _lacks_space(text, before, end, following):
        return False
    if end["stop"] != ".":
        return True
    label = end.start() - since <= _LONGEST_LABEL and _LABEL.fullmatch(before)
    return not label and _is_full_stop(text, before, end, following)


def _may_open(text: str, following: re.Match[str]) -> bool:
    """Return whether the next word may begin a sentence: none in lower case does, except the like of pH and mRNA."""
    word = following["word"]
    return bool(word) and (not word[0].islower() or _MIXED_CASE.match(text, following.start("word")) is not None)


def _lacks_space(text: str, before: str, end: re.Match[str], following: re.Match[str]) -> bool:
    """Return whether only the space is missing between two sentences: "care.The", but not "x.org/A.B"."""
    word = following["word"]
    if following.start("word") != end.end() or not word[0].isupper():
        return False
    if not (word[1:2].islower() or word in {"A", "I"} or _is_section_label(following)):
        return False
    after = text[end.start() : end.end() + _LONGEST_WORD].split(maxsplit=1)[0]
    return _GLUED_END.search(before) is not None and not _ADDRESS.search(before.rsplit(maxsplit=1)[-1] + after)


def _is_full_stop(text: str, before: str, end: re.Match[str], following: re.Match[str]) -> bool:
    """Return whether a dot ends a sentence, not only an abbreviation or an initial."""
    known = abbreviations()
    word = _last_word(before)
    if listed(word, known.never_ends):
        return False
    if listed(word, known.before_number):
        return not end["cite"] and not _NUMERAL.match(text, following.start("word"))
    initial = len(word) == 1 and word.isalpha()
    if initial and _last_word(before[:-1].rstrip()).lower() in known.lettered:
        return True
    if initial or listed(word, known.may_end) or _DOTTED.fullmatch(word):
        return _opens(following) and not end["cite"] and not end["close"].startswith((")", "]"))
    return True


def _last_word(before: str) -> str:
    found = _LAST_WORD.search(before)
    return found[0] if found else ""


def _opens(following: re.Match[str]) -> bool:
    """Return whether the next word is one that opens sentences, such as "The", or a label."""
    word = following["word"]
    return _is_section_label(following) or (following["mark"] != "." and word.lower() in abbreviations().openers)


def _is_section_label(following: re.Match[str]) -> bool:
    """Return whether the next word is a label of a structured abstract: "METHODS:"."""
    return following["mark"] == ":" and len(following["word"]) > 3 and following["word"][0].isupper()
