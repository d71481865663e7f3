from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.errors import BundleError
from lhs_nlp.explanation import Example, load_examples, save_examples

PASSAGES = [
    Example("one#0", "Falls fell by half.", {"safety": "achieved"}),
    Example("one#1", "The board met.", {}),
    Example("two#0", "We will cut costs; « économies ».", {"value": "anticipated"}),
]
VECTORS = np.array([[2, 0, 0], [0, 3, 0], [1, 0, 1]], np.float32)


def test_examples_come_back_as_they_were_saved(tmp_path: Path) -> None:
    save_examples(tmp_path, PASSAGES, VECTORS)
    examples = load_examples(tmp_path)
    assert examples is not None
    assert list(examples.passages) == PASSAGES
    assert np.allclose(np.linalg.norm(examples.vectors, axis=1), 1, atol=1e-3)


def test_nearest_come_by_the_angle_and_not_by_the_length(tmp_path: Path) -> None:
    save_examples(tmp_path, PASSAGES, VECTORS)
    examples = load_examples(tmp_path)
    assert examples is not None
    first, second = examples.nearest(np.array([[9, 0, 0.1], [0, 0.1, 0]], np.float32), 2)
    assert [neighbour.id for neighbour in first] == ["one#0", "two#0"]
    assert first[0].similarity == pytest.approx(1, abs=1e-3)
    assert second[0].labels == {}


def test_no_more_neighbours_than_there_are_examples(tmp_path: Path) -> None:
    save_examples(tmp_path, PASSAGES, VECTORS)
    examples = load_examples(tmp_path)
    assert examples is not None
    (found,) = examples.nearest(np.ones((1, 3), np.float32), 10)
    assert len(found) == 3
    assert examples.nearest(np.zeros((0, 3), np.float32), 2) == []


def test_bundle_without_examples_has_none(tmp_path: Path) -> None:
    assert load_examples(tmp_path) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("examples.jsonl", b"{"),
        ("examples.jsonl", b'{"id": "a", "text": "b"}\n'),
        ("examples.jsonl", b'{"id": "a", "text": "b", "labels": {}}\n'),
        ("examples.npy", b"nothing"),
        ("examples.npy", b""),
        ("examples.jsonl", b"[" * 100_000),
    ],
)
def test_examples_that_are_damaged_are_named(tmp_path: Path, name: str, content: bytes) -> None:
    save_examples(tmp_path, PASSAGES, VECTORS)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BundleError, match=r"examples|labelled passages"):
        load_examples(tmp_path)


def test_vectors_that_are_missing_are_named(tmp_path: Path) -> None:
    save_examples(tmp_path, PASSAGES, VECTORS)
    (tmp_path / "examples.npy").unlink()
    with pytest.raises(BundleError, match="labelled passages"):
        load_examples(tmp_path)


def test_text_with_separators_of_lines_comes_back(tmp_path: Path) -> None:
    passages = [Example("one#0", "Falls\u2028fell\u0085by half.", {"safety": "achieved"}), *PASSAGES[1:]]
    save_examples(tmp_path, passages, VECTORS)
    examples = load_examples(tmp_path)
    assert examples is not None
    assert list(examples.passages) == passages
