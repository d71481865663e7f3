"""From the fields of a source to what they mean: values with their roles, and a `Reference` of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lhs_nlp.documents.cells import says_no_text
from lhs_nlp.references.readings import pages_in, pmid_in, readings
from lhs_nlp.references.roles import SINGLE, roles_of, uses_of
from lhs_nlp.references.types import Fields, Reference

_COMBINED = ("pmid", "first_page", "last_page")
"""Roles that are read together with other fields."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a field says.

    Parameters
    ----------
    role
        What it is: title, authors, publisher.
    text
        Plain text, without the format's markup.
    at
        Which fields of the record say it, as indices.
    """

    role: str
    text: str
    at: tuple[int, ...] = ()

    @property
    def is_void(self) -> bool:
        """Whether it says that there is nothing in its role: Scopus writes so in place of an abstract."""
        return self.role == "abstract" and says_no_text(self.text)


def reference_of(format: str, fields: Fields, values: Sequence[Value]) -> Reference:
    """Make a Reference of fields and of what they say; the first value of a role counts."""
    first = {value.role: value.text for value in reversed(values) if not value.is_void}
    single = {role: first.get(role) for role in SINGLE if role != "year"}
    return Reference(
        **single,
        authors=tuple(value.text for value in values if value.role == "authors"),
        keywords=tuple(dict.fromkeys(value.text for value in values if value.role == "keywords")),
        year=int(first["year"]) if "year" in first else None,
        format=format,
        fields=fields,
    )


def tagged_values(
    format: str, fields: Fields, *, tag: Callable[[str], str] = str, text: Callable[[str, str], str] | None = None
) -> list[Value]:
    """Return what fields say where each tag has its role, as `roles.toml` tells.

    Parameters
    ----------
    format
        Whose roles.
    fields
        Of one record.
    tag
        From a field's tag to the one in the table of roles.
    text
        From a field's tag and value to plain text; the value itself without it.
    """
    places: dict[str, list[int]] = {}
    for at, (name, _) in enumerate(fields):
        places.setdefault(tag(name), []).append(at)
    known = (at for name, places_of in places.items() if name in uses_of(format) for at in places_of)
    plain = {at: text(*fields[at]) if text else fields[at][1] for at in known}
    found: list[Value] = []
    uses = sorted((*use, name) for name in places for use in uses_of(format).get(name, ()))
    for role, group in groupby(uses, key=lambda use: use[2]):
        if role not in _COMBINED:
            found += _of_role(role, ([(at, plain[at]) for at in places[name]] for *_, name in group))
    found += _pmids(format, places, plain, [value.text for value in found if value.role == "database"])
    return found + _pages(format, places, plain) if not any(value.role == "pages" for value in found) else found


def with_one_date(values: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return roles and texts for formats with one field for year and date.

    A year that a date tells too is left out; a date without a year, "Jul 15", is a note beside the year.
    """
    dates = [text for role, text in values if role == "date" and readings("year", text)]
    told = [(role, text) for role, text in values if role != "year" or not any(text in date for date in dates)]
    return [("note", f"date: {text}") if role == "date" and text not in dates else (role, text) for role, text in told]


def _of_role(role: str, groups: Iterable[list[tuple[int, str]]]) -> Iterator[Value]:
    for group in groups:
        values = [Value(role, text, (at,)) for at, raw in group for text in readings(role, raw)]
        yield from values
        if values and role == "authors":  # the tags after it name the same people again, or shorter
            return


def _pmids(
    format: str, places: dict[str, list[int]], plain: dict[int, str], databases: Sequence[str]
) -> Iterator[Value]:
    """Yield PubMed's numbers: any database numbers its records, so bare digits count only where PubMed is meant."""
    is_pubmed = any(re.search(r"pubmed|medline|\bnlm\b", name, re.IGNORECASE) for name in databases)
    accessions = roles_of(format).get("accession", ())
    for tag in roles_of(format).get("pmid", ()):
        bare = re.search(r"pmid|pubmed|\Apm\Z", tag, re.IGNORECASE) is not None or (is_pubmed and tag in accessions)
        for at in places.get(tag, ()):
            if pmid := pmid_in(plain[at], bare=bare):
                yield Value("pmid", pmid, (at,))


def _pages(format: str, places: dict[str, list[int]], plain: dict[int, str]) -> list[Value]:
    known: list[tuple[int, str]] = []
    for role in ("first_page", "last_page"):
        ends = ((at, pages_in(plain[at])) for tag in roles_of(format).get(role, ()) for at in places.get(tag, ()))
        known += [end for end in ends if end[1]][:1]
    if len(known) == 2 and re.search(rf"-\s*{re.escape(known[1][1])}\Z", known[0][1]):
        return [Value("pages", known[0][1], tuple(at for at, _ in known))]  # the first page holds the last one too
    return [Value("pages", "-".join(text for _, text in known), tuple(at for at, _ in known))] if known else []
