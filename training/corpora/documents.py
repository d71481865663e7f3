"""The authored documents, and labelled passages as rows: one object a passage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate.lines import read_lines

CORPORA = Path(__file__).parents[2] / "corpora"
SPLITS = ("train", "test")
SHORTEST, LONGEST = 20, 80
"""Words of a passage, where the text allows."""

Row = dict[str, Any]


def read_documents(folder: Path) -> dict[str, Row]:
    """Return the authored documents of a folder by file name, in its order.

    Raises
    ------
    GoldError
        There is none, or a file is not a JSON object.
    """
    documents = {path.name: _read_object(path) for path in sorted(folder.glob("*.json"))}
    if not documents:
        raise GoldError(f"{folder}: holds no documents; give the folder of the authored ones, e.g. corpora/authored.")
    return documents


def passage_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the passages of a document as rows with the keys of a labelled public passage.

    The id is the document's with the passage's position, from 0.
    """
    passages = document["passages"]
    texts = ["", *(passage["text"] for passage in passages), ""]
    shared = {"doc": document["id"], "title": document["title"], "kind": document["kind"], "of": len(passages)}
    for at, passage in enumerate(passages):
        place = {"id": f"{document['id']}#{at}", "index": at, "before": texts[at], "after": texts[at + 2]}
        yield passage | shared | place


def read_rows(path: Path) -> list[Row]:
    """Read JSON lines with unique ids; each row gets its `place`, file and line, to be named in errors.

    Raises
    ------
    GoldError
        The file is missing, empty or malformed.
    """
    return [line.data | {"place": f"{path.name}:{line.place.rpartition(':')[2]}"} for line in read_lines(path)]


def require(row: Row, keys: Iterable[str]) -> None:
    """Raise GoldError, which names the row, when it has not all of these keys."""
    missing = [key for key in keys if key not in row]
    if missing:
        raise GoldError(f"{row['place']}: `{'`, `'.join(missing)}` is missing.")


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON lines."""
    # Made before the file is opened: where making them fails, what stood there stays.
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def count_words(text: str) -> int:
    """Return the number of words of a text."""
    return len(text.split())


def share_of_usual_length(texts: Iterable[str]) -> float:
    """Return the share of texts of 20 to 80 words."""
    usual = [SHORTEST <= count_words(text) <= LONGEST for text in texts]
    return sum(usual) / len(usual)


def _read_object(path: Path) -> Row:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise GoldError(f"{path}: is not JSON in UTF-8 ({error}).") from error
    if not isinstance(data, dict):
        raise GoldError(f"{path}: must be one JSON object, a document.")
    return data
