"""Places in the store of results: one a publication, for as long as there is such a publication."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lhs_nlp.archive import Store
from lhs_nlp.archive.store.connection import transaction
from lhs_nlp.review.project.publications import Publication

_PLACE = re.compile(r"record \d+")


def place_of(publication: Publication) -> str:
    """Return what a publication is called in the store."""
    return f"record {publication.number}"


def forget_others(store: Store, publications: Iterable[Publication]) -> None:
    """Take away the places of records that have been joined to another publication; what was found there stays.

    Else commands that read a store would count such a publication twice.
    """
    known = set(map(place_of, publications))
    with transaction(store.connection, store.path) as connection:
        for table, column in (("sources", "name"), ("failures", "source")):
            names = [name for (name,) in connection.execute(f"SELECT {column} FROM {table}")]  # noqa: S608
            gone = [(name,) for name in names if _PLACE.fullmatch(name) and name not in known]
            connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)  # noqa: S608
