"""What a digest says in words of its own, around what it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lhs_nlp.report.display import two_digits
from lhs_nlp.review.digest.digest import Quoted, Section
from lhs_nlp.wording import counted, within_sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section, and whom it cites."""

    text: str
    keys: tuple[str, ...]


def lead_of(section: Section, publications: int) -> Iterator[str]:
    """Yield what a section says before its quotations: how many claim the benefit, and by which concepts.

    Parameters
    ----------
    section
        Of a digest.
    publications
        How many the digest is of.
    """
    if section.claimed:
        verb = "claims" if section.claimed == 1 else "claim"
        groups = "; ".join(f"{len(group.keys):,} as {within_sentence(group.status)}" for group in section.groups)
        said = f"{section.claimed:,} of {counted(publications, 'publication')} {verb} it"
        yield f"{said}: {groups}." if groups else f"{said}."
    else:
        yield "No publication clearly claims it." if section.review else "No publication claims it."
    if section.concepts:
        named = ", ".join(f"{within_sentence(name)} ({count:,})" for name, count in section.concepts)
        yield f"Key concepts: {named}."


def cited_by(section: Section) -> Iterator[Sentence]:
    """Yield what a section says after its quotations: which publications it counts."""
    for group in section.groups:
        yield Sentence(f"{group.status}:", group.keys)
    if section.review:
        yield Sentence("To be read by a person, as the model does not know:", section.review)


def about(quoted: Quoted) -> str:
    """Return what is said of a quotation behind its citation: status, confidence, and page if there are pages."""
    page = f", page {quoted.page:,}" if quoted.page is not None else ""
    return f"{quoted.status.lower()}, confidence {two_digits(quoted.confidence)}{page}"
