"""`lhs-nlp batch`: an archive in, a store of results out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.options import FrameworkFile, Model, finite

if TYPE_CHECKING:
    from lhs_nlp.archive import Options
    from lhs_nlp.tagger import Tagger


class Engine(StrEnum):
    """What does the work."""

    LOCAL = "local"
    RAY = "ray"


def batch(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Folders, patterns, ZIP or TAR archives, tables, documents, or URLs (s3://, memory://, ...).",
            metavar="SOURCE",
        ),
    ],
    store: Annotated[
        Path | None,
        typer.Option(
            help="SQLite file of results; made when there is none.",
            show_default="none: --engine ray and --dry-run only",
            metavar="FILE",
        ),
    ] = None,
    text_column: Annotated[
        str | None,
        typer.Option(help="Of CSV, TSV, XLSX, Parquet, JSONL: the text is in this column.", metavar="NAME"),
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option(
            help="Of tables: the id, once in a table, is in this column; else the row's number.", metavar="NAME"
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes that read; of --engine ray: most actors, which tag on a processor each.",
            show_default="half of the processors; ray: all",
            metavar="N",
        ),
    ] = None,
    retag: Annotated[
        bool,
        typer.Option("--retag", help="Tag also what has results of another model, or for another framework."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; read no document, write nothing.")
    ] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Stop at the first document that cannot be read.")
    ] = False,
    model: Model = None,
    framework: FrameworkFile = None,
    timeout: Annotated[
        float,
        typer.Option(
            min=0.1,
            callback=finite,
            help="Longest time to read one document, or the next rows of a workbook or Parquet file.",
            metavar="SECONDS",
        ),
    ] = 120,
    max_megabytes: Annotated[
        float, typer.Option(min=0.0, callback=finite, help="Refuse larger documents.", metavar="MB")
    ] = 100.0,
    max_pages: Annotated[int, typer.Option(min=1, help="Refuse longer PDFs.", metavar="N")] = 2000,
    reader_megabytes: Annotated[
        int, typer.Option(min=100, help="Most memory to read one document, workbook or Parquet file.", metavar="MB")
    ] = 2000,
    engine: Annotated[
        Engine, typer.Option(help="This machine, or a Ray cluster (see docs/scaling.md).")
    ] = Engine.LOCAL,
    parquet: Annotated[
        str | None, typer.Option(help="Of --engine ray: folder or URL for Parquet files of results.", metavar="DIR")
    ] = None,
) -> None:
    """Tag an archive: everything in SOURCE, results in a store.

    Whatever stops a run, the same command goes on where it was stopped: documents that are in
    the store are skipped, new and changed ones tagged, and those that failed tried again. A
    document that cannot be read is named with its reason, and the others go on: the exit code is
    then 1.
    """
    from lhs_nlp.archive import Options
    from lhs_nlp.archive.batch import default_workers
    from lhs_nlp.archive.sources import Columns
    from lhs_nlp.cli.batch_plan import print_plan
    from lhs_nlp.cli.batch_ray import batch_on_ray, loader_for_cluster
    from lhs_nlp.documents import Limits
    from lhs_nlp.tagger import load

    _check(text_column, id_column, parquet, engine)
    options = Options(
        workers=workers or default_workers(),
        seconds=timeout,
        megabytes=reader_megabytes,
        columns=Columns(text_column, id_column),
        retag=retag,
        fail_fast=fail_fast,
    )
    limits = Limits(megabytes=max_megabytes, pages=max_pages)
    if dry_run:
        print_plan(sources, store, load(model, framework, limits=limits), options)
    elif engine is Engine.RAY:
        if not parquet:
            raise typer.BadParameter("--engine ray needs a folder or URL for its results.", param_hint="--parquet")
        make_tagger = loader_for_cluster(model, framework, limits)
        batch_on_ray(sources, parquet, store, make_tagger, limits, options, actors=workers)
    elif store is None:
        said = "is needed: the file that results go to, e.g. --store results.sqlite."
        raise typer.BadParameter(said, param_hint="--store")
    else:
        _batch_here(sources, store, load(model, framework, limits=limits), options)


def _check(text_column: str | None, id_column: str | None, parquet: str | None, engine: Engine) -> None:
    """Raise BadParameter for an option that is of no use beside the others."""
    if id_column and not text_column:
        raise typer.BadParameter("needs --text-column, as only tables have columns.", param_hint="--id-column")
    if parquet and engine is not Engine.RAY:
        said = "is of --engine ray alone; `lhs-nlp export` writes Parquet from a store."
        raise typer.BadParameter(said, param_hint="--parquet")


def _batch_here(sources: list[str], path: Path, tagger: Tagger, options: Options) -> None:
    from lhs_nlp.archive import Account, Store, tag_archive
    from lhs_nlp.cli.outcome import accounted, complain_of
    from lhs_nlp.cli.progress import shown_progress

    account = Account()
    with Store(path) as store, accounted(account), shown_progress(sources, options, tagger.limits) as on_progress:
        tag_archive(sources, store, tagger, options, account=account, on_failure=complain_of, on_progress=on_progress)
