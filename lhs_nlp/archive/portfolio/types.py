"""What a portfolio is counted into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.archive.portfolio.share import Share

if TYPE_CHECKING:
    from lhs_nlp.archive.results import Quotation
    from lhs_nlp.archive.store import StoredFailure, Tagging
    from lhs_nlp.summary import Verdict

Pattern = tuple["Verdict", ...]
"""Verdicts of a document, in the framework's order of benefits."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation and the document that it is from."""

    quotation: Quotation
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document that is shown by itself.

    Attributes
    ----------
    title
        What it is called.
    source
        Where it is.
    verdicts, confidences
        In the framework's order of benefits.
    groups
        Its group in each grouping; None where nothing is known.
    quotations
        The best of each benefit that it may claim; () in a large portfolio.
    """

    title: str
    source: str
    verdicts: Pattern
    confidences: tuple[float, ...]
    groups: tuple[str | None, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class ConceptCount:
    """Documents that claim a benefit by a key concept, and others that only speak of it."""

    claimed: int = 0
    mentioned: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that have something in common, e.g. a year.

    Attributes
    ----------
    name
        What they have in common.
    documents
        Their number.
    claimed
        Benefit to those of them that claim it.
    merged
        Whether it stands for many small groups.
    """

    name: str
    documents: int
    claimed: Mapping[str, int]
    merged: bool = False

    def share(self, benefit: str) -> Share:
        """Return the share of its documents that claim a benefit."""
        return Share(self.claimed.get(benefit, 0), self.documents)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups by one key of the metadata.

    Attributes
    ----------
    key
        As the metadata call it, e.g. ``Award year``.
    groups
        In the order in which they are shown.
    unknown
        Documents of which nothing is known, in number.
    ordered
        Whether the groups are years, in order.
    """

    key: str
    groups: tuple[Group, ...]
    unknown: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What many documents claim together.

    Attributes
    ----------
    tagging
        Which model looked for which framework.
    documents, pages, words, passages
        Totals; `pages` of the documents that have pages.
    tagged_from, tagged_until
        When the first and the last result was made, UTC; None without documents.
    verdicts
        Benefit to verdict to documents.
    statuses
        Benefit to status to documents with a passage that speaks of it so.
    mentioned
        Benefit to documents with a passage that speaks of it, in whatever status, that do not claim it.
    concepts
        (benefit, concept) to documents.
    pairs
        (benefit, benefit) to documents that claim both, either order; (benefit, same) that claim it.
    stakeholders
        Stakeholder to benefit to documents that claim it for them.
    patterns
        Verdicts to documents that have just these, most frequent first.
    groupings
        By year, funder, programme and whatever else was asked for.
    quotations
        Benefit to its strongest quotations, at most one a document, strongest first.
    listed
        Documents one by one, in the order of their places; the first ones of a very large portfolio.
    failures
        Reason to places that could not be read.
    failed
        These places one by one, the first ones when there are very many.
    """

    tagging: Tagging
    documents: int
    pages: int
    words: int
    passages: int
    tagged_from: str | None
    tagged_until: str | None
    verdicts: Mapping[str, Mapping[Verdict, int]]
    statuses: Mapping[str, Mapping[str, int]]
    mentioned: Mapping[str, int]
    concepts: Mapping[tuple[str, str], ConceptCount]
    pairs: Mapping[tuple[str, str], int]
    stakeholders: Mapping[str, Mapping[str, int]]
    patterns: Mapping[Pattern, int]
    groupings: tuple[Grouping, ...]
    quotations: Mapping[str, tuple[Evidence, ...]]
    listed: tuple[ListedDocument, ...]
    failures: Mapping[str, int]
    failed: tuple[StoredFailure, ...]

    def claimed(self, benefit: str) -> Share:
        """Return the share of documents that claim a benefit."""
        return Share(self.verdicts[benefit].get("claimed", 0), self.documents)

    def pair(self, benefit: str, other: str) -> Share:
        """Return, of the documents that claim a benefit, the share that claims the other one too."""
        return Share(self.pairs.get((benefit, other), 0), self.claimed(benefit).count)

    def share(self, count: int) -> Share:
        """Return so many documents as a share of all."""
        return Share(count, self.documents)
