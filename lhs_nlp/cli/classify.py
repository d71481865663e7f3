"""`lhs-nlp classify`: passages in, probabilities out, line by line."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, cast

import typer

from lhs_nlp.cli.input import STANDARD_INPUT, name_of, reading
from lhs_nlp.cli.options import FrameworkFile, Model, Output, check_ending

if TYPE_CHECKING:
    from lhs_nlp.cli.rows import Row
    from lhs_nlp.tagger import Tagger

_ROWS_PER_CALL = 512
_CHARACTERS_PER_CALL = 1_000_000
_NOT_UTF8 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def classify(
    file: Annotated[
        Path, typer.Argument(help="JSON lines, or CSV with --text-column; - reads standard input.", metavar="FILE")
    ] = STANDARD_INPUT,
    output: Output = None,
    text_column: Annotated[
        str | None, typer.Option(help="Read CSV; the passage is in this column.", metavar="NAME")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(help="Of CSV: the id is in this column, else the row's number.", metavar="NAME")
    ] = None,
    model: Model = None,
    framework: FrameworkFile = None,
) -> None:
    """Classify passages, JSON lines in and out, in order.

    A line is {"id", "text"}, and is answered by one with the probability of each benefit and
    status. It may also have `before`, `after`, `title` and `section`, for models that read what
    is around a passage; the shipped model reads the text alone. Other fields are ignored.

    A text longer than a passage is split, and its strongest passage stands for each benefit.
    A line that cannot be read is answered by a line with the reason, and the others go on: the
    exit code is then 1.
    """
    from lhs_nlp.cli.output import complain, keep_inputs, opened, write_json
    from lhs_nlp.cli.rows import csv_rows, json_rows
    from lhs_nlp.tagger import load

    if id_column and not text_column:
        raise typer.BadParameter("needs --text-column, as only CSV has columns.", param_hint="--id-column")
    check_ending(output, "jsonl", "json")
    keep_inputs(output, file, framework)
    failed = 0
    with _opened_input(file) as lines, opened(output) as out:
        rows = csv_rows(lines, text_column, id_column) if text_column else json_rows(lines)
        tagger = load(model, framework)
        for batch in _batches(_read(rows, file)):
            for row, result in zip(batch, _classified(tagger, batch), strict=True):
                if row.problem:
                    failed += 1
                    complain(row.problem)
                write_json(out, {"id": row.id} | result, indent=None)
            out.flush()
    if failed:
        raise typer.Exit(1)


@contextmanager
def _opened_input(file: Path) -> Iterator[TextIO]:
    """Open a file or standard input; bytes that are not UTF-8 become lone surrogates."""
    with reading(file):
        binary = cast(io.BufferedReader, sys.stdin.buffer) if file == STANDARD_INPUT else file.open("rb")
    with io.TextIOWrapper(binary, encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        with reading(file):
            _refuse_other_kinds(binary, file)
        yield lines


def _refuse_other_kinds(binary: io.BufferedReader, file: Path) -> None:
    """Raise LhsNlpError when the input does not begin as text does, or begins as text of another encoding."""
    from lhs_nlp.documents import DEFAULT_LIMITS, kind_of
    from lhs_nlp.errors import LhsNlpError

    beginning = binary.peek()
    if beginning.startswith(_NOT_UTF8):
        raise LhsNlpError(f"{name_of(file)}: is UTF-16 or UTF-32; save it as UTF-8.")
    if kind := kind_of(beginning):
        # The names in an archive stand at its end.
        kind = kind_of(binary.read(int(DEFAULT_LIMITS.megabytes * 1e6))) or kind
        raise LhsNlpError(f"{name_of(file)}: not lines of text but {kind}.")


def _read(rows: Iterable[Row], file: Path) -> Iterator[Row]:
    """Yield the rows; what fails here fails at reading, not at writing the answers."""
    with reading(file):
        yield from rows


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in lists that are bounded in number and in length."""
    batch: list[Row] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += len(row.text)
        if len(batch) == _ROWS_PER_CALL or characters >= _CHARACTERS_PER_CALL:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _classified(tagger: Tagger, rows: list[Row]) -> Iterator[dict[str, Any]]:
    results = iter(tagger.classify_texts([row.text for row in rows if not row.problem]))
    for row in rows:
        yield {"error": {"reason": row.reason, "message": row.problem}} if row.problem else next(results)
