"""Passages of public documents that nobody has labelled: a teacher's opinion of them is learned from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lhs_nlp.documents import read_text
from lhs_nlp.learn.corrections import normalised
from lhs_nlp.passages import split_document
from training.corpora.documents import Row, read_rows
from training.corpora.standoff import UNLABELLED, read_standoff, read_unlabelled

TRAIN = Path("passages", "train.jsonl")

MOST = 15_000
"""Passages of one kind of document, about: the kinds that users have are few among quality measures."""


def unlabelled_passages(folder: Path, shared: Path, most: int = MOST) -> Iterator[Row]:
    """Yield passages of the public documents that have no labels, each text once.

    Parameters
    ----------
    folder
        Of the stand-off labels: documents with a label are left out, and so is a passage that repeats one of them.
    shared
        Folder of the public texts; without ``unlabelled/documents.jsonl.gz`` there are no passages. Documents of
        ``train.jsonl`` are left out too: a part of them is held out, for calibration.
    most
        A kind of documents ends with the document that reaches so many passages. Which
        documents come first follows from a hash of their ids.

    Yields
    ------
    dict
        `id`, `doc`, `kind` and `text`.
    """
    if not (shared / UNLABELLED).exists():
        return
    labelled = (*read_standoff(folder, shared), *read_rows(shared / TRAIN))
    known = {row["doc"] for row in labelled}
    documents = [document for name, document in read_unlabelled(shared).items() if name not in known]
    counts: Counter[str] = Counter()
    seen = {normalised(row["text"]) for row in labelled}
    for document in sorted(documents, key=lambda each: hashlib.sha256(each["id"].encode()).digest()):
        if counts[document["kind"]] >= most:
            continue
        for at, passage in enumerate(split_document(read_text(document["text"], name=document["id"]))):
            if normalised(passage.text) not in seen:
                seen.add(normalised(passage.text))
                counts[document["kind"]] += 1
                own = {"id": f"{document['id']}@{at}", "text": passage.text}
                yield own | {"doc": document["id"], "kind": document["kind"]}
