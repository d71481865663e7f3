"""A file that could not be read, as a result beside the summaries of those that could."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from lhs_nlp.summary import DocumentSummary


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document has no summary.

    Attributes
    ----------
    source
        Where the document should have come from: a path as the user gave it, or a name.
    reason
        One of `lhs_nlp.errors.READ_REASONS`.
    message
        A sentence that says what to do.
    """

    source: str
    reason: str
    message: str


Result: TypeAlias = Union["DocumentSummary", Failure]
"""What becomes of a file: a summary or a failure."""


def each(results: Result | Iterable[Result]) -> tuple[Result, ...]:
    """Return the results, whether one was given or several."""
    return tuple(results) if isinstance(results, Iterable) else (results,)
