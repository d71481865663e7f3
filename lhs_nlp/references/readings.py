"""What a text says in its role: a title without markup, keywords one by one, the year of a date, a bare DOI."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

DOI = re.compile(r"10\.\d{4,9}/(?:[^\s\"<>]|<\w+:[^\s\"<>]{0,80}>(?=\d)){1,300}")
"""A DOI in a text; older ones of journals hold a part in angle brackets, ``<3::AID-X>``, which is no markup."""
_ESCAPED = re.compile(r"%(?:2F|3A|3B|3C|3E|28|29)|&[lg]t;", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:(?<=//)|(?<![\w/]))doi[.-](?:\w{1,63}[.-]){0,9}\w{1,63}(?::\d{1,5})?/", re.IGNORECASE)
"""A host that leads from a DOI to its work: the foundation's, a publisher's, or a library's proxy before one."""
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20|21)\d\d(?=(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?(?!\d))")
"""A year, alone or at the head of a date without marks, 20190601."""
DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(0[1-9]|[12]\d|3[01]))?")
"""A day, month or year in the form of ISO 8601."""
_COMPACT_DATE = re.compile(r"(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_NUMERIC_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?/*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DATE = re.compile(rf"(\d{{4}}) ({'|'.join(_MONTHS)})(?: (\d{{1,2}}))?", re.IGNORECASE)
"""A date as PubMed writes it, 2019 Jun 1."""
_DIGITS = re.compile(r"\A0*([1-9]\d{0,7})(?:\.0)?\Z")
_PMID_NAMED = re.compile(
    r"\A0*([1-9]\d{0,7})\s*\[PMID\]|^(?:PMID|MEDLINE):?\s*0*([1-9]\d{0,7})\b|"
    r"(?:\A|,\s*)PUBMED\s+0*([1-9]\d{0,7})(?=,|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_PMID_LINK = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/0*([1-9]\d{0,7})\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:jats:)?(?:p|br|div|sec|title|h[1-6]|ul|ol|li|list|list-item|AbstractText|CopyrightInformation)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:(?:jats:)?(?:i|b|u|em|strong|sub|sup|span|scp|inf|italic|bold|sc|underline)|(?:jats|mml):[\w-]+)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"<AbstractText\s(?:[^<>]*\s)?Label=\"([^\"<>]+)\"[^<>]*>")
"""The head of a part of an abstract, where PubMed's XML keeps it."""
_COPYRIGHT = re.compile(r"<CopyrightInformation>[^<>]*</CopyrightInformation>")
"""What stands beside an abstract in PubMed's XML, and is none of its sentences."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});")
"""A character by its name or number; without the semicolon it may be part of an address or of a word."""
_MOST_ESCAPED = 3
"""How often a text may have been escaped on its way from site to site."""
_OPENING = {")": "(", "]": "[", "}": "{"}


def readings(role: str, raw: str) -> list[str]:
    """Return what a plain text says in its role; [] when it says nothing, as "n.d." does of a year."""
    return [text for text in _READINGS.get(role, _whole)(raw) if text]


def _whole(raw: str) -> list[str]:
    return [one_line(raw)]


def _title(raw: str) -> list[str]:
    return [one_line(without_markup(raw))]


def _abstract(raw: str) -> list[str]:
    return ["\n".join(one_line(line) for line in without_markup(raw).split("\n")).strip()]


def _note(raw: str) -> list[str]:
    return ["\n".join(line.strip() for line in raw.strip().split("\n"))]


def _first_line(raw: str) -> list[str]:
    return [one_line(raw.strip().split("\n")[0])]


def _listed(raw: str) -> list[str]:
    return [one_line(part) for part in re.split(r"[;\n]", _unescaped(raw))]


def _people(raw: str) -> list[str]:
    return [one_line(part).strip(", ") for part in re.split(r"[;\n]", _unescaped(raw))]


def _doi(raw: str) -> list[str]:
    return [doi_in(raw) or ""]


def _year(raw: str) -> list[str]:
    return _YEAR.findall(raw)[:1]


def pages_in(raw: str) -> str:
    """Return pages on one line, with a hyphen between the first and the last."""
    return re.sub(r"\s*[\u2010-\u2015\u2212]+\s*", "-", one_line(raw))


def _pages(raw: str) -> list[str]:
    return [pages_in(raw)]


def _date(raw: str) -> list[str]:
    if named := _NAMED_DATE.fullmatch(one_line(raw)):
        raw = "-".join(filter(None, (named[1], str(_MONTHS.index(named[2].casefold()) + 1), named[3])))
    match = _COMPACT_DATE.fullmatch(raw.strip()) or _NUMERIC_DATE.fullmatch(raw.strip())
    return ["-".join(part.zfill(2) for part in match.groups() if part)] if match else [one_line(raw)]


_READINGS: dict[str, Callable[[str], list[str]]] = {
    "type": _first_line,
    "title": _title,
    "abstract": _abstract,
    "journal": _title,
    "note": _note,
    "keywords": _listed,
    "authors": _people,
    "editors": _people,
    "doi": _doi,
    "pages": _pages,
    "year": _year,
    "date": _date,
}


def without_markup(text: str) -> str:
    """Return a text without the HTML and XML that exports leave in titles and abstracts, escaped or not."""
    for _ in range(_MOST_ESCAPED if "<" in text or "&" in text else 0):
        before = text
        text = _LABELLED.sub(r"\n\1: ", _COPYRIGHT.sub("", _unescaped(text)))
        text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", text))
        if text == before:
            break
    return text.strip()


def _unescaped(text: str) -> str:
    """Return a text with the characters that HTML names as themselves."""
    for _ in range(_MOST_ESCAPED if "&" in text else 0):
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text


def doi_in(text: str) -> str | None:
    """Return the first DOI in a text, bare and in lower case; the addresses of other sites only contain one."""
    if "://" in text and not _RESOLVER.search(text):
        return None
    match = DOI.search(_ESCAPED.sub(lambda escape: unescape(unquote(escape[0])), text))
    if match is None:
        return None
    doi = match.group().lower()
    while doi and (doi[-1] in ".,;:'" or (doi[-1] in _OPENING and doi.count(doi[-1]) > doi.count(_OPENING[doi[-1]]))):
        doi = doi[:-1]
    return doi


def pmid_in(text: str, *, bare: bool) -> str | None:
    """Return PubMed's number where a text names one, links to one or, when `bare`, is one."""
    text = text.strip()
    match = (_DIGITS.match(text) if bare else None) or _PMID_NAMED.search(text) or _PMID_LINK.search(text)
    return next((group for group in match.groups() if group), None) if match else None


def one_line(text: str) -> str:
    """Return a text without line breaks and repeated blanks."""
    return " ".join(text.split())
