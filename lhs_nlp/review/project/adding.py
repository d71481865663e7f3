"""Add a file of references to a project: all of it, once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from sqlite3 import Connection

from lhs_nlp.archive.store.columns import now, storable, to_json
from lhs_nlp.database import insert, insert_all
from lhs_nlp.errors import ReviewError
from lhs_nlp.references import read_references
from lhs_nlp.references.types import ReferenceFile
from lhs_nlp.review.project.columns import reference_values
from lhs_nlp.review.project.connection import transaction
from lhs_nlp.review.project.project import Project
from lhs_nlp.review.project.types import Added


def add_file(project: Project, path: str | Path, by: str) -> Added:
    """Add the records of a file, or none of them when that fails.

    Parameters
    ----------
    project
        Where to.
    path
        A file of any format that `read_references` reads. One whose content was added before, under whatever name,
        adds nothing.
    by
        Who adds it.

    Raises
    ------
    LhsNlpError
        The file cannot be read, or the project cannot be written.
    """
    path = Path(path)
    file = read_references(path)
    digest = _sha256(path)
    with transaction(project.connection, project.path) as connection:
        found = connection.execute("SELECT name FROM sources WHERE sha256 = ?", (digest,)).fetchone()
        if not found:
            _insert(connection, file, digest, by)
    before = found["name"] if found else None
    return Added(
        name=path.name,
        format=file.format,
        encoding=file.encoding,
        records=len(file.records),
        skipped=file.skipped,
        columns=file.columns,
        warnings=file.warnings,
        before=before,
    )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReviewError(f"{path}: cannot be read ({error.strerror}).") from error


def _insert(connection: Connection, file: ReferenceFile, digest: str, by: str) -> None:
    source = insert(
        connection,
        "sources",
        {
            "sha256": digest,
            "name": storable(file.path.name),
            "format": file.format,
            "encoding": file.encoding,
            "columns": to_json(file.columns),
            "added_by": storable(by),
            "added_at": now(),
        },
    )
    records = enumerate(file.records, start=1)
    insert_all(
        connection,
        "records",
        ({"source_id": source, "position": at, **reference_values(reference)} for at, reference in records),
    )
    insert_all(
        connection,
        "skipped",
        (
            {
                "source_id": source,
                "position": at,
                "line": piece.line,
                "text": storable(piece.text),
                "reason": piece.reason,
            }
            for at, piece in enumerate(file.skipped, start=1)
        ),
    )
