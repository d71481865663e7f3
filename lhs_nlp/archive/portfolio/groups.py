"""Which documents belong together by what is known of them: year, funder, programme."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lhs_nlp.archive.portfolio.types import Group, Grouping
from lhs_nlp.documents.cells import column_key, says_no_text
from lhs_nlp.report.display import one_line
from lhs_nlp.wording import counted

YEAR_KEYS = ("year", "publication_year", "award_year", "fiscal_year", "start_year", "publication_date", "date")
"""Keys under which a year is looked for, the best first; case, spaces, hyphens and underscores do not matter."""
OTHER_KEYS = (
    ("funder", "funding_agency", "funding_source", "agency", "sponsor"),
    ("programme", "program", "scheme", "call"),
)
"""Keys under which a funder and a programme are looked for."""

MOST_GROUPS = 40
"""Groups of a grouping that are shown: the years, or the largest groups."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def grouping_keys(known: Sequence[str], wanted: Sequence[str] = ()) -> list[str]:
    """Return the keys to group by: year, funder and programme as far as they are known, then those wanted."""
    by_name = {column_key(key): key for key in reversed(known)}
    found = (next((by_name[name] for name in names if name in by_name), None) for names in (YEAR_KEYS, *OTHER_KEYS))
    keys: dict[str, str] = {}
    for key in [*filter(None, found), *wanted]:
        keys.setdefault(column_key(key), key)
    return list(keys.values())


def is_known(key: str, known: Iterable[str]) -> bool:
    """Return whether a key is among others, however it is written."""
    return column_key(key) in map(column_key, known)


class GroupCounter:
    """Counts documents by one key of their metadata, however each of them writes it.

    Parameters
    ----------
    key
        As the report calls it.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self._column = column_key(key)
        self._years = self._column in YEAR_KEYS
        # In other columns NA may be a code, as of Namibia.
        self._na_is_none = any(self._column in keys for keys in OTHER_KEYS)
        self._documents: Counter[str] = Counter()
        self._claimed: dict[str, Counter[str]] = defaultdict(Counter)
        self._unknown = 0

    def name_of(self, metadata: Mapping[str, str]) -> str | None:
        """Return the group that a document belongs to; None when nothing is known."""
        # What the sources say stands behind what the file says of itself, and counts.
        written = [self.key, *(key for key in list(metadata)[::-1] if column_key(key) == self._column)]
        value = one_line(next(filter(None, map(metadata.get, written)), ""))
        if not self._years:
            return None if self._na_is_none and says_no_text(value) else value or None
        year = _YEAR.search(value)
        return year[0] if year else None

    def add(self, metadata: Mapping[str, str], claimed: Iterable[str]) -> str | None:
        """Count a document with the benefits that it claims; return its group."""
        name = self.name_of(metadata)
        if name is None:
            self._unknown += 1
        else:
            self._documents[name] += 1
            self._claimed[name].update(claimed)
        return name

    def grouping(self) -> Grouping:
        """Return the groups: the latest years in order, or the largest groups, the others together."""
        if self._years:
            names = sorted(self._documents)
            shown, others = names[-MOST_GROUPS:], names[:-MOST_GROUPS]
        else:
            names = [name for name, _ in sorted(self._documents.items(), key=lambda pair: (-pair[1], pair[0]))]
            shown, others = names[:MOST_GROUPS], names[MOST_GROUPS:]
        return Grouping(self.key, tuple(self._groups(shown, others)), self._unknown, ordered=self._years)

    def _groups(self, shown: Sequence[str], others: Sequence[str]) -> Iterator[Group]:
        for name in shown:
            yield Group(name, self._documents[name], self._claimed[name])
        if others:
            yield Group(
                counted(len(others), "other"),
                sum(self._documents[name] for name in others),
                sum((self._claimed[name] for name in others), Counter()),
                merged=True,
            )
