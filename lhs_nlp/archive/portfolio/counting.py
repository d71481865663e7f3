"""Go through a store once, and count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from sqlite3 import Connection
from typing import TYPE_CHECKING

from lhs_nlp.archive.errors import StoreError
from lhs_nlp.archive.portfolio.groups import GroupCounter, grouping_keys, is_known
from lhs_nlp.archive.portfolio.quoting import StrongestQuotations
from lhs_nlp.archive.portfolio.types import ConceptCount, ListedDocument, Pattern, Portfolio
from lhs_nlp.archive.results import DocumentResult, Quotation, file_metadata_keys, metadata_keys, results, snapshot
from lhs_nlp.report.display import heading_of

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, StoredFailure, Tagging
    from lhs_nlp.summary import Verdict

LISTED = 10_000
"""Most documents that are shown one by one."""
EXPLAINED = 500
"""Most documents of a portfolio that shows each with its quotations."""
FAILED = 1_000
"""Most failures that are shown one by one."""

_FINDINGS = "SELECT benefit, claimed, concepts FROM findings WHERE summary_id = ? AND present"


def portfolio_of(store: Store, tagging: Tagging, by: Sequence[str] = ()) -> Portfolio:
    """Count what the documents of a store claim.

    One document is in memory at a time, and of the first `LISTED` documents what is shown of them.

    Parameters
    ----------
    store, tagging
        Whose results; documents in whose place another one was found since are left out. Those whose
        place is gone count: it may be on a drive that is not there now.
    by
        Keys of the metadata to group by, beside year, funder and programme.

    Raises
    ------
    StoreError
        No document has metadata of one of these keys.
    """
    with snapshot(store) as connection:
        known = metadata_keys(connection, tagging)
        _check(by, [*known, *file_metadata_keys(connection, tagging)])
        tally = _Tally(tagging, grouping_keys(known, by), explained=store.count(tagging) <= EXPLAINED)
        for result in results(connection, tagging):
            tally.add(result, connection)
        failures = Counter(failure.reason for failure in store.failures())
        return tally.portfolio(failures, list(islice(store.failures(), FAILED)))


def _check(by: Sequence[str], known: Sequence[str]) -> None:
    for key in by:
        if not is_known(key, known):
            said = ", ".join(dict.fromkeys(known)) or "nothing"
            raise StoreError(f"No document of the store has metadata of {key!r}; the metadata tell of {said}.")


class _Tally:
    """Counts while the documents go by; what the attributes hold, `Portfolio` says."""

    def __init__(self, tagging: Tagging, keys: Sequence[str], *, explained: bool) -> None:
        benefits = tagging.framework.benefit_ids
        self.tagging, self.explained = tagging, explained
        self.groups = [GroupCounter(key) for key in keys]
        self.totals: Counter[str] = Counter()
        self.tagged: tuple[str, ...] = ()
        self.verdicts: dict[str, Counter[Verdict]] = {benefit: Counter() for benefit in benefits}
        self.statuses: dict[str, Counter[str]] = {benefit: Counter() for benefit in benefits}
        self.mentioned: Counter[str] = Counter()
        self.concepts: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] = (Counter(), Counter())
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.stakeholders: dict[str, Counter[str]] = {who.id: Counter() for who in tagging.framework.stakeholders}
        self.patterns: Counter[Pattern] = Counter()
        self.quotations = StrongestQuotations(tagging.framework)
        self.listed: list[ListedDocument] = []

    def add(self, result: DocumentResult, connection: Connection) -> None:
        """Count a document."""
        claimed = [benefit for benefit, found in result.benefits.items() if found.verdict == "claimed"]
        numbers = {name: getattr(result, name) or 0 for name in ("pages", "words", "passages")}
        self.totals.update(documents=1, **numbers)
        times = (*self.tagged, result.tagged_at)
        self.tagged = (min(times), max(times))
        for benefit, found in result.benefits.items():
            self.verdicts[benefit][found.verdict] += 1
            self.statuses[benefit].update(status for status, number in found.statuses.items() if number)
            self.mentioned[benefit] += benefit not in claimed and any(found.statuses.values())
        for who, offered in result.stakeholders.items():
            self.stakeholders[who].update(benefit for benefit in offered if benefit in claimed)
        self.pairs.update((one, other) for one in claimed for other in claimed)
        self.patterns[_pattern(result)] += 1
        self.quotations.add(result)
        self._add_concepts(result, connection)
        known = {**result.file_metadata, **result.metadata}
        names = tuple(group.add(known, claimed) for group in self.groups)
        if len(self.listed) < LISTED:
            self.listed.append(self._listed(result, names))

    def _add_concepts(self, result: DocumentResult, connection: Connection) -> None:
        claimed: set[tuple[str, str]] = set()
        mentioned: set[tuple[str, str]] = set()
        for row in connection.execute(_FINDINGS, (result.summary_id,)):
            is_claim = row["claimed"] and result.benefits[row["benefit"]].verdict == "claimed"
            (claimed if is_claim else mentioned).update((row["benefit"], key) for key in json.loads(row["concepts"]))
        self.concepts[0].update(claimed)
        self.concepts[1].update(mentioned - claimed)

    def _listed(self, result: DocumentResult, groups: tuple[str | None, ...]) -> ListedDocument:
        place = result.sources[0].name
        return ListedDocument(
            title=heading_of(result.title, place),
            source=place,
            verdicts=_pattern(result),
            confidences=tuple(found.confidence for found in result.benefits.values()),
            groups=groups,
            quotations=tuple(_explaining(result)) if self.explained else (),
        )

    def portfolio(self, failures: Counter[str], failed: list[StoredFailure]) -> Portfolio:
        """Return what was counted."""
        keys = self.tagging.framework.concept_keys
        return Portfolio(
            tagging=self.tagging,
            documents=self.totals["documents"],
            pages=self.totals["pages"],
            words=self.totals["words"],
            passages=self.totals["passages"],
            tagged_from=self.tagged[0] if self.tagged else None,
            tagged_until=self.tagged[1] if self.tagged else None,
            verdicts=self.verdicts,
            statuses=self.statuses,
            mentioned=self.mentioned,
            concepts={key: ConceptCount(self.concepts[0][key], self.concepts[1][key]) for key in keys},
            pairs=self.pairs,
            stakeholders=self.stakeholders,
            patterns=dict(self.patterns.most_common()),
            groupings=tuple(group.grouping() for group in self.groups),
            quotations=self.quotations.best(),
            listed=tuple(self.listed),
            failures=dict(failures.most_common()),
            failed=tuple(failed),
        )


def _pattern(result: DocumentResult) -> Pattern:
    return tuple(found.verdict for found in result.benefits.values())


def _explaining(result: DocumentResult) -> Iterator[Quotation]:
    for found in result.benefits.values():
        if found.verdict != "not_claimed" and found.quotation is not None:
            yield found.quotation
