"""Attach full texts to references, and take them back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.person import name_of
from lhs_nlp.cli.review.common import By, ProjectFolder, RecordNumber


def attach(
    project: ProjectFolder,
    files: Annotated[
        list[Path],
        typer.Argument(help="Folders of documents, or documents.", metavar="FILE", show_default=False, readable=False),
    ],
    record: Annotated[
        int | None,
        typer.Option(
            help="Number of the record whose full text the file is.", show_default="by DOI or title", metavar="RECORD"
        ),
    ] = None,
    by: By = None,
) -> None:
    """Attach full texts to records: each file is matched by its DOI or its title.

    A file that may be of several records, or of none, is named with the reason and attached to none;
    `--record` says it by hand. Files stay where they are: `lhs-nlp review tag` reads them there. A file
    that cannot be read is named, and the exit code is then 1.
    """
    from collections import Counter

    from lhs_nlp.archive.batch import default_workers
    from lhs_nlp.cli.output import complain
    from lhs_nlp.errors import LhsNlpError
    from lhs_nlp.review.full_texts.attaching import attach_by_hand, attach_files
    from lhs_nlp.review.full_texts.text import attached_line
    from lhs_nlp.review.project import Project

    if record is not None and len(files) != 1:
        raise LhsNlpError("With --record, name one file: it is said to be that record's full text.")
    kinds: Counter[str] = Counter()
    with Project(project) as opened:
        if record is not None:
            typer.echo(attached_line(opened, attach_by_hand(opened, record, files[0], name_of(by))))
            return
        for attached in attach_files(opened, files, name_of(by), workers=default_workers()):
            kinds[attached.kind] += 1
            if attached.kind == "failed":
                complain(attached.reason)
            else:
                typer.echo(attached_line(opened, attached))
    counts = ", ".join(f"{kinds[kind]:,} {kind}" for kind in ("matched", "known", "ambiguous", "unmatched", "failed"))
    typer.echo(f"{counts}.")
    if kinds["failed"]:
        raise typer.Exit(1)


def detach(project: ProjectFolder, record: RecordNumber, by: By = None) -> None:
    """Take back that a record has a full text; the file stays where it is."""
    from lhs_nlp.report.display import one_line
    from lhs_nlp.review.project import Project
    from lhs_nlp.review.project.attachments import detach
    from lhs_nlp.review.project.text import record_line

    with Project(project) as opened:
        before = detach(opened, record, name_of(by))
        said = record_line(opened.record(record))
        typer.echo(f"{one_line(str(before.path))}: no longer the full text of {said}")
