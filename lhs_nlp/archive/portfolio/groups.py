"""Which documents belong together by what is known of them: year, funder, programme."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lhs_nlp.archive.portfolio.types import Group, Grouping
from lhs_nlp.counts import counted
from lhs_nlp.report.display import one_line

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
    by_name = {_plain(key): key for key in reversed(known)}
    found = (next((by_name[name] for name in names if name in by_name), None) for names in (YEAR_KEYS, *OTHER_KEYS))
    return list(dict.fromkeys([key for key in found if key is not None] + list(wanted)))


class GroupCounter:
    """Counts documents by one key of their metadata.

    Parameters
    ----------
    key
        As the metadata call it.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self._years = _plain(key) in YEAR_KEYS
        self._documents: Counter[str] = Counter()
        self._claimed: dict[str, Counter[str]] = defaultdict(Counter)
        self._unknown = 0

    def name_of(self, metadata: Mapping[str, str]) -> str | None:
        """Return the group that a document belongs to; None when nothing is known."""
        value = one_line(metadata.get(self.key) or "")
        if not self._years:
            return value or None
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


def _plain(key: str) -> str:
    return re.sub(r"[\s_-]+", "_", key.strip().lower())
