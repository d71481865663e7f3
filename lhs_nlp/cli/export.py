"""`lhs-nlp export`: the results of a store as a table, or as tasks for a labelling tool."""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from lhs_nlp.cli.stored import StoredFramework, StoredModel, StoreFile, chosen, keep_apart

if TYPE_CHECKING:
    from lhs_nlp.archive import Store, Tagging
    from lhs_nlp.archive.export.annotation import Unit

STANDARD_OUTPUT = Path("-")


class ExportFormat(StrEnum):
    """What is written."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"


class ExportTable(StrEnum):
    """What has a row, or is a task."""

    DOCUMENTS = "documents"
    PASSAGES = "passages"
    FINDINGS = "findings"


TASKS = (ExportFormat.LABEL_STUDIO, ExportFormat.DOCCANO)
BINARY = (ExportFormat.PARQUET, ExportFormat.XLSX)
SUFFIXES = {
    ".parquet": ExportFormat.PARQUET,
    ".csv": ExportFormat.CSV,
    ".xlsx": ExportFormat.XLSX,
    ".jsonl": ExportFormat.JSONL,
}


def export(
    store: StoreFile,
    to: Annotated[
        Path,
        typer.Option(
            "--to", "-o", help="Write to this file, whole or not at all; - is standard output.", metavar="FILE"
        ),
    ],
    table: Annotated[
        ExportTable, typer.Option("--table", "-t", help="What has a row, or is a task.")
    ] = ExportTable.DOCUMENTS,
    format: Annotated[
        ExportFormat | None,
        typer.Option("--format", "-f", help="What to write.", show_default="as the file's name ends"),
    ] = None,
    model: StoredModel = None,
    framework: StoredFramework = None,
) -> None:
    """Write the results of a store as a table, or as tasks for a labelling tool.

    A table has one row a document with its verdicts, one a passage, or one a finding. What its
    columns mean is written beside it (of t.csv, in t.dictionary.csv), of XLSX in a second sheet.

    label-studio and doccano get whole documents with the findings as labelled spans, or, with
    --table passages, passages with their labels. Import into a Label Studio project with the
    labelling interface that is written beside the tasks (of t.json, in t.interface.xml); into a doccano
    project for sequence labelling that allows overlapping spans, or, of passages, for text
    classification.
    """
    from lhs_nlp.archive import Store
    from lhs_nlp.cli.output import opened

    written = format or _format_of(to)
    _check(written, table, to)
    beside = _beside(to, written)
    keep_apart(store, to, beside)
    with Store(store, read_only=True) as source, ExitStack() as stack:
        tagging = chosen(source, model, framework)
        # The one that was named is opened first: where it cannot be written, it is the one to speak of.
        file = stack.enter_context(opened(to)).buffer
        explaining = stack.enter_context(opened(beside)).buffer if beside else None
        _write(source, tagging, table, written, file, explaining)


def _write(
    store: Store, tagging: Tagging, name: ExportTable, format: ExportFormat, file: BinaryIO, beside: BinaryIO | None
) -> None:
    from lhs_nlp.archive import export as to

    if format in TASKS:
        unit: Unit = "passages" if name is ExportTable.PASSAGES else "documents"
        write_tasks = to.write_label_studio if format is ExportFormat.LABEL_STUDIO else to.write_doccano
        write_tasks(store, tagging, file, unit)
        if beside:
            beside.write(to.label_studio_interface(tagging.framework, unit).encode())
        return
    table = to.table_of(store, tagging, name.value)
    write = {
        ExportFormat.PARQUET: to.write_parquet,
        ExportFormat.CSV: to.write_csv,
        ExportFormat.XLSX: to.write_workbook,
        ExportFormat.JSONL: to.write_jsonl,
    }[format]
    write(table, file)
    if beside:
        to.write_dictionary(table.columns, beside)


def _format_of(path: Path) -> ExportFormat:
    if path == STANDARD_OUTPUT:
        raise typer.BadParameter("standard output has no name to tell the format by; name one.", param_hint="--format")
    if found := SUFFIXES.get(path.suffix.lower()):
        return found
    known = ", ".join(SUFFIXES)
    raise typer.BadParameter(
        f"{path.name!r} ends in none of {known}; name the format, e.g. --format label-studio.", param_hint="--to"
    )


def _check(format: ExportFormat, table: ExportTable, to: Path) -> None:
    if format in TASKS and table is ExportTable.FINDINGS:
        raise typer.BadParameter(
            f"{format} gets documents or passages; findings are their labels.", param_hint="--table"
        )
    if format in BINARY and to == STANDARD_OUTPUT:
        raise typer.BadParameter(f"{format} is not for standard output; name a file.", param_hint="--to")


def _beside(to: Path, format: ExportFormat) -> Path | None:
    """Return the file that explains the one that is written, if there is to be one."""
    is_stream = to == STANDARD_OUTPUT or (to.exists() and not to.is_file())
    if is_stream or format in (ExportFormat.XLSX, ExportFormat.DOCCANO):
        return None
    return to.with_suffix(".interface.xml" if format is ExportFormat.LABEL_STUDIO else ".dictionary.csv")
