"""Tag an archive: read in processes, classify across documents, store each document whole or not at all."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lhs_nlp.archive.account import Account
from lhs_nlp.archive.feed import Entry, Known, Repeat, Retag, entries
from lhs_nlp.archive.old_failures import OldFailures
from lhs_nlp.archive.reading import Failed, Order, Reading, readings
from lhs_nlp.archive.runs import OpenRun, recorded_run
from lhs_nlp.archive.sources import NO_COLUMNS, Bounds, Columns, Found, Ignored, find
from lhs_nlp.archive.sources.urls import without_credentials
from lhs_nlp.archive.store import Source, Store
from lhs_nlp.archive.waiting import WaitingDocuments
from lhs_nlp.documents import Document
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.passages import Passage
from lhs_nlp.report.failure import Failure
from lhs_nlp.tagger import Tagger

PASSAGES_PER_CALL = 1024
"""Passages that are classified together: enough to sort by length, little enough to lose by a power cut."""

Arrival: TypeAlias = Reading | Entry | None
"""What comes of something that was found; None while nothing comes."""

READ = "lhs_nlp.archive.reading.child:read_content"


def default_workers() -> int:
    """Return how many processes read: half of the processors, as the model needs the other half."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors // 2, 16))


@dataclass(frozen=True, slots=True)
class Options:
    """How an archive is tagged.

    Attributes
    ----------
    workers
        Processes that read.
    seconds
        Longest time to read one document, or the next rows of a table.
    megabytes
        Most memory that reading one document, or a table, may take.
    columns
        Of tables.
    retag
        Tag also what other models have tagged, from the text that the store holds.
    fail_fast
        Stop at the first place that cannot be read.
    read
        ``module:function`` that reads a document's bytes.
    """

    workers: int = field(default_factory=default_workers)
    seconds: float = 120.0
    megabytes: int = 2000
    columns: Columns = NO_COLUMNS
    retag: bool = False
    fail_fast: bool = False
    read: str = READ

    @property
    def bounds(self) -> Bounds:
        """What reading a table may take."""
        return Bounds(self.seconds, self.megabytes)


def tag_archive(
    named: Iterable[str],
    store: Store,
    tagger: Tagger,
    options: Options | None = None,
    *,
    account: Account | None = None,
    on_failure: Callable[[Failure], None] = lambda failure: None,
    on_progress: Callable[[Account], None] = lambda account: None,
) -> Account:
    """Tag all documents in what is named, and keep the results in a store.

    What the store holds already is skipped, so that a run that was stopped in any way is taken
    up by the same call. A place that cannot be read is a row of `failures`, and the others go on;
    a run that comes to its end takes away the rows of places that it looked at and that are none any more.

    Parameters
    ----------
    named
        Folders, patterns, archives, tables, documents and URLs: see `sources.find`.
    store
        Where results go; several runs may write to it at once.
    tagger
        Finds benefits; its limits hold for each document.
    options
        How to do it.
    account
        Counts while the run goes on, for who wants to know also when it is interrupted.
    on_failure, on_progress
        Called for each place that cannot be read, and whenever the account has changed.

    Returns
    -------
    Account
        What became of everything.

    Raises
    ------
    StoreError
        The store cannot be written, e.g. as the disk is full; what was written is safe.
    LhsNlpError
        A table was named and no text column, or nothing reads a URL of that kind.
    """
    options, account = options or Options(), account if account is not None else Account()
    named = list(named)
    bundle = tagger.classifier.bundle
    with recorded_run(
        store,
        lambda: account.counts,
        model=bundle.id,
        model_sha256=bundle.sha256,
        framework=tagger.framework,
        named=[without_credentials(name) for name in named],
    ) as run:
        work = _Work(store, tagger, run, options, account, on_failure)
        run.stopped = not work.through(named, on_progress)
    return account


class _Work:
    """One run: takes what was read, classifies it in batches and stores it."""

    def __init__(
        self,
        store: Store,
        tagger: Tagger,
        run: OpenRun,
        options: Options,
        account: Account,
        on_failure: Callable[[Failure], None],
    ) -> None:
        self.store, self.tagging, self.run = store, run.tagging, run.id
        self.options, self.account, self.on_failure = options, account, on_failure
        self.limits = tagger.limits
        self.waiting = WaitingDocuments(tagger.classifier)
        self.under_way: set[str] = set()
        self.repeats: defaultdict[str, list[Source]] = defaultdict(list)
        self.failed: dict[str, Failed] = {}

    def through(self, named: list[str], on_progress: Callable[[Account], None]) -> bool:
        """Work through everything; return False when it was stopped by a failure."""
        options = self.options
        old = OldFailures([failure.source for failure in self.store.failures()], map(without_credentials, named))
        refused: list[LhsNlpError] = []
        found = _until_refused(find(named, options.columns, self.limits, options.bounds), refused)
        feed = entries(found, self.store.path, self.tagging, self.under_way, retag=options.retag)
        order = Order(options.read, self.limits, options.seconds, options.megabytes)
        with readings(feed, order, options.workers) as outcomes:
            for outcome in outcomes:
                _note(outcome, old)
                self._take(outcome)
                on_progress(self.account)
                if self.account.failures and options.fail_fast:
                    self._flush()
                    return False
        self._flush()
        if refused:
            raise refused[0]
        self.store.end_failures(old.over(), self.run)
        on_progress(self.account)
        return True

    def _take(self, outcome: Arrival) -> None:
        match outcome:
            case None:
                self._flush()
            case Reading(source, document, passages):
                self._wait(source, document, passages)
            case Retag(source, sha256):
                self._retag(source, sha256)
            case Known(source, sha256, other):
                self.account.others += other
                self._skip(sha256, source)
            case Repeat(source, sha256):
                self._repeat(source, sha256)
            case Failed():
                self._fail(outcome)
            case Ignored(name, is_folder):
                self.account.ignore(name, is_folder=is_folder)

    def _wait(self, source: Source, document: Document, passages: tuple[Passage, ...]) -> None:
        self.waiting.add(source, document, passages)
        if self.waiting.passages >= PASSAGES_PER_CALL:
            self._flush()

    def _retag(self, source: Source, sha256: str) -> None:
        stored = self.store.document(sha256, source.name)
        if stored is not None:  # it is: documents are never deleted
            self._wait(source, *stored)

    def _repeat(self, source: Source, sha256: str) -> None:
        """Wait for the document that this one repeats, unless it is done with."""
        if sha256 in self.under_way:
            self.repeats[sha256].append(source)
        elif sha256 in self.failed:
            self._fail(self.failed[sha256].at(source.name))
        else:
            self._skip(sha256, source)

    def _skip(self, sha256: str, source: Source) -> None:
        self.store.add_source(sha256, source, self.run)
        self.account.skipped += 1

    def _fail(self, failed: Failed) -> None:
        self.account.lost += self.store.add_failure(
            failed.source, failed.reason, failed.message, self.run, failed.sha256
        )
        self.account.failed[failed.reason] += 1
        self.on_failure(failed.to_failure())
        if failed.sha256 is not None:
            self.failed[failed.sha256] = failed
            for source in self._done(failed.sha256):
                self._fail(failed.at(source.name))

    def _flush(self) -> None:
        """Classify and store the documents that wait."""
        for tagged in self.waiting.tag():
            document = tagged.summary.document
            new = self.store.add(tagged.summary, tagged.claims, [tagged.source], self.tagging, self.run)
            if new:
                self.account.tagged += 1
                self.account.passages += len(tagged.summary.passages)
                self.account.pages += document.pages or 0
            else:  # another run was quicker
                self.account.skipped += 1
            for repeat in self._done(document.sha256):
                self._skip(document.sha256, repeat)

    def _done(self, sha256: str) -> list[Source]:
        """Take a document from those under way; return where else it was found meanwhile."""
        self.under_way.discard(sha256)
        return self.repeats.pop(sha256, [])


def _until_refused(found: Iterator[Found], refused: list[LhsNlpError]) -> Iterator[Found]:
    """Pass on what is found before a source that cannot be searched: it is to be tagged before the run ends by that."""
    try:
        yield from found
    except LhsNlpError as error:
        refused.append(error)


def _note(outcome: Arrival, old: OldFailures) -> None:
    match outcome:
        case Reading(source) | Retag(source) | Known(source) | Repeat(source):
            old.found(source.name)
        case Failed(name):
            old.failed(name)
        case Ignored(name):
            old.left_out(name)
