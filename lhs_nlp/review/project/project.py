"""A review project: a folder with one database, in which nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection, Row
from types import TracebackType
from typing import Self

from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project.columns import reference_from_row
from lhs_nlp.review.project.connection import DATABASE, connect, create, key, transaction, translated_errors
from lhs_nlp.review.project.grouping import Grouping, count, is_worked_out, judge, work_out
from lhs_nlp.review.project.types import Likely, Record

_RECORDS = """
    SELECT records.*, sources.name AS source, publication_id
    FROM records JOIN sources ON sources.id = source_id JOIN publications ON record_id = records.id
"""


class Project:
    """The references of a literature review, and what was decided about them.

    The schema is a public one: see `schema.sql`, and read through `connection` with SQL or
    pandas. Everything that is written is written whole or not at all.

    Parameters
    ----------
    folder
        Where it is.
    new
        Make it; there must be none.

    Raises
    ------
    ReviewError
        There is no such project, or one already.

    Examples
    --------
    >>> with Project("falls") as project:
    ...     for record in project.records(publications=True):
    ...         print(record.id, record.reference.title)
    """

    def __init__(self, folder: str | Path, *, new: bool = False) -> None:
        self.folder = Path(folder)
        self.path = self.folder / DATABASE
        self.connection: Connection = create(self.folder) if new else connect(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def bring_up_to_date(self) -> None:
        """Work out duplicates if records or judgements were added since: what goes by publications asks for it first.

        It costs next to nothing when there is nothing to do.
        """
        with translated_errors(self.path):
            done = is_worked_out(self.connection)
        if not done:
            with transaction(self.connection, self.path) as connection:
                work_out(connection)

    def work_out_duplicates(self) -> Grouping:
        """Bring the groups of duplicates up to date; return how many records, publications and close pairs there are.

        They are counted each time; who does not need the numbers calls `bring_up_to_date`.
        """
        self.bring_up_to_date()
        with translated_errors(self.path):
            return count(self.connection)

    def judge(self, pair: tuple[int, int], by: str, *, same: bool | None, reason: str | None = None) -> None:
        """Say that two records are of one publication, or are not.

        Parameters
        ----------
        pair
            Numbers of the records.
        by
            Who says so.
        same
            None takes back what was said.
        reason
            Why.

        Raises
        ------
        ReviewError
            They are not two records of this project.
        """
        with transaction(self.connection, self.path) as connection:
            judge(connection, pair, by, same=same, reason=reason)

    def records(self, *, publications: bool = False) -> Iterator[Record]:
        """Yield records in the order in which they were added.

        Parameters
        ----------
        publications
            Yield one record a publication, the first.
        """
        self.bring_up_to_date()
        where = "WHERE records.id = publication_id" if publications else ""
        with translated_errors(self.path):
            for row in self.connection.execute(f"{_RECORDS} {where} ORDER BY records.id"):
                yield _record(row)

    def record(self, number: int) -> Record:
        """Return a record. Raises ReviewError when there is none of that number."""
        self.bring_up_to_date()
        with translated_errors(self.path):
            row = self.connection.execute(f"{_RECORDS} WHERE records.id = ?", (key(number),)).fetchone()
        if row is None:
            raise ReviewError(f"{self.folder}: there is no record {number}.")
        return _record(row)

    def likely(self) -> list[Likely]:
        """Return pairs of records that look alike: those joined first, then the closest."""
        self.bring_up_to_date()
        with translated_errors(self.path):
            rows = self.connection.execute("SELECT * FROM pairs ORDER BY joined DESC, score DESC, first_id, second_id")
            return [Likely(r["first_id"], r["second_id"], r["score"], r["reason"], bool(r["joined"])) for r in rows]


def _record(row: Row) -> Record:
    return Record(row["id"], row["publication_id"], row["source"], row["position"], reference_from_row(row))
