"""Tables: what a column holds is guessed from its name, and the guess is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from lhs_nlp.documents.cells import MISSING
from lhs_nlp.errors import ReferencesError
from lhs_nlp.references.names import names_in
from lhs_nlp.references.parsed import Parsed, skipped_text
from lhs_nlp.references.roles import roles_of, tag_of, uses_of
from lhs_nlp.references.types import Fields
from lhs_nlp.references.values import Value, tagged_values
from lhs_nlp.spreadsheet import is_formula

Row = tuple[int, Sequence[str]]
"""Number of a row's first line, and its cells."""

_HEAD_WITHIN = 20
_PEOPLE = ("authors", "editors")
_JOINTS = {"authors": "; ", "editors": "; ", "keywords": "; "}


def parse(rows: Sequence[Row]) -> Parsed:
    """Make records of rows: the first row that names a title column names all; rows above it are reported."""
    head = head_in(rows)
    if head is None:
        first = ", ".join(repr(cell) for cell in rows[0][1][:12]) if rows else ""
        raise ReferencesError(
            f"the table has no column for the title (the first row holds {first}); name one of them 'title'.",
            "unsupported",
        )
    above = tuple(
        skipped_text(line, "; ".join(cells), "A row above the names of the columns.")
        for line, cells in rows[:head]
        if any(cells)
    )
    below = [[as_text(cell) for cell in cells] for _, cells in rows[head + 1 :]]
    if _is_turned(rows[head][1], below):
        raise ReferencesError(
            "the table has a row for each field, not for each reference; export it with a column for each field, or "
            "as RIS.",
            "unsupported",
        )
    width = max(len(cells) for cells in [rows[head][1], *below])
    names = _names([as_text(cell) for cell in rows[head][1]], width)
    filled = ([_known(name, cell) for name, cell in zip(names, row, strict=False)] for row in below)
    records = tuple(
        tuple(zip(names, [*row, *[""] * (width - len(row))], strict=True)) for row in filled if any(map(str.strip, row))
    )
    columns = tuple((name, role_of(name)) for name in names)
    return Parsed(records, above, tuple(_too_wide(rows[head:])), columns)


def _too_wide(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what to check where rows hold more than the first one names: a delimiter in a text shifts all behind it."""
    named = len(rows[0][1])
    lines = [line for line, cells in rows[1:] if any(map(str.strip, cells[named:]))]
    if lines:
        yield (
            f"Rows with more cells than there are names of columns: {len(lines):,}, the first in line {lines[0]:,}. "
            "Their texts may stand in wrong columns: texts with a delimiter need quotation marks."
        )


def _known(name: str, cell: str) -> str:
    """Return a cell, "" for one that says that there is no value, where it cannot be a code."""
    return "" if cell.strip() in MISSING and role_of(name) else cell


def _is_turned(head: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Return whether the title is one row of several that each begin with the name of a field, as Embase has them."""
    named = [row[0] for row in below if row and row[0].strip()]
    known = sum(bool(role_of(cell)) for cell in named)
    return role_of(head[0]) == "title" and not any(map(role_of, head[1:])) and known > len(named) / 2


def head_in(rows: Sequence[Row]) -> int | None:
    """Return which of the first rows names the columns; None when none names a title."""
    for at, (_, cells) in enumerate(rows[:_HEAD_WITHIN]):
        if any(_key(cell) in roles_of("table")["title"] for cell in cells):
            return at
    return None


def _names(head: Sequence[str], width: int) -> list[str]:
    names = [*head, *[""] * (width - len(head))]
    return [name if name.strip() else f"column {number}" for number, name in enumerate(names, start=1)]


def role_of(name: str) -> str:
    """Return what a column of this name holds; "" when that is not known."""
    use = _use(name)
    return use[1] if use else ""


@lru_cache(maxsize=4096)
def _use(name: str) -> tuple[int, str] | None:
    """Return the role that a column of this name suits best, and its rank among the columns of that role."""
    uses = sorted((rank, place, role) for place, rank, role in uses_of("table").get(_key(name), ()))
    return (uses[0][0], uses[0][2]) if uses else None


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def as_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def as_text(cell: str) -> str:
    """Return the text of a cell that `as_cell` made; other cells as they are."""
    return cell[1:] if cell.startswith("'") and is_formula(cell.lstrip("'")) else cell


def rows_of(records: Sequence[Fields]) -> list[list[str]]:
    """Return the cells of a table: the names of the columns, then the records; each column that any record has."""
    records = _alike(records)
    columns = dict.fromkeys(column for fields in records for column in _columns(fields))
    rows = [[name for name, _ in columns]]
    for fields in records:
        cells = dict(zip(_columns(fields), (value for _, value in fields), strict=True))
        rows.append([cells.get(column, "") for column in columns])
    return [[as_cell(cell) for cell in row] for row in rows]


def _alike(records: Sequence[Fields]) -> Sequence[Fields]:
    """Return records that name their columns alike: in a file of several sources, titles stand in one column."""
    names: dict[str, set[str]] = {}
    for fields in records:
        for at, role in _best(fields).items():
            names.setdefault(role, set()).add(fields[at][0])
    if all(len(same) == 1 for same in names.values()):
        return records
    return [_renamed(fields) for fields in records]


def _renamed(fields: Fields) -> Fields:
    best = _best(fields)
    return tuple(
        (str(tag_of("table", best[at])) if at in best else name, cell) for at, (name, cell) in enumerate(fields)
    )


def _best(fields: Fields) -> dict[int, str]:
    """Return which fields are those of the column that suits a role best, and the role."""
    best: dict[str, tuple[int, int]] = {}
    for at, (name, _) in enumerate(fields):
        if use := _use(name):
            rank, role = use
            best[role] = min(best.get(role, (rank, at)), (rank, at))
    return {at: role for role, (_, at) in best.items()}


def _columns(fields: Fields) -> list[tuple[str, int]]:
    """Return name and repetition of each column: a name may come twice."""
    seen = Counter[str]()
    columns = []
    for name, _ in fields:
        columns.append((name, seen[name]))
        seen[name] += 1
    return columns


def values(fields: Fields) -> list[Value]:
    """Return what the fields of a record say."""
    return tagged_values("table", fields, tag=_key, text=_plain)


def _plain(name: str, value: str) -> str:
    return "\n".join(names_in(value)) if role_of(name) in _PEOPLE else value


def added(fields: Fields, values: Iterable[tuple[str, str]]) -> Fields:
    """Return fields that say more; several values of a role share its column."""
    written = list(fields)
    ordered = sorted(values, key=lambda value: value[0] not in roles_of("table"))
    for role, group in groupby(ordered, key=lambda value: value[0]):
        texts = [text for _, text in group]
        joint = _JOINTS.get(role, "\n")
        at = next((at for at, (name, _) in enumerate(written) if name == role or role_of(name) == role), None)
        if at is None:
            written.append((tag_of("table", role) or role, joint.join(texts)))
        else:
            name, before = written[at]
            written[at] = (name, joint.join([before, *texts] if before.strip() else texts))
    return tuple(written)
