"""Full texts of publications: which file holds which, who said so, and why; nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lhs_nlp.archive.store.columns import now, storable
from lhs_nlp.database import insert
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project.connection import transaction, translated_errors
from lhs_nlp.review.project.project import Project


@dataclass(frozen=True, slots=True)
class FullText:
    """A file that holds the full text of a publication.

    Parameters
    ----------
    sha256
        Of its bytes.
    path
        Where it was when it was attached.
    matched_by
        What told that it is the publication's, in words.
    record
        Number of the record to which it is attached; None for none yet.
    """

    sha256: str
    path: Path
    matched_by: str
    record: int | None = None


def full_texts(project: Project) -> dict[int, FullText]:
    """Return the full texts of a project, by the numbers of their publications; the one attached last counts."""
    return dict(_attached(project))


def rivals(project: Project) -> dict[int, tuple[FullText, ...]]:
    """Return the different full texts of publications whose records each had one before they were joined.

    Returns
    -------
    dict
        Publication's number to its full texts, the one that counts last.
    """
    of_records: dict[int, dict[int | None, FullText]] = {}
    for number, full_text in _attached(project):
        own = of_records.setdefault(number, {})
        own.pop(full_text.record, None)
        own[full_text.record] = full_text
    several = {number: tuple(own.values()) for number, own in of_records.items()}
    return {number: found for number, found in several.items() if len({each.sha256 for each in found}) > 1}


def _attached(project: Project) -> list[tuple[int, FullText]]:
    """Return full texts, each behind the number of its publication, the one attached last at the end."""
    project.bring_up_to_date()
    with translated_errors(project.path):
        rows = project.connection.execute(
            "SELECT sha256, path, matched_by, record_id, publication_id"
            " FROM full_texts JOIN publications USING (record_id) WHERE undone_at IS NULL ORDER BY id"
        )
        return [
            (row["publication_id"], FullText(row["sha256"], Path(row["path"]), row["matched_by"], row["record_id"]))
            for row in rows
        ]


def attach(project: Project, record: int, full_text: FullText, by: str) -> None:
    """Say which file holds the full text of a record's publication; the one before no longer counts.

    Raises
    ------
    ReviewError
        There is no such record.
    """
    project.record(record)
    values = {
        "record_id": record,
        "sha256": full_text.sha256,
        "path": storable(str(full_text.path)),
        "matched_by": storable(full_text.matched_by),
        "attached_by": storable(by),
        "attached_at": now(),
    }
    with transaction(project.connection, project.path) as connection:
        insert(connection, "full_texts", values)


def detach(project: Project, record: int, by: str) -> FullText:
    """Take back that a record's publication has a full text, and return what it was.

    Raises
    ------
    ReviewError
        There is no such record, or it has no full text.
    """
    number = project.record(record).publication
    before = full_texts(project).get(number)
    if before is None:
        raise ReviewError(f"{project.folder}: record {record} has no full text.")
    with transaction(project.connection, project.path) as connection:
        connection.execute(
            "UPDATE full_texts SET undone_by = ?, undone_at = ? WHERE undone_at IS NULL"
            " AND record_id IN (SELECT record_id FROM publications WHERE publication_id = ?)",
            (storable(by), now(), number),
        )
    return before
