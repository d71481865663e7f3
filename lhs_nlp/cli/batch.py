"""`lhs-nlp batch`: an archive in, a store of results out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.options import FrameworkFile, Model, finite

if TYPE_CHECKING:
    from lhs_nlp.archive import Options
    from lhs_nlp.report.failure import Failure
    from lhs_nlp.tagger import Tagger

INTERRUPTED = 130


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
        typer.Option(help="Of CSV, XLSX, Parquet, JSONL: the text is in this column.", metavar="NAME"),
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
        typer.Option("--retag", help="Tag also what others have tagged: other models, or this for other frameworks."),
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
    from lhs_nlp.documents import Limits
    from lhs_nlp.tagger import load

    if id_column and not text_column:
        raise typer.BadParameter("needs --text-column, as only tables have columns.", param_hint="--id-column")
    if parquet and engine is not Engine.RAY:
        said = "is of --engine ray alone; `lhs-nlp export` writes Parquet from a store."
        raise typer.BadParameter(said, param_hint="--parquet")
    options = Options(
        workers=workers or default_workers(),
        seconds=timeout,
        megabytes=reader_megabytes,
        columns=Columns(text_column, id_column),
        retag=retag,
        fail_fast=fail_fast,
    )
    limits = Limits(megabytes=max_megabytes, pages=max_pages)
    if engine is Engine.RAY and not dry_run:
        from lhs_nlp.cli.batch_ray import batch_on_ray

        batch_on_ray(sources, parquet, store, model, framework, limits, options, workers)
        return
    if dry_run:
        _plan(sources, store, load(model, framework, limits=limits), options)
        return
    if store is None:
        raise typer.BadParameter(
            "is needed: the file that results go to, e.g. --store results.sqlite.", param_hint="--store"
        )
    _run(sources, store, load(model, framework, limits=limits), options)


def _run(sources: list[str], path: Path, tagger: Tagger, options: Options) -> None:
    from lhs_nlp.archive import Account, Store, tag_archive
    from lhs_nlp.cli.output import complain
    from lhs_nlp.cli.progress import shown_progress

    def on_failure(failure: Failure) -> None:
        complain(failure.message)

    account = Account()
    with Store(path) as store:
        try:
            with shown_progress(sources, options, tagger.limits) as on_progress:
                tag_archive(
                    sources, store, tagger, options, account=account, on_failure=on_failure, on_progress=on_progress
                )
        except KeyboardInterrupt:
            complain("interrupted; the same command goes on from here.")
            raise typer.Exit(INTERRUPTED) from None
        finally:
            _say(account.lines())
    if account.failures:
        raise typer.Exit(1)


def _plan(sources: list[str], path: Path | None, tagger: Tagger, options: Options) -> None:
    """Say line by line what would be done, and count it; without a store nothing is known to be done."""
    from collections import Counter

    from lhs_nlp.archive.feed import Known, Repeat
    from lhs_nlp.archive.plan import plan
    from lhs_nlp.archive.reading import Failed
    from lhs_nlp.archive.sources import Ignored, Item, find
    from lhs_nlp.cli.output import complain, opened
    from lhs_nlp.report.display import one_line

    counts: Counter[str] = Counter()
    with opened(None, data=False) as file:
        for entry in plan(
            find(sources, options.columns, tagger.limits, options.bounds), path, tagger, retag=options.retag
        ):
            match entry:
                case Failed():
                    counts["fail"] += 1
                    complain(entry.message)
                    continue
                case Ignored(name):
                    what = "leave out"
                case Known() | Repeat():
                    what, name = "skip", entry.source.name
                case Item():
                    what, name = "tag", entry.name
                case _:
                    what, name = "tag", entry.source.name
            counts[what] += 1
            file.write(f"{what}\t{one_line(name)}\n")
        said = ", ".join(f"{what} {counts[what]:,}" for what in ("tag", "skip", "leave out", "fail"))
        file.write(f"Would {said}.\n")
    if path is None:
        complain("what has results already was not looked at; name them with --store.")
    if counts["fail"]:
        raise typer.Exit(1)


def _say(lines: list[str]) -> None:
    from lhs_nlp.cli.output import opened

    with opened(None, data=False) as file:
        file.writelines(f"{line}\n" for line in lines)
