"""What is compared of a reference: the normal forms of its fields."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from lhs_nlp.references.types import Reference

_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_NO_WORD = re.compile(r"[\W_]+")
_FIRST_PAGE = re.compile(r"[a-z]*\d+")
_REPORT_NUMBER = re.compile(r"\(?\breport (?:no|nr|number)\.? ?\d+\)?", re.IGNORECASE)
_VERSION = re.compile(r"[./]v\d+$")
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "de", "der", "des", "et", "for", "in", "la", "of", "on", "the", "to"})


ABSTRACT = 600
"""Characters of an abstract that are compared: enough to know it again."""

LEAST_ABSTRACT = 100
"""A shorter one is no abstract, but a note of the database."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a reference: texts in lower case, without accents, markup and punctuation.

    Parameters
    ----------
    title
        Words, separated by single spaces; "" when there is none.
    families
        Family names in the order of the authors.
    names
        Every word of every author's name.
    abstract
        Beginning of the abstract; "" when there is none.
    year, pmid
        As the reference has them.
    doi
        Without the number of a version.
    journal
        Words without small ones.
    volume
        "" when unknown.
    page
        First page, or the number of the article; "" when unknown.
    """

    title: str
    abstract: str
    families: tuple[str, ...]
    names: frozenset[str]
    year: int | None
    doi: str | None
    pmid: str | None
    journal: tuple[str, ...]
    volume: str
    page: str


def traits_of(reference: Reference) -> Traits:
    """Return what is compared of a reference."""
    page = _FIRST_PAGE.search((reference.pages or "").casefold())
    families = tuple(filter(None, map(family, reference.authors)))
    return Traits(
        title=normal(_REPORT_NUMBER.sub("", reference.title or "")),
        abstract=normal((reference.abstract or "")[:ABSTRACT]),
        families=families,
        names=frozenset(word for author in reference.authors for word in normal(author).split()) | set(families),
        year=reference.year,
        doi=_VERSION.sub("", reference.doi) if reference.doi else None,
        pmid=reference.pmid,
        journal=tuple(word for word in normal(reference.journal).split() if word not in _SMALL_WORDS),
        volume=normal(reference.volume),
        page=page.group().lstrip("0") if page else "",
    )


def normal(text: str | None) -> str:
    """Return words in lower case, without accents, markup and punctuation, separated by single spaces."""
    if not text:
        return ""
    plain = _TAGS.sub("", html.unescape(text)).casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", plain).strip()


def family(author: str) -> str:
    """Return the family name in its normal form; a name without a comma is a group's, or a person's that ends in it."""
    return normal(author.partition(",")[0])
