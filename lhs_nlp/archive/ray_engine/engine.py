"""Tag an archive on Ray: list, load, tag by actors, write Parquet; this program keeps the account."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from lhs_nlp.archive.account import Account
from lhs_nlp.archive.batch import Options
from lhs_nlp.archive.feed import Known, Repeat
from lhs_nlp.archive.ray_engine.output import Output
from lhs_nlp.archive.ray_engine.pipeline import Plan, outcomes_of
from lhs_nlp.archive.ray_engine.session import imported_ray, session
from lhs_nlp.archive.ray_engine.stages import Outcome, Refused, Tagged
from lhs_nlp.archive.reading import Failed, Order
from lhs_nlp.archive.sources import Ignored
from lhs_nlp.archive.sources.finding import refuse_tables
from lhs_nlp.archive.sources.urls import is_url
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.report.failure import Failure
from lhs_nlp.tagger import Tagger


def tag_on_ray(
    named: Iterable[str],
    output: str,
    make_tagger: Callable[[], Tagger],
    options: Options | None = None,
    *,
    actors: int | None = None,
    account: Account | None = None,
    on_failure: Callable[[Failure], None] = lambda failure: None,
    on_progress: Callable[[Account], None] = lambda account: None,
) -> Output:
    """Tag all documents in what is named on a Ray cluster, and write the results as Parquet files.

    The cluster is the one that ``RAY_ADDRESS`` names or that this program runs in, else this
    machine. What is found, how it is read and what the model makes of it is the same as in
    `tag_archive`. Contents that have results in the output are skipped, so that a run that was
    stopped in any way is taken up by the same call.

    Parameters
    ----------
    named
        As in `tag_archive`; all machines of the cluster must reach it. Each is searched by one
        task: name folders and archives one by one to have them searched side by side.
    output
        Folder or URL that all machines reach: see `Output` for what is in it.
    make_tagger
        Loads the model: called once here and once by each actor, on its machine.
    options
        How to do it; `workers` is not used.
    actors
        Most actors, one processor each; None for as many as the cluster gives.
    account, on_failure, on_progress
        As in `tag_archive`; a document is counted when its file is written.

    Returns
    -------
    Output
        The results, for `fill_store` or to be read.

    Raises
    ------
    LhsNlpError
        Ray is not installed or has stopped, a machine has another model, the output cannot be
        written or is in the memory of one process, or what is named cannot be searched.
    """
    if output.startswith("memory:"):
        raise LhsNlpError(f"{output}: other processes do not see it; name a folder or URL that all machines reach.")
    ray, options = imported_ray(), options or Options()
    plan = _plan(named, output, make_tagger, options, actors)
    known, others = plan.output.contents(retag=options.retag)
    book = _Book(account if account is not None else Account(), on_failure)
    with session(ray):
        for outcome in _until_refused(outcomes_of(ray, plan, known, others)):
            book.enter(outcome)
            on_progress(book.account)
            if options.fail_fast and book.account.failures:
                break
    plan.output.write(book.late, plan.run_at)
    return plan.output


def _plan(
    named: Iterable[str], output: str, make_tagger: Callable[[], Tagger], options: Options, actors: int | None
) -> Plan:
    named = tuple(dict.fromkeys(named))
    refuse_tables(named, options.columns)
    tagger = make_tagger()
    bundle, folder = tagger.classifier.bundle, output if is_url(output) else os.path.abspath(output)
    return Plan(
        named=named,
        columns=options.columns,
        order=Order(options.read, tagger.limits, options.seconds, options.megabytes),
        make_tagger=make_tagger,
        output=Output(folder, bundle.id, bundle.sha256, tagger.framework),
        run_at=datetime.now(UTC),
        folder=os.getcwd(),
        actors=actors,
    )


def _until_refused(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            raise LhsNlpError(outcome.message)
        yield outcome


class _Book:
    """Keeps the account; copies of a file that cannot be read are failures too, whichever was seen first."""

    def __init__(self, account: Account, on_failure: Callable[[Failure], None]) -> None:
        self.account, self.on_failure = account, on_failure
        self.late: list[Failed] = []
        self._failed: dict[str, Failed] = {}
        self._repeats: defaultdict[str, list[str]] = defaultdict(list)

    def enter(self, outcome: Outcome) -> None:
        """Count what became of something."""
        account = self.account
        match outcome:
            case Tagged():
                account.tagged += 1
                account.passages += outcome.passages
                account.pages += outcome.pages
            case Known(other=other):
                account.skipped += 1
                account.others += other
            case Repeat(source, sha256):
                account.skipped += 1
                self._repeats[sha256].append(source.name)
            case Failed():
                self._fail(outcome)
                if outcome.sha256 is not None:
                    self._failed[outcome.sha256] = outcome
            case Ignored(name, is_folder):
                account.ignore(name, is_folder=is_folder)
        if isinstance(outcome, Repeat | Failed) and outcome.sha256 in self._failed:
            self._fail_copies(self._failed[outcome.sha256])

    def _fail(self, failed: Failed) -> None:
        self.account.failed[failed.reason] += 1
        self.on_failure(failed.to_failure())

    def _fail_copies(self, failed: Failed) -> None:
        for name in self._repeats.pop(failed.sha256 or "", []):
            copy = failed.at(name)
            self.account.skipped -= 1
            self._fail(copy)
            self.late.append(copy)
