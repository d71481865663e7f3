"""Verdicts that moved between two models, and the passages that explain why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

import numpy as np

from lhs_nlp.archive.store import Store, StoredSummary, Tagging
from lhs_nlp.passages import Passage
from lhs_nlp.summary import Verdict

PASSAGES = 3
"""Most passages that explain one move."""

_LEAST_SHIFT = 0.01
_RANKS: dict[Verdict, int] = {"not_claimed": 0, "needs_review": 1, "claimed": 2}

_BOTH = """
    FROM summaries AS old JOIN summaries AS new ON new.document_id = old.document_id
    WHERE old.model_id = :old_model AND old.framework_id = :old_framework
        AND new.model_id = :new_model AND new.framework_id = :new_framework
        AND old.document_id IN (SELECT document_id FROM sources)
"""
_MOVES = f"""
    SELECT (SELECT sha256 FROM documents WHERE id = old.document_id) AS sha256,
        (SELECT min(name) FROM sources WHERE document_id = old.document_id) AS source,
        before.benefit, before.verdict AS verdict_before, before.confidence AS confidence_before,
        after.verdict AS verdict_after, after.confidence AS confidence_after
    FROM (SELECT old.document_id, old.id AS old_id, new.id AS new_id {_BOTH}) AS old
    JOIN verdicts AS before ON before.summary_id = old_id
    JOIN verdicts AS after ON after.summary_id = new_id AND after.benefit = before.benefit
    WHERE before.verdict != after.verdict
    ORDER BY source, before.rowid
"""  # noqa: S608 - made of constants alone


@dataclass(frozen=True, slots=True)
class Shift:
    """A passage that claims the benefit more, or less, by the second model.

    Attributes
    ----------
    passage
        The passage.
    before, after
        Probability that it claims the benefit.
    status_before, status_after
        In which status the benefit is present; None where it is not.
    """

    passage: Passage
    before: float
    after: float
    status_before: str | None
    status_after: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return {
            "page": self.passage.page,
            "section": self.passage.section,
            "text": self.passage.text,
            "claim_probability": [round(self.before, 4), round(self.after, 4)],
            "status": [self.status_before, self.status_after],
        }


@dataclass(frozen=True, slots=True)
class Move:
    """A verdict of one model that is another one's no more.

    Attributes
    ----------
    source, sha256
        The document.
    benefit
        Id of the benefit.
    before, after
        The two verdicts.
    confidence_before, confidence_after
        And how probable each model thinks it that the document claims the benefit.
    shifts
        Passages that moved most in the same direction; empty when none did: then the models
        draw the line elsewhere.
    """

    source: str
    sha256: str
    benefit: str
    before: Verdict
    after: Verdict
    confidence_before: float
    confidence_after: float
    shifts: tuple[Shift, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return {
            "source": self.source,
            "sha256": self.sha256,
            "benefit": self.benefit,
            "verdict": [self.before, self.after],
            "confidence": [round(self.confidence_before, 4), round(self.confidence_after, 4)],
            "passages": [shift.to_dict() for shift in self.shifts],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many documents were tagged by both models, and which verdicts moved how often.

    Attributes
    ----------
    both, only_before, only_after
        Documents tagged by both models, and by one alone.
    moved
        (benefit, verdict before, verdict after) to the number of documents.
    """

    both: int
    only_before: int
    only_after: int
    moved: Counter[tuple[str, Verdict, Verdict]]


def compare(store: Store, before: Tagging, after: Tagging) -> Comparison:
    """Count what moved between two models' results.

    Parameters
    ----------
    store
        Holds both.
    before, after
        Whose results; benefits that only one of their frameworks has are left out.
    """
    (both,) = store.connection.execute(f"SELECT count(*) {_BOTH}", _values(before, after)).fetchone()
    moved = Counter(
        (row["benefit"], row["verdict_before"], row["verdict_after"]) for row in _rows(store, before, after)
    )
    return Comparison(both, store.count(before) - both, store.count(after) - both, moved)


def moves(store: Store, before: Tagging, after: Tagging) -> Iterator[Move]:
    """Yield each verdict that moved, in the order of the documents' places, with what explains it."""
    sha256, pair = "", None
    for row in _rows(store, before, after):
        if row["sha256"] != sha256:
            sha256 = row["sha256"]
            pair = store.summary(sha256, before), store.summary(sha256, after)
        if pair and pair[0] and pair[1]:
            yield _move(row, pair[0], pair[1])


def _rows(store: Store, before: Tagging, after: Tagging) -> Iterator[Row]:
    # Not `yield from`: whoever stops half-way would close the cursor, and by then the store may be closed itself.
    for row in store.connection.execute(_MOVES, _values(before, after)):  # noqa: UP028
        yield row


def _values(before: Tagging, after: Tagging) -> dict[str, int]:
    return {
        "old_model": before.model_id,
        "old_framework": before.framework_id,
        "new_model": after.model_id,
        "new_framework": after.framework_id,
    }


def _move(row: Row, before: StoredSummary, after: StoredSummary) -> Move:
    return Move(
        source=row["source"],
        sha256=row["sha256"],
        benefit=row["benefit"],
        before=row["verdict_before"],
        after=row["verdict_after"],
        confidence_before=row["confidence_before"],
        confidence_after=row["confidence_after"],
        shifts=_shifts(row, before, after),
    )


def _shifts(row: Row, before: StoredSummary, after: StoredSummary) -> tuple[Shift, ...]:
    benefit = row["benefit"]
    old, new = (each.claims[:, each.summary.framework.benefit_ids.index(benefit)] for each in (before, after))
    up = _RANKS[row["verdict_after"]] > _RANKS[row["verdict_before"]]
    gains = (new - old) * (1 if up else -1)
    statuses = [
        {finding.passage.index: finding.status for finding in each.summary.findings if finding.benefit == benefit}
        for each in (before, after)
    ]
    return tuple(
        Shift(
            before.summary.passages[at],
            float(old[at]),
            float(new[at]),
            statuses[0].get(int(at)),
            statuses[1].get(int(at)),
        )
        for at in np.argsort(-gains, kind="stable")[:PASSAGES]
        if gains[at] >= _LEAST_SHIFT
    )
