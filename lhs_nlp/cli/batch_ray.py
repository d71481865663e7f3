"""`lhs-nlp batch --engine ray`: an archive in, Parquet files of results out, and a store when one is named."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lhs_nlp.wording import counted

if TYPE_CHECKING:
    from lhs_nlp.archive import Account, Options
    from lhs_nlp.documents import Limits
    from lhs_nlp.report.failure import Failure

INTERRUPTED = 130


def batch_on_ray(
    sources: list[str],
    parquet: str | None,
    path: Path | None,
    model: Path | None,
    framework: Path | None,
    limits: Limits,
    options: Options,
    actors: int | None,
) -> None:
    """Tag on a cluster, say what became of everything, then fill the store."""
    from lhs_nlp.archive import Account, Store
    from lhs_nlp.archive.ray_engine import fill_store, tag_on_ray
    from lhs_nlp.bundle import MODEL_VARIABLE
    from lhs_nlp.cli.output import complain, opened
    from lhs_nlp.cli.progress import shown_progress
    from lhs_nlp.tagger import load

    if not parquet:
        raise typer.BadParameter("--engine ray needs a folder or URL for its results.", param_hint="--parquet")

    def on_failure(failure: Failure) -> None:
        complain(failure.message)

    # The other machines do not have this one's variables, nor its folder; an actor has one processor.
    named = model or (Path(os.environ[MODEL_VARIABLE]) if MODEL_VARIABLE in os.environ else None)
    make_tagger = partial(
        load, named and named.absolute(), framework and framework.absolute(), limits=limits, threads=1
    )
    account = Account()
    try:
        with shown_progress(sources, options, limits) as on_progress:
            output = tag_on_ray(
                sources,
                parquet,
                make_tagger,
                options,
                actors=actors,
                account=account,
                on_failure=on_failure,
                on_progress=on_progress,
            )
        if path:
            with Store(path) as store:
                stored = fill_store(output, store, sources)
            account.lost = stored.lost
            with opened(None, data=False) as file:
                file.write(f"Stored {counted(stored.tagged, 'document')}; there already: {stored.skipped:,}.\n")
    except KeyboardInterrupt:
        complain("interrupted; the same command goes on from here.")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        _say(account)
    if account.failures:
        raise typer.Exit(1)


def _say(account: Account) -> None:
    from lhs_nlp.cli.output import opened

    with opened(None, data=False) as file:
        file.writelines(f"{line}\n" for line in account.lines())
