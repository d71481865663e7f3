"""What is wrong with stand-off labels and corrections, and with what they are joined to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from lhs_nlp.errors import GoldError
from lhs_nlp.framework import Framework
from training.corpora.corrections import apply_corrections, read_corrections
from training.corpora.documents import Row, read_rows
from training.corpora.duplicates import find_near_duplicates
from training.corpora.files import read_labelled_files
from training.corpora.labels import label_problems
from training.corpora.schema import schema_problems
from training.corpora.standoff import CORRECTIONS, read_standoff

SAME = 0.5
"""Shared part from which two public passages count as near duplicates: reports of one series share phrases."""


def find_standoff_problems(folder: Path, framework: Framework) -> list[str]:
    """Return what is wrong with a folder of stand-off labels, without their texts; one sentence a problem."""
    files = {path.name: read_rows(path) for path in sorted(folder.glob("*.jsonl"))}
    corrections = files.pop(CORRECTIONS, [])
    rows = list(chain.from_iterable(files.values()))
    dev = {row["id"] for row in rows if row.get("source") == "dev"}
    return [
        *_row_problems(rows, "standoff", framework),
        *_row_problems(corrections, "correction", framework),
        *(f"{row['place']}: {row['id']} is of dev, which is not corrected." for row in corrections if row["id"] in dev),
        *_twice(rows),
    ]


def find_joining_problems(folder: Path, shared: Path, framework: Framework) -> list[str]:
    """Return what is wrong once stand-off labels are joined to the public texts in `shared`."""
    try:
        train, dev, new = (
            read_standoff(folder, shared, framework, source=source) for source in ("train", "dev", "unlabelled")
        )
        apply_corrections(train, read_corrections(folder), framework)
        read_labelled_files(folder, shared, framework)
    except GoldError as error:
        return [str(error)]
    return [*_leaks(new, dev), *_repeats(new, train)]


def _row_problems(rows: Iterable[Row], part: str, framework: Framework) -> Iterator[str]:
    for row in rows:
        form = list(schema_problems({key: value for key, value in row.items() if key != "place"}, part))
        labels = label_problems(row, framework)
        was = label_problems({"labels": row.get("was", {})}, framework)
        for problem in form or chain(labels, was):
            yield f"{row['place']}: {row['id']}: {problem}."


def _twice(rows: Iterable[Row]) -> Iterator[str]:
    first: dict[tuple[str, str], str] = {}
    for row in rows:
        place = first.setdefault((row.get("source", ""), row["id"]), row["place"])
        if place != row["place"]:
            yield f"{row['place']}: {row['id']} stands in {place} already."


def _leaks(new: Sequence[Row], dev: Sequence[Row]) -> Iterator[str]:
    """Yield the newly labelled passages that dev has: nothing may be trained on them."""
    docs = {row["doc"] for row in dev}
    yield from (f"{row['place']}: {row['doc']} is a document of dev." for row in new if row["doc"] in docs)
    for pair in find_near_duplicates(_texts(new), _texts(dev), SAME):
        yield f"{pair.first}, newly labelled, repeats {pair.second} of dev."


def _repeats(new: Iterable[Row], train: Iterable[Row]) -> Iterator[str]:
    known = {(row["doc"], row["text"]): row["id"] for row in train}
    for row in new:
        if (row["doc"], row["text"]) in known:
            yield f"{row['place']}: {row['id']} is {known[row['doc'], row['text']]} of train.jsonl, labelled already."


def _texts(rows: Iterable[Row]) -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows}
