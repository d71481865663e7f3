"""Criteria and decisions of screeners: who, when and why; nothing is overwritten, everything can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from sqlite3 import Row
from typing import Literal

from lhs_nlp.archive.store.columns import now, storable
from lhs_nlp.database import insert
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.connection import transaction, translated_errors
from lhs_nlp.review.project.types import Choice, Decision, Role, Stage


@dataclass(frozen=True, slots=True)
class Criterion:
    """What makes a record one of the review, or not.

    Parameters
    ----------
    id
        Its number.
    kind
        Whether records that meet it are included or excluded.
    text
        The criterion.
    """

    id: int
    kind: Literal["include", "exclude"]
    text: str


def add_criterion(project: Project, kind: Literal["include", "exclude"], text: str, by: str) -> int:
    """Add a criterion and return its number. Raises ReviewError when it is blank."""
    if not text.strip():
        raise ReviewError("A criterion needs words: say what includes or excludes a record.")
    values = {"kind": kind, "text": storable(text), "made_by": storable(by), "made_at": now()}
    with transaction(project.connection, project.path) as connection:
        return insert(connection, "criteria", values)


def criteria(project: Project) -> list[Criterion]:
    """Return the criteria that hold."""
    with translated_errors(project.path):
        rows = project.connection.execute("SELECT * FROM criteria WHERE undone_at IS NULL ORDER BY id")
        return [Criterion(row["id"], row["kind"], row["text"]) for row in rows]


def screener_of(project: Project, name: str) -> str:
    """Return how somebody's name was written when they first decided: capitals make no other screener of a person.

    Parameters
    ----------
    project
        Where they screen.
    name
        As it is written now; returned where nobody of that name has decided.
    """
    name = storable(name)
    with translated_errors(project.path):
        rows = project.connection.execute("SELECT made_by FROM decisions GROUP BY made_by ORDER BY min(id)")
        known = [row["made_by"] for row in rows]
    same = (each for each in known if each.casefold() == name.casefold())
    return name if name in known else next(same, name)


def decide(
    project: Project,
    record: int,
    choice: Choice,
    by: str,
    *,
    stage: Stage = "title_abstract",
    criterion: int | None = None,
    reason: str | None = None,
    role: Role = "screen",
) -> int:
    """Write down a screener's decision on a record and return the decision's number.

    Parameters
    ----------
    project
        Where.
    record
        Number of a record; the decision holds for all records of its publication.
    choice
        What was decided; what the same screener decided before at that stage no longer counts.
    by
        The screener.
    stage
        On what it was decided; of full texts those decisions count whose publications are included before.
    criterion
        Number of the criterion that decided.
    reason
        In the screener's words.
    role
        As a screener, or between screeners that differ: that counts for more than what they decided.

    Raises
    ------
    ReviewError
        There is no such record or criterion.
    """
    project.record(record)
    if criterion is not None and criterion not in {each.id for each in criteria(project)}:
        raise ReviewError(f"{project.folder}: there is no criterion {criterion}.")
    values = {
        "record_id": record,
        "stage": stage,
        "decision": choice,
        "criterion_id": criterion,
        "reason": None if reason is None else storable(reason),
        "made_by": screener_of(project, by),
        "made_at": now(),
        "role": role,
    }
    with transaction(project.connection, project.path) as connection:
        return insert(connection, "decisions", values)


def undo(project: Project, by: str, *, stage: Stage | None = None, role: Role | None = None) -> Decision | None:
    """Take back a screener's last decision, so that the one before it counts again.

    Parameters
    ----------
    project
        Where.
    by
        The screener.
    stage, role
        Take back the last one at this stage, and in this role; None for any.

    Returns
    -------
    Decision or None
        What was taken back; None when there is nothing.
    """
    by = screener_of(project, by)
    with transaction(project.connection, project.path) as connection:
        row = connection.execute(
            "SELECT * FROM decisions WHERE made_by = ? AND undone_at IS NULL"
            " AND stage = coalesce(?, stage) AND role = coalesce(?, role) ORDER BY id DESC LIMIT 1",
            (by, stage, role),
        ).fetchone()
        if row is None:
            return None
        taken_back = replace(_decision(row), undone_at=now())
        connection.execute(
            "UPDATE decisions SET undone_by = ?, undone_at = ? WHERE id = ?",
            (by, taken_back.undone_at, taken_back.id),
        )
        return taken_back


def standing(project: Project, stage: Stage = "title_abstract") -> Mapping[int, Mapping[str, Decision]]:
    """Return the decision of each screener that counts, by the number of the publication, then of the screener."""
    return latest_of(decisions_of(project, stage, "screen"))


def latest_of(decisions: Iterable[tuple[int, Decision]]) -> Mapping[int, Mapping[str, Decision]]:
    """Return the last decision of each screener, by the number of the publication, then of the screener."""
    found: defaultdict[int, dict[str, Decision]] = defaultdict(dict)
    for publication, decision in decisions:
        found[publication][decision.by] = decision
    return found


def rulings(project: Project, stage: Stage = "title_abstract") -> Mapping[int, Decision]:
    """Return what was decided between screeners, by the number of the publication; the last one counts."""
    return dict(decisions_of(project, stage, "adjudicate"))


def decisions_of(project: Project, stage: Stage, role: Role, *, undone: bool = False) -> list[tuple[int, Decision]]:
    """Return decisions, each behind the number of its publication, the oldest first.

    Parameters
    ----------
    project
        Where.
    stage, role
        On what they were made, and in which role.
    undone
        Return those that were taken back, too.
    """
    project.bring_up_to_date()
    with translated_errors(project.path):
        rows = project.connection.execute(
            "SELECT decisions.*, publication_id FROM decisions JOIN publications USING (record_id)"
            " WHERE stage = ? AND role = ? AND (undone_at IS NULL OR ?) ORDER BY id",
            (stage, role, undone),
        )
        return [(row["publication_id"], _decision(row)) for row in rows]


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        record=row["record_id"],
        stage=row["stage"],
        choice=row["decision"],
        criterion=row["criterion_id"],
        reason=row["reason"],
        by=row["made_by"],
        at=row["made_at"],
        role=row["role"],
        undone_at=row["undone_at"],
    )
