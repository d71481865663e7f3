"""The framework's types: benefits with key concepts, statuses, dimensions, stakeholders."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from typing import TypeVar
from unicodedata import normalize

_TYPED = str.maketrans("\u2019\u02bc\u2010\u2011\u2013", "''---")
"""Apostrophes, hyphens and dashes of word processors and printers to those that people type."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a document says about a benefit, e.g. that it was achieved."""

    id: str
    name: str
    claim: bool
    rank: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Where a claim stands: one project, a collaboration, or a whole program."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A group to whom a claimed benefit is offered."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A key concept of a benefit, with the words that point to it."""

    id: str
    name: str
    description: str = ""
    cues: tuple[str, ...] = ()

    def is_cued_by(self, text: str) -> bool:
        """Return whether one of the cues stands in the text, as whole words in any case and with any blanks between."""
        typed = _typed(text)
        return any(_pattern(cue).search(typed) for cue in self.cues)


@dataclass(frozen=True, slots=True)
class Benefit:
    """One category of benefit and its key concepts."""

    id: str
    name: str
    description: str
    concepts: tuple[Concept, ...]
    sources: tuple[str, ...] = ()


_Entry = TypeVar("_Entry", Status, Dimension, Stakeholder, Concept, Benefit)


@dataclass(frozen=True)
class Framework:
    """A framework of benefits: what may be found in a document, and in which status.

    The order of each tuple is the order of the columns of every array that a
    classifier of this framework returns.
    """

    id: str
    version: str
    name: str
    source: str
    benefits: tuple[Benefit, ...]
    statuses: tuple[Status, ...]
    dimensions: tuple[Dimension, ...]
    stakeholders: tuple[Stakeholder, ...]

    @property
    def benefit_ids(self) -> tuple[str, ...]:
        """Ids of the benefits, in order."""
        return tuple(benefit.id for benefit in self.benefits)

    @property
    def status_ids(self) -> tuple[str, ...]:
        """Ids of the statuses, in order."""
        return tuple(status.id for status in self.statuses)

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Ids of the statuses that make a claim."""
        return tuple(status.id for status in self.statuses if status.claim)

    @property
    def claim_indices(self) -> tuple[int, ...]:
        """Positions of those statuses among `statuses`."""
        return tuple(at for at, status in enumerate(self.statuses) if status.claim)

    @property
    def concept_keys(self) -> tuple[tuple[str, str], ...]:
        """(benefit id, concept id) of every key concept, in order."""
        return tuple((b.id, concept.id) for b in self.benefits for concept in b.concepts)

    def claiming(self, status_ids: Collection[str]) -> Framework:
        """Return the framework as it is where these statuses make a claim, and no others."""
        return replace(self, statuses=tuple(replace(status, claim=status.id in status_ids) for status in self.statuses))

    def labels_like(self, other: Framework) -> bool:
        """Return whether both label passages with the same benefits and statuses, whatever else they hold."""
        return {*self.benefit_ids} == {*other.benefit_ids} and {*self.status_ids} == {*other.status_ids}

    def benefit(self, benefit_id: str) -> Benefit:
        """Return the benefit with this id; raise KeyError when there is none."""
        return _entry(self.benefits, benefit_id)

    def status(self, status_id: str) -> Status:
        """Return the status with this id; raise KeyError when there is none."""
        return _entry(self.statuses, status_id)

    def stakeholder(self, stakeholder_id: str) -> Stakeholder:
        """Return the stakeholder with this id; raise KeyError when there is none."""
        return _entry(self.stakeholders, stakeholder_id)

    def concept(self, benefit_id: str, concept_id: str) -> Concept:
        """Return a benefit's key concept; raise KeyError when there is none."""
        return _entry(self.benefit(benefit_id).concepts, concept_id)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the framework's content, the same for the same content everywhere."""
        content = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()


def _typed(text: str) -> str:
    """Return a text as people type it, and letters with their accents as one character, as some programs part them."""
    return normalize("NFC", text).translate(_TYPED)


@cache
def _pattern(cue: str) -> re.Pattern[str]:
    """Return what finds a cue in a text as people type it."""
    words = r"\s+".join(map(re.escape, _typed(cue).split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _entry(entries: tuple[_Entry, ...], entry_id: str) -> _Entry:
    for entry in entries:
        if entry.id == entry_id:
            return entry
    raise KeyError(entry_id)
