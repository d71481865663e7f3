"""What a publication states of its design and its setting; what it does not state stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lhs_nlp.references.formats import format_named
from lhs_nlp.references.types import Reference
from lhs_nlp.review.evidence.vocabulary import Entry, plain, vocabulary
from lhs_nlp.review.project.publications import Publication

Place = Literal["keywords", "title", "abstract"]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<!\n)\n++(?![a-z])|(?<![a-z,\n])\n++")
"""The end of a sentence or a paragraph; a line between small letters is only wrapped.

Breaks in a row are gone through once, however many there are.
"""
_OWN = re.compile(
    r"\b(?:we|our|us|the investigators|the authors|this (?:is|was) an?|"
    r"(?:this|the present|the current|present) (?:\w+ ){0,3}"
    r"(?:study|trial|paper|article|review|project|report|work|survey|analysis|evaluation|protocol|initiative|program)|"
    r"(?:was|were) (?:\w+ )?(?:conducted|performed|undertaken|carried out|recruited|enrolled|interviewed|surveyed|"
    r"collected|included|invited|randomized|assigned|allocated|implemented|analyzed|analysed|searched))\b"
)
"""What tells that a sentence is about the work itself."""
_LABEL = re.compile(
    r"\A\s*(?:study |research )?(?:and )?"
    r"(?:design|methods?|methodology|settings?|participants?|patients|materials? and methods|data sources?|"
    r"design/methodology/approach|interventions?|sample|population|procedures?)\b[\w ,/&]{0,60}(?:[:.\u2014-]|\Z)",
    re.IGNORECASE,
)
"""Heads of a structured abstract under which stands what was done, and where."""
_OTHERS = re.compile(
    r"\b(?:future|needed|needs to be|previous|previously|prior|earlier studies|other studies|existing|lack of|few|"
    r"literature suggests|should|must|could|may|recommend|recommended|registration|registered|trial registry)\b"
)
"""What tells that a sentence is about other works, or about none that was done."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A design or a setting that a publication states.

    Parameters
    ----------
    id, name
        What it is called, for programs and for people.
    place
        Where it is stated; keywords stand for types of publication, too.
    words
        By which words, in lower case and without punctuation.
    """

    id: str
    name: str
    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Description:
    """Design and settings of a publication; None and () where it states none."""

    design: Stated | None
    settings: tuple[Stated, ...]


def describe(publication: Publication) -> Description:
    """Return what a publication states of its design and settings; see `vocabulary.toml`.

    Keywords, types of publication and the title count before the abstract, of which only those sentences are read that
    tell of the work itself.
    """
    reference = publication.reference
    fields = {name for record in publication.records for name in _fields(record.reference)}
    title = f" {plain(reference.title or '')} "
    abstract = " | ".join(("", *_own_sentences(reference.abstract or ""), ""))
    words = vocabulary()
    designs = (found for entry in words.designs if (found := _headed(entry, fields, title)))
    in_abstract = (found for entry in words.designs if (found := _in_text(entry, abstract, "abstract")))
    return Description(
        design=next(designs, None) or next(in_abstract, None),
        settings=tuple(
            found
            for entry in words.settings
            if (found := _headed(entry, fields, title) or _in_text(entry, abstract, "abstract"))
        ),
    )


def _headed(entry: Entry, fields: set[str], title: str) -> Stated | None:
    named = sorted(entry.fields & fields)
    return Stated(entry.id, entry.name, "keywords", named[0]) if named else _in_text(entry, title, "title")


def _in_text(entry: Entry, text: str, place: Place) -> Stated | None:
    term = next((term for term in entry.terms if term in text), None)
    return Stated(entry.id, entry.name, place, term.strip()) if term else None


def _fields(reference: Reference) -> Iterator[str]:
    """Yield keywords and types of publication in their normal form, those of MeSH without qualifiers."""
    tags = vocabulary().type_tags.get(reference.format, ())
    values = format_named(reference.format).values(reference.fields)
    types = [value.text for value in values if value.role == "type"]
    types += [value.strip('{}" ') for tag, value in reference.fields if tag in tags]
    for text in (*reference.keywords, *types):
        yield plain(text.split("/")[0])


def _own_sentences(abstract: str) -> Iterator[str]:
    """Yield the sentences of an abstract that tell of the work itself, in their normal form."""
    under_label = False
    for sentence in filter(None, _SENTENCE_END.split(abstract)):
        text = plain(sentence)
        # A head may stand alone, and what it heads in the next sentence.
        own = under_label or _LABEL.match(sentence) or _OWN.search(text)
        under_label = bool(_LABEL.match(sentence)) and len(text.split()) < 4
        if own and not _OTHERS.search(text):
            yield text
