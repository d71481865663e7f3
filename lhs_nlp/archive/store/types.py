"""What a store gives back beside documents and summaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.documents.cells import column_key, says_no_text
from lhs_nlp.framework import Framework
from lhs_nlp.summary import DocumentSummary

Outcome = Literal["finished", "interrupted", "stopped"]

TITLE_KEYS = ("title", "project_title", "proposal_title", "award_title", "study_title")
"""Keys under which a place tells a document's title, the best first, as `column_key` writes them."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """One model that looks for one framework: the results of a store that belong together.

    Attributes
    ----------
    model_id, framework_id
        Keys in the tables `models` and `frameworks`, for SQL.
    model, model_sha256
        Name and hash of the bundle.
    framework
        What is looked for.
    """

    model_id: int
    framework_id: int
    model: str
    model_sha256: str
    framework: Framework


@dataclass(frozen=True, slots=True)
class Source:
    """A place where a document was found.

    Attributes
    ----------
    name
        Path or URL as the user named it.
    metadata
        What is known of it beside its content, e.g. `year` or `funder`; text to text.
    """

    name: str
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str | None:
        """The document's title as its place tells it: the column ``title`` of a table, say."""
        told = {column_key(key): value for key, value in list(self.metadata.items())[::-1]}
        titles = (told[key] for key in TITLE_KEYS if key in told and not says_no_text(told[key]))
        return next(titles, None)


@dataclass(frozen=True, slots=True)
class StoredSummary:
    """A result and where its document was found.

    Attributes
    ----------
    summary
        As `Tagger` made it; `document.source` is the name of the first source.
    sources
        In the order of their names; empty for a document that is no longer where it was.
    claims
        Probability that each passage claims each benefit, float32 [passages, B].
    tagged_at
        UTC, e.g. ``2026-01-31T08:00:00Z``.
    metadata
        What the sources say of the document; where they differ, what the latest run found counts.
    """

    summary: DocumentSummary
    sources: tuple[Source, ...]
    claims: NDArray[np.float32]
    tagged_at: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """A place that could not be read; `reason` is a key of `lhs_nlp.archive.REASONS`."""

    source: str
    reason: str
    message: str
    sha256: str | None
    failed_at: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `batch`; `outcome`, `finished_at` and the counts are None while it runs, or when it was killed."""

    id: int
    model: str
    framework: str
    version: str
    named: tuple[str, ...]
    started_at: str
    finished_at: str | None
    outcome: Outcome | None
    tagged: int | None
    skipped: int | None
    failed: int | None
