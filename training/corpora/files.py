"""Labelled passages of whole real files: what users have, read as users read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from lhs_nlp.documents import read
from lhs_nlp.errors import GoldError, ReadError
from lhs_nlp.framework import Framework
from lhs_nlp.passages import split_document
from training.corpora.documents import Row, read_rows, require
from training.corpora.labels import label_problems
from training.corpora.standoff import LABELS, text_hash

SOURCE = "files"
"""The `source` of such rows; `doc` is a path below ``documents/`` of the public texts."""


def read_labelled_files(folder: Path, shared: Path, framework: Framework) -> list[Row]:
    """Join the labels of whole files to the passages into which the files are cut today.

    Parameters
    ----------
    folder
        Of stand-off labels; rows of other sources are left out.
    shared
        Folder of the public texts.
    framework
        What labels may name.

    Returns
    -------
    list of dict
        One row a labelled passage, with `id`, `doc`, `kind` (the folder of the file), `text` and its labels.

    Raises
    ------
    GoldError
        A file cannot be read, a label is not in the framework, or a labelled passage is not
        among the file's: reading or cutting has changed, and the passage is to be read again.
    """
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in read_rows(path) if row.get("source") == SOURCE]
    by_file: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        require(row, ("doc", "sha256", "labels"))
        for problem in label_problems(row, framework):
            raise GoldError(f"{row['place']}: {row['id']} {problem}.")
        by_file[row["doc"]].append(row)
    return [joined for name, some in by_file.items() for joined in _joined(some, shared / "documents" / name)]


def _joined(rows: Sequence[Row], path: Path) -> Iterator[Row]:
    try:
        texts = {text_hash(passage.text): passage.text for passage in split_document(read(path))}
    except ReadError as error:
        raise GoldError(f"{rows[0]['place']}: the labelled file cannot be read: {error}") from error
    for row in rows:
        if row["sha256"] not in texts:
            raise GoldError(
                f"{row['place']}: {row['id']} is no passage of the file any more: reading or cutting has changed. "
                "Label the passages that took its place."
            )
        known = {key: row[key] for key in (*LABELS, "place") if key in row}
        yield {"id": row["id"], "doc": row["doc"], "kind": path.parent.name, "text": texts[row["sha256"]]} | known
