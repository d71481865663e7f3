"""Passages of public documents that have no labels."""

from pathlib import Path
from typing import Any

import pytest

from tests.corpora.writing import write_lines, write_public
from training.corpora import to_standoff, unlabelled_passages

LABELLED = "Falls were halved on the ward."
TRAINED = "Costs were halved on the ward."


def document(number: int, text: str, kind: str = "report") -> dict[str, Any]:
    return {"id": f"set:{number}", "title": "", "kind": kind, "source": "elsewhere", "text": text}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    row = {"id": "set:0@0", "doc": "set:0", "text": LABELLED, "labels": {}}
    write_lines(tmp_path / "standoff" / "unlabelled.jsonl", to_standoff(row, "unlabelled", 0, len(LABELLED)))
    documents = [
        document(0, LABELLED),
        *(document(number, f"Waiting times fell in clinic {number}.") for number in range(1, 4)),
        document(4, "Waiting times fell in clinic 3."),
        document(5, "The trial is registered.", kind="abstract"),
        document(7, LABELLED),
        document(6, f"{TRAINED} No labels are here."),
    ]
    trained = {"id": "set:6#0", "doc": "set:6", "text": TRAINED, "labels": {}}
    write_public(tmp_path / "shared", train=[trained], dev=[], documents=documents)
    return tmp_path


def read(folder: Path, most: int = 100) -> list[dict[str, Any]]:
    return list(unlabelled_passages(folder / "standoff", folder / "shared", most))


def test_labelled_documents_are_left_out_and_each_text_comes_once(folder: Path) -> None:
    texts = sorted(row["text"] for row in read(folder))
    assert texts == ["The trial is registered.", *(f"Waiting times fell in clinic {n}." for n in (1, 2, 3))]


def test_kind_ends_where_it_has_enough(folder: Path) -> None:
    assert sorted(row["kind"] for row in read(folder, most=2)) == ["abstract", "report", "report"]


def test_rows_say_where_they_are_from_and_come_in_the_same_order(folder: Path) -> None:
    rows = read(folder)
    assert all(row["id"] == f"{row['doc']}@0" for row in rows)
    assert rows == read(folder)


def test_without_public_texts_there_are_none(tmp_path: Path) -> None:
    assert list(unlabelled_passages(tmp_path, tmp_path / "shared")) == []
