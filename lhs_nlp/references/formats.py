"""The formats of references, and which one a file is of."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, cast

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references.parsed import Format
from lhs_nlp.references.rdf_nodes import RDF

if TYPE_CHECKING:
    from lhs_nlp.references.parsed import Content

FORMATS = {
    "ris": (".ris",),
    "nbib": (".nbib", ".medline"),
    "bibtex": (".bib", ".bibtex"),
    "pubmed": (".xml",),
    "endnote": (".enx",),
    "zotero": (".rdf",),
    "csl": (".json",),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
}
"""Formats that are read and written, each with the suffixes by which a file to write is of that format."""


def format_named(name: str) -> Format:
    """Return what reads and writes a format.

    Raises
    ------
    ReferencesError
        There is no such format.
    """
    if name not in FORMATS:
        raise ReferencesError(f"{name!r} is no format of references; take one of {', '.join(FORMATS)}.", "unsupported")
    return cast(Format, import_module(f"lhs_nlp.references.{name}"))


def format_of_suffix(suffix: str) -> str:
    """Return the format that a file of this suffix is written in.

    Raises
    ------
    ReferencesError
        The suffix is of no format.
    """
    for name, suffixes in FORMATS.items():
        if suffix.casefold() in suffixes:
            return name
    known = ", ".join(suffix for suffixes in FORMATS.values() for suffix in suffixes)
    raise ReferencesError(f"{suffix!r} is the suffix of no format of references; take one of {known}.", "unsupported")


def same_fields(first: str, second: str) -> bool:
    """Return whether two formats keep their fields in the same way, as tables do."""
    return first == second or {first, second} == {"csv", "xlsx"}


def format_of(content: Content, suffix: str) -> str:
    """Return the format of a text, by what it says; the suffix decides where that leaves doubt.

    Raises
    ------
    ReferencesError
        It is of no format that is read.
    """
    start = content.text[:10_000].lstrip("\ufeff \t\n")
    if start.startswith("<"):
        return _of_xml(start)
    from lhs_nlp.references import bibtex, csl, csv, nbib, ris

    if csl.matches(start):
        return "csl"
    named_table = suffix.casefold() in (".csv", ".tsv", ".tab")
    columns = csv.known_columns(content.text)
    if named_table and columns:
        return "csv"
    starts = {"ris": ris.start_in, "nbib": nbib.start_in, "bibtex": bibtex.start_in}
    found = [(at, name) for name, start_in in starts.items() if (at := start_in(content.text)) is not None]
    if found:
        return min(found)[1]
    if named_table or columns > 1:
        return "csv"
    if suffix.casefold() == ".ris":
        return "ris"
    raise ReferencesError(
        "no references in a format that is read (RIS, nbib, BibTeX, PubMed XML, EndNote XML, Zotero RDF, CSL-JSON, or "
        "a table with a column named 'title'); export them again as RIS.",
        "unsupported",
    )


def _of_xml(start: str) -> str:
    if re.search(r"<!doctype html|<html[\s>]", start, re.IGNORECASE):
        raise ReferencesError(
            "a web page, not references: the site may have asked for a login. Export them again.", "unsupported"
        )
    if re.search(r"<(?:\w+:)?RDF\s", start) and RDF in start:
        return "zotero"
    if re.search(r"<Pubmed(?:Article|BookArticle)", start):
        return "pubmed"
    if re.search(r"<records?[\s>]", start):
        return "endnote"
    raise ReferencesError(
        "XML, but neither PubMed's nor EndNote's, nor Zotero's RDF; export the references as RIS instead.",
        "unsupported",
    )
