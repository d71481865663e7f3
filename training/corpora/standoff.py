"""Stand-off labels: labels of public texts that are kept apart from the texts, and joined to them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from lhs_nlp.errors import GoldError
from lhs_nlp.framework import Framework, default_framework
from training.corpora.documents import Row, read_rows, require
from training.corpora.labels import label_problems

CORRECTIONS = "corrections.jsonl"
UNLABELLED = Path("unlabelled", "documents.jsonl.gz")
LABELS = ("labels", "concepts", "stakeholders", "dimension", "unsure")
"""What a row says about its passage; a key that is absent was not labelled."""


def read_standoff(
    folder: Path, shared: Path, framework: Framework | None = None, *, source: str = "unlabelled"
) -> list[Row]:
    """Join the stand-off labels of one source to their texts.

    Parameters
    ----------
    folder
        Of JSON lines, e.g. ``corpora/standoff``.
    shared
        Folder of the public texts: ``passages/train.jsonl``, ``passages/dev.jsonl`` and
        ``unlabelled/documents.jsonl.gz``.
    framework
        What labels may name; without, the shipped one.
    source
        `unlabelled`, `train` or `dev`: rows of other sources are left out, so that dev never
        slips into training.

    Returns
    -------
    list of dict
        Rows with the keys of ``train.jsonl``, and `place`. Those of unlabelled documents are in the
        order of the documents' rows; `before`, `after`, `index` and `of` follow from the
        document's other rows, as documents are labelled whole.

    Raises
    ------
    GoldError
        A text is missing or is not the one that was labelled, passages overlap, or a label
        is not in the framework; the message names the row.
    """
    if source not in _JOIN:
        raise GoldError(f"Stand-off labels have no source {source!r}: give one of {', '.join(_JOIN)}.")
    paths = [path for path in sorted(folder.glob("*.jsonl")) if path.name != CORRECTIONS]
    rows = [row for path in paths for row in read_rows(path) if row.get("source") == source]
    for row in rows:
        require(row, ("doc", "sha256", "labels", *(("start", "end") if source == "unlabelled" else ())))
        for problem in label_problems(row, framework or default_framework()):
            raise GoldError(f"{row['place']}: {row['id']} {problem}.")
    return _JOIN[source](rows, shared) if rows else []


def to_standoff(passage: Mapping[str, Any], source: str, start: int | None = None, end: int | None = None) -> Row:
    """Return the labels of a passage without its text; offsets for a passage of an unlabelled document."""
    offsets = {} if start is None else {"start": start, "end": end}
    return (
        {"id": passage["id"], "doc": passage["doc"], "source": source}
        | offsets
        | {"sha256": text_hash(passage["text"])}
        | {key: passage[key] for key in LABELS if key in passage}
    )


def text_hash(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_hash(row: Mapping[str, Any], text: str) -> None:
    """Raise GoldError when a row's hash is not that of the text."""
    if row["sha256"] != text_hash(text):
        raise GoldError(
            f"{row['place']}: the text of {row['id']} is not the one that was labelled "
            f"(SHA-256 {text_hash(text)}, not {row['sha256']}): use the version of the texts that the labels are of."
        )


def read_unlabelled(shared: Path) -> dict[str, Row]:
    """Return the public documents without labels, by id."""
    try:
        with gzip.open(shared / UNLABELLED, "rt", encoding="utf-8") as lines:
            documents = [json.loads(line) for line in lines]
    except (OSError, EOFError, ValueError) as error:
        raise GoldError(f"{shared / UNLABELLED}: cannot be read ({error}).") from error
    return {document["id"]: document for document in documents}


def _join_passages(rows: Sequence[Row], shared: Path) -> list[Row]:
    name = f"{rows[0]['source']}.jsonl"
    passages = {passage["id"]: passage for passage in read_rows(shared / "passages" / name)}
    return [_joined(row, passages.get(row["id"]), name) for row in rows]


def _joined(row: Row, passage: Row | None, name: str) -> Row:
    if passage is None or passage["doc"] != row["doc"]:
        raise GoldError(f"{row['place']}: {name} has no passage {row['id']} of the document {row['doc']}.")
    check_hash(row, passage["text"])
    return {key: value for key, value in passage.items() if key not in LABELS} | _labels(row)


def _join_documents(rows: Sequence[Row], shared: Path) -> list[Row]:
    documents = read_unlabelled(shared)
    rows_of: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["doc"] not in documents:
            raise GoldError(f"{row['place']}: {UNLABELLED} has no document {row['doc']}.")
        rows_of[row["doc"]].append(row)
    return [passage for doc, some in rows_of.items() for passage in _passages(some, documents[doc])]


def _passages(rows: list[Row], document: Row) -> list[Row]:
    rows = sorted(rows, key=lambda row: row["start"])
    for row, following in pairwise(rows):
        if following["start"] < row["end"]:
            raise GoldError(f"{following['place']}: {following['id']} overlaps {row['id']} ({row['place']}).")
    texts = ["", *(document["text"][row["start"] : row["end"]] for row in rows), ""]
    shared = {key: document[key] for key in ("title", "kind", "source")} | {"doc": document["id"], "of": len(rows)}
    passages = []
    for at, row in enumerate(rows):
        check_hash(row, texts[at + 1])
        near = {"index": at, "before": texts[at], "text": texts[at + 1], "after": texts[at + 2]}
        passages.append({"id": row["id"]} | shared | near | _labels(row))
    return passages


def _labels(row: Row) -> Row:
    return {key: row[key] for key in (*LABELS, "place") if key in row}


_JOIN: dict[str, Callable[[Sequence[Row], Path], list[Row]]] = {
    "unlabelled": _join_documents,
    "train": _join_passages,
    "dev": _join_passages,
}
