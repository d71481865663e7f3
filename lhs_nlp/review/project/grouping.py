"""Which records are of one publication: worked out again when records or judgements were added."""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Connection

from lhs_nlp.archive.store.columns import now, storable
from lhs_nlp.database import insert
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.duplicates.finding import Duplicates, Pair, find_duplicates
from lhs_nlp.review.project.columns import reference_from_row
from lhs_nlp.review.project.connection import key


@dataclass(frozen=True, slots=True)
class Grouping:
    """How many there are.

    Parameters
    ----------
    records
        Records of all files.
    publications
        Publications that they are of.
    close
        Pairs that look alike and were kept apart.
    """

    records: int
    publications: int
    close: int


def is_worked_out(connection: Connection) -> bool:
    """Return whether nothing was added or judged since duplicates were found."""
    return _done(connection) == _state(connection)


def work_out(connection: Connection) -> None:
    """Find duplicates; the caller has a transaction open."""
    state = _state(connection)
    if _done(connection) != state:
        _store(connection, *_find(connection))
        connection.execute("UPDATE worked_out SET records = ?, judgements = ?", state)


def count(connection: Connection) -> Grouping:
    """Return how many records, publications and close pairs there are."""
    counts = connection.execute(
        "SELECT count(*), count(DISTINCT publication_id), (SELECT count(*) FROM pairs WHERE NOT joined)"
        " FROM publications"
    )
    return Grouping(*counts.fetchone())


def judge(
    connection: Connection, pair: tuple[int, int], by: str, *, same: bool | None, reason: str | None = None
) -> None:
    """Say that two records are of one publication or are not; None takes back what was said."""
    first, second = sorted(pair)
    both = key(first), key(second)
    if connection.execute("SELECT count(*) FROM records WHERE id IN (?, ?)", both).fetchone()[0] != 2:
        raise ReviewError(f"{first} and {second} are not the numbers of two records of this project.")
    connection.execute(
        "UPDATE judgements SET undone_by = ?, undone_at = ? WHERE first_id = ? AND second_id = ? AND undone_at IS NULL",
        (storable(by), now(), first, second),
    )
    if same is not None:
        values = {
            "first_id": first,
            "second_id": second,
            "same": same,
            "reason": None if reason is None else storable(reason),
            "made_by": storable(by),
            "made_at": now(),
        }
        insert(connection, "judgements", values)


def _done(connection: Connection) -> tuple[int, int]:
    row = connection.execute("SELECT records, judgements FROM worked_out").fetchone()
    return row["records"], row["judgements"]


def _state(connection: Connection) -> tuple[int, int]:
    records = connection.execute("SELECT count(*) FROM records").fetchone()[0]
    # One more for each that is undone: an undone judgement changes the groups, too.
    judgements = connection.execute("SELECT count(*) + count(undone_at) FROM judgements").fetchone()[0]
    return records, judgements


def _find(connection: Connection) -> tuple[list[int], Duplicates]:
    rows = connection.execute("SELECT * FROM records ORDER BY id").fetchall()
    ids = [row["id"] for row in rows]
    at = {number: place for place, number in enumerate(ids)}
    said: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for row in connection.execute("SELECT * FROM judgements WHERE undone_at IS NULL"):
        said[bool(row["same"])].append((at[row["first_id"]], at[row["second_id"]]))
    return ids, find_duplicates([reference_from_row(row) for row in rows], together=said[True], apart=said[False])


def _store(connection: Connection, ids: list[int], found: Duplicates) -> None:
    publication = {number: number for number in ids}
    for group in found.groups:
        publication |= {ids[member]: ids[group.members[0]] for member in group.members}
    connection.execute("DELETE FROM pairs")
    connection.execute("DELETE FROM publications")
    connection.executemany("INSERT INTO publications VALUES (?, ?)", publication.items())
    joined = (pair for group in found.groups for pair in group.pairs)
    rows = [_row(ids, pair, joined=True) for pair in joined] + [_row(ids, pair, joined=False) for pair in found.close]
    connection.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?)", rows)


def _row(ids: list[int], pair: Pair, *, joined: bool) -> tuple[int, int, float, str, bool]:
    return ids[pair.first], ids[pair.second], pair.score, pair.reason, joined
