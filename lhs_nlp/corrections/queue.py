"""What to review first: verdicts from which most can be learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.connection import translated_errors
from lhs_nlp.corrections.types import Desk

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, Tagging
    from lhs_nlp.summary import Verdict

RARE = 0.2
"""A benefit is called rare when a smaller share of the documents claims it."""
UNCERTAIN = 0.5
"""A verdict is called uncertain when 4p(1 - p) is more: p between 0.15 and 0.85."""

# A verdict's worth is the variance of a coin of its probability, up to twice that for a benefit that nobody claims.
_WAITING = """
    WITH here AS (
        SELECT summaries.id, summaries.document_id, min(sources.name) AS source
        FROM summaries JOIN sources USING (document_id)
        WHERE model_id = :model AND framework_id = :framework GROUP BY summaries.id
    ),
    shares AS (
        SELECT benefit, avg(verdict = 'claimed') AS share
        FROM verdicts JOIN here ON here.id = summary_id GROUP BY benefit
    ),
    standing AS (
        SELECT * FROM decisions WHERE role = 'review' AND (:only IS NULL OR reviewer = :only) AND action != 'undo'
            AND id NOT IN (SELECT undoes FROM decisions WHERE undoes IS NOT NULL)
    )
"""
# That a passage speaks of no benefit rejects what was found in it, and says nothing of other benefits of the document.
_LEFT = """
    WHERE NOT EXISTS (
        SELECT 1 FROM standing WHERE summary_id = here.id
            AND (action = 'done' OR standing.benefit = verdicts.benefit OR (action = 'none' AND EXISTS (
                SELECT 1 FROM findings WHERE findings.summary_id = here.id AND findings.benefit = verdicts.benefit
                    AND findings.position = standing.position)))
    )
"""
_QUEUE = f"""{_WAITING}
    SELECT documents.sha256, documents.title, here.source, verdicts.benefit, verdict, confidence, share,
        4 * confidence * (1 - confidence) AS uncertainty,
        4 * confidence * (1 - confidence) * (2 - share) AS worth,
        (SELECT position FROM findings WHERE summary_id = here.id AND findings.benefit = verdicts.benefit
            AND quotation = 1) AS position
    FROM verdicts JOIN here ON here.id = verdicts.summary_id
    JOIN documents ON documents.id = here.document_id JOIN shares USING (benefit)
    {_LEFT}
    ORDER BY worth DESC, here.source, verdicts.benefit LIMIT :most OFFSET :skip
"""  # noqa: S608 - put together from constants
_LENGTH = f"""{_WAITING}
    SELECT count(*) FROM verdicts JOIN here ON here.id = verdicts.summary_id {_LEFT}
"""  # noqa: S608 - put together from constants
_PROGRESS = f"""{_WAITING}
    SELECT (SELECT count(*) FROM here) AS documents,
        (SELECT count(*) FROM here WHERE id IN (SELECT summary_id FROM standing WHERE action = 'done')) AS finished,
        (SELECT count(*) FROM standing WHERE summary_id IN (SELECT id FROM here) AND action != 'done') AS decisions
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A verdict that waits for a reviewer.

    Attributes
    ----------
    sha256, title, source
        The document.
    benefit, verdict, confidence
        What the model says.
    position
        Passage of the best quotation; None when nothing can be quoted.
    share
        Of the documents that claim the benefit, 0 to 1.
    worth
        The higher, the more there is to learn: 4p(1 - p) times (2 - share), 0 to 2.
    """

    sha256: str
    title: str | None
    source: str
    benefit: str
    verdict: Verdict
    confidence: float
    position: int | None
    share: float
    worth: float

    @property
    def uncertain(self) -> bool:
        """Whether the model hardly knows."""
        return 4 * self.confidence * (1 - self.confidence) > UNCERTAIN

    @property
    def rare(self) -> bool:
        """Whether few documents claim the benefit."""
        return self.share < RARE


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a desk has come: documents in all, those read to their end, and decisions that stand."""

    documents: int
    finished: int
    decisions: int


def queue(store: Store, tagging: Tagging, desk: Desk, most: int = 50, skip: int = 0) -> list[QueueEntry]:
    """Return verdicts on which nothing was decided yet, the most informative first.

    Informative is what the model is least sure of (uncertainty sampling, Lewis & Gale 1994,
    doi:10.1007/978-1-4471-2099-5_1), and, where it is as sure, the benefit that fewer documents claim.

    Parameters
    ----------
    store, tagging, desk
        Whose results, and whose decisions count.
    most, skip
        How many to return, after leaving out how many.
    """
    names = QueueEntry.__slots__
    with translated_errors(store.path):
        rows = store.connection.execute(_QUEUE, {**_values(tagging, desk), "most": most, "skip": skip})
        return [QueueEntry(**{name: row[name] for name in names}) for row in rows]


def waiting(store: Store, tagging: Tagging, desk: Desk) -> int:
    """Return how many verdicts are in the queue."""
    with translated_errors(store.path):
        length: int = store.connection.execute(_LENGTH, _values(tagging, desk)).fetchone()[0]
        return length


def progress(store: Store, tagging: Tagging, desk: Desk) -> Progress:
    """Return how far a desk has come."""
    with translated_errors(store.path):
        return Progress(*store.connection.execute(_PROGRESS, _values(tagging, desk)).fetchone())


def _values(tagging: Tagging, desk: Desk) -> dict[str, object]:
    return {"model": tagging.model_id, "framework": tagging.framework_id, "only": desk.only}
