"""Records read anew from their fields, by a version that understands them better than the one that added them."""

from __future__ import annotations

from sqlite3 import Connection

from lhs_nlp.references.conversion import reference_from
from lhs_nlp.review.project.columns import reference_from_row, reference_values


def reread(connection: Connection) -> int:
    """Read every record again and return how many say something else now; the caller has a transaction open.

    Nobody edits the records of a project: what differs from the fields is what an older version made of them.
    """
    changed = 0
    for (number,) in connection.execute("SELECT id FROM records ORDER BY id").fetchall():
        before = reference_from_row(connection.execute("SELECT * FROM records WHERE id = ?", (number,)).fetchone())
        after = reference_from(before.format, before.fields)
        if after != before:
            values = reference_values(after)
            columns = ", ".join(f"{name} = :{name}" for name in values)
            connection.execute(f"UPDATE records SET {columns} WHERE id = :id", {**values, "id": number})  # noqa: S608
            changed += 1
    if changed:
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
    return changed
