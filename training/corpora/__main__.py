"""``python -m training.corpora``: check the corpora, write their data card, export and join labelled passages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from lhs_nlp.errors import GoldError, LhsNlpError
from lhs_nlp.framework import default_framework
from training.corpora.checks import check_corpora
from training.corpora.datacard import write_datacard
from training.corpora.documents import CORPORA, Row, passage_rows, read_documents, read_rows, write_rows
from training.corpora.standoff import read_standoff, to_standoff

_BLIND = ("id", "doc", "title", "kind", "section", "text")
"""What a second labeller sees."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Check the corpora, write their data card, export and join labelled passages."""
    parser = argparse.ArgumentParser(prog="python -m training.corpora", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the corpora")
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"), help="folder of the public texts")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("validate", help="say what is wrong with the corpora, and exit with 1 if anything is")
    commands.add_parser("card", help="write DATACARD.md")
    export = commands.add_parser("export", help="write the authored passages, one JSON object a line")
    export.add_argument("--blind", action="store_true", help="without labels, for a second labeller")
    export.add_argument("output", type=Path)
    join = commands.add_parser("join", help="write stand-off labels with their texts, one JSON object a line")
    join.add_argument("--source", choices=("unlabelled", "train", "dev"), default="unlabelled")
    join.add_argument("output", type=Path)
    commands.add_parser("detach", help="write standoff/shared-train.jsonl and shared-dev.jsonl")
    options = parser.parse_args(arguments)
    try:
        _COMMANDS[options.command](options)
    except LhsNlpError as error:
        sys.exit(f"Error: {error}")
    except OSError as error:
        sys.exit(f"Error: {error.filename}: cannot be read or written ({error.strerror}).")


def _validate(options: argparse.Namespace) -> None:
    report = check_corpora(options.corpora, options.shared, default_framework())
    for line in (*report.problems, *report.notes):
        print(line)
    if report.problems:
        sys.exit(1)


def _card(options: argparse.Namespace) -> None:
    card = write_datacard(options.corpora, default_framework())
    (options.corpora / "DATACARD.md").write_text(card, encoding="utf-8", newline="\n")


def _export(options: argparse.Namespace) -> None:
    write_rows(options.output, _exported(options.corpora / "authored", options.blind))


def _exported(folder: Path, blind: bool) -> Iterator[Row]:
    for document in read_documents(folder).values():
        for row in passage_rows(document):
            yield {key: row[key] for key in _BLIND} if blind else row | {"split": document["split"]}


def _join(options: argparse.Namespace) -> None:
    folder = options.corpora / "standoff"
    rows = read_standoff(folder, options.shared, source=options.source)
    if not rows:
        raise GoldError(f"{folder}: holds no stand-off labels of the source {options.source!r}.")
    write_rows(options.output, ({key: row[key] for key in row if key != "place"} for row in rows))


def _detach(options: argparse.Namespace) -> None:
    folder = options.corpora / "standoff"
    folder.mkdir(exist_ok=True)
    for source in ("train", "dev"):
        rows = read_rows(options.shared / "passages" / f"{source}.jsonl")
        write_rows(folder / f"shared-{source}.jsonl", (to_standoff(row, source) for row in rows))


_COMMANDS = {"validate": _validate, "card": _card, "export": _export, "join": _join, "detach": _detach}

if __name__ == "__main__":
    main()
