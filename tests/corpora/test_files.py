from __future__ import annotations

import json
from pathlib import Path

import pytest

from lhs_nlp.documents import read
from lhs_nlp.errors import GoldError
from lhs_nlp.framework import default_framework
from lhs_nlp.passages import split_document
from training.corpora import read_labelled_files
from training.corpora.standoff import text_hash

FRAMEWORK = default_framework()
TEXT = "# Plan\n\nWe will cut falls among older people on every ward.\n\n# Board\n\nThe board met on Tuesdays.\n"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared" / "documents" / "notes"
    folder.mkdir(parents=True)
    (folder / "plan.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "shared"


@pytest.fixture
def standoff(tmp_path: Path) -> Path:
    folder = tmp_path / "standoff"
    folder.mkdir()
    return folder


def label(standoff: Path, *rows: dict[str, object]) -> None:
    lines = (json.dumps({"source": "files", "doc": "notes/plan.md"} | row) + "\n" for row in rows)
    (standoff / "files.jsonl").write_text("".join(lines), encoding="utf-8")


def rows_of(shared: Path) -> list[dict[str, object]]:
    passages = split_document(read(shared / "documents" / "notes" / "plan.md"))
    return [
        {"id": f"notes/plan.md#{at}", "sha256": text_hash(passage.text), "labels": {"safety": "anticipated"}}
        for at, passage in enumerate(passages)
    ]


def test_labels_are_joined_to_the_passages_of_the_file(shared: Path, standoff: Path) -> None:
    label(standoff, *rows_of(shared))
    found = read_labelled_files(standoff, shared, FRAMEWORK)
    assert [row["text"] for row in found] == [
        "We will cut falls among older people on every ward.",
        "The board met on Tuesdays.",
    ]
    assert {(row["doc"], row["kind"]) for row in found} == {("notes/plan.md", "notes")}
    assert found[0]["labels"] == {"safety": "anticipated"}


def test_rows_of_other_sources_are_left_out(shared: Path, standoff: Path) -> None:
    label(standoff, *({**row, "source": "unlabelled"} for row in rows_of(shared)))
    assert read_labelled_files(standoff, shared, FRAMEWORK) == []


def test_passage_that_the_file_no_longer_has_is_named(shared: Path, standoff: Path) -> None:
    label(standoff, *rows_of(shared))
    (shared / "documents" / "notes" / "plan.md").write_text("Something else is said here.", encoding="utf-8")
    with pytest.raises(GoldError, match=r"plan\.md#0 is no passage of the file any more"):
        read_labelled_files(standoff, shared, FRAMEWORK)


def test_file_that_cannot_be_read_is_named(shared: Path, standoff: Path) -> None:
    label(standoff, *rows_of(shared))
    (shared / "documents" / "notes" / "plan.md").unlink()
    with pytest.raises(GoldError, match=r"labelled file cannot be read"):
        read_labelled_files(standoff, shared, FRAMEWORK)


def test_label_that_is_not_in_the_framework_is_named(shared: Path, standoff: Path) -> None:
    (first, *_) = rows_of(shared)
    label(standoff, first | {"labels": {"speed": "achieved"}})
    with pytest.raises(GoldError, match="speed"):
        read_labelled_files(standoff, shared, FRAMEWORK)
