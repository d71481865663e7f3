"""`lhs-nlp batch --engine ray`: an archive in, Parquet files of results out, and a store when one is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lhs_nlp.wording import counted

if TYPE_CHECKING:
    from lhs_nlp.archive import Account, Options
    from lhs_nlp.archive.ray_engine import Output
    from lhs_nlp.documents import Limits
    from lhs_nlp.tagger import Tagger


def batch_on_ray(
    sources: list[str],
    parquet: str,
    store: Path | None,
    make_tagger: Callable[[], Tagger],
    limits: Limits,
    options: Options,
    actors: int | None,
) -> None:
    """Tag on a cluster, fill the store if one is named, and say what became of everything."""
    from lhs_nlp.archive import Account
    from lhs_nlp.archive.ray_engine import tag_on_ray
    from lhs_nlp.cli.outcome import accounted, complain_of
    from lhs_nlp.cli.progress import shown_progress

    account = Account()
    with accounted(account):
        with shown_progress(sources, options, limits) as on_progress:
            output = tag_on_ray(
                sources,
                parquet,
                make_tagger,
                options,
                actors=actors,
                account=account,
                on_failure=complain_of,
                on_progress=on_progress,
            )
        if store:
            _fill(store, output, sources, account)


def loader_for_cluster(model: Path | None, framework: Path | None, limits: Limits) -> Callable[[], Tagger]:
    """Return what loads the tagger on any machine: the others have neither this one's variables nor its folder."""
    from lhs_nlp.bundle import MODEL_VARIABLE
    from lhs_nlp.tagger import load

    named = model or (Path(os.environ[MODEL_VARIABLE]) if MODEL_VARIABLE in os.environ else None)
    # An actor has one processor.
    return partial(load, named and named.absolute(), framework and framework.absolute(), limits=limits, threads=1)


def _fill(path: Path, output: Output, sources: list[str], account: Account) -> None:
    from lhs_nlp.archive import Store
    from lhs_nlp.archive.ray_engine import fill_store
    from lhs_nlp.cli.outcome import print_lines

    with Store(path) as store:
        stored = fill_store(output, store, sources)
    account.lost = stored.lost
    print_lines([f"Stored {counted(stored.tagged, 'document')}; there already: {stored.skipped:,}."])
