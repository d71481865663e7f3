"""From the Parquet files of a cluster into one store, by one writer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from lhs_nlp.archive.account import Account
from lhs_nlp.archive.old_failures import OldFailures
from lhs_nlp.archive.ray_engine.output import Output
from lhs_nlp.archive.ray_engine.rows import summary_of
from lhs_nlp.archive.runs import OpenRun, recorded_run
from lhs_nlp.archive.sources.urls import without_credentials
from lhs_nlp.archive.store import Source, Store


def fill_store(output: Output, store: Store, named: Sequence[str] = ()) -> Account:
    """Add the results of an output to a store, with all places and failures; what is there stays.

    When it is stopped in any way, the same call goes on.

    Parameters
    ----------
    output
        Where the results are.
    store
        Where they go.
    named
        What the user named, for the record.

    Returns
    -------
    Account
        What was added, was there already, and could not be read.

    Raises
    ------
    LhsNlpError
        A file of the output is damaged.
    StoreError
        The store cannot be written; what was written is safe.
    """
    account = Account()
    with recorded_run(
        store,
        lambda: account.counts,
        model=output.model,
        model_sha256=output.model_sha256,
        framework=output.framework,
        named=[without_credentials(name) for name in named],
    ) as run:
        for row in output.documents():
            _add(row, output, store, run, account)
        old = OldFailures([failure.source for failure in store.failures()], ())
        for place in output.places():
            (old.failed if "reason" in place else old.found)(place["source"])
            _place(place, store, run.id, account)
        store.end_failures(old.over(), run.id)
    return account


def _add(row: dict[str, Any], output: Output, store: Store, run: OpenRun, account: Account) -> None:
    if store.is_tagged(row["sha256"], run.tagging):
        account.skipped += 1
        return
    summary, claims = summary_of(row, output.framework, output.model_sha256)
    store.add(summary, claims, [], run.tagging, run.id)
    account.tagged += 1
    account.passages += len(summary.passages)
    account.pages += summary.document.pages or 0


def _place(place: dict[str, Any], store: Store, run: int, account: Account) -> None:
    if "reason" in place:
        account.lost += store.add_failure(place["source"], place["reason"], place["message"], run, place["sha256"])
        account.failed[place["reason"]] += 1
    elif store.has_document(place["sha256"]):  # else another model alone has tagged it
        store.add_source(place["sha256"], Source(place["source"], json.loads(place["metadata"])), run)
