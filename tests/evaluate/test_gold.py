"""Reading labelled passages."""

from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate import claims, read_gold, rows_by_kind
from lhs_nlp.framework import default_framework
from tests.evaluate.labelled import ABSENT, BACKGROUND, FRAMEWORK, SEEN, gold, passage, write_lines
from tests.shared import SHARED, needs_shared


def test_labels_become_columns_in_the_order_of_the_framework(tmp_path: Path) -> None:
    rows = [
        passage(1, labels={"light": "background", "warmth": "seen"}, concepts={"warmth": ["heating"]}, kind="grant"),
        passage(2, doc="d2"),
    ]
    read = read_gold(write_lines(tmp_path / "gold.jsonl", rows), FRAMEWORK)
    assert (read.ids, read.docs, read.kinds) == (("p1", "p2"), ("d1", "d2"), ("grant", "other"))
    assert read.presence.tolist() == [[1, 1], [0, 0]]
    assert read.status.tolist() == [[SEEN, BACKGROUND], [ABSENT, ABSENT]]
    assert read.concepts.tolist() == [[0, 1, 0], [-1, -1, -1]]
    assert claims(read.status, FRAMEWORK).tolist() == [[1, 0], [0, 0]]


def test_blank_lines_and_a_byte_order_mark_are_skipped(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "gold.jsonl", [passage(1), "", passage(2)])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_gold(path, FRAMEWORK)) == 2


def test_file_may_be_named_by_text(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "gold.jsonl", [passage(1)])
    assert read_gold(str(path), FRAMEWORK).ids == ("p1",)


def test_ids_may_be_whole_numbers(tmp_path: Path) -> None:
    read = read_gold(write_lines(tmp_path / "gold.jsonl", [passage(1, id=7, doc=8)]), FRAMEWORK)
    assert (read.ids, read.docs) == (("7",), ("8",))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"doc": "d", "text": "t", "labels": {}}, "`id` must be text or a whole number, not missing"),
        (passage(2, id=True), "`id` must be"),
        (passage(2, doc=" "), "`doc` must be"),
        (passage(2, text=""), "`text` is missing or blank"),
        (passage(2, text="\u200b"), "`text` is missing or blank"),
        (passage(2, labels=None), "`labels` must be an object"),
        (passage(2, labels=["light"]), "`labels` must be an object"),
        (passage(2, labels={"comfort": "seen"}), "benefit 'comfort' is none of warmth, light"),
        (passage(2, labels={"light": "heard"}), "the status of light, 'heard' is none of hoped, seen, background"),
        (passage(2, labels={"light": ["seen"]}), "the status of light,"),
        (passage(2, concepts=[]), "`concepts` must be an object"),
        (passage(2, concepts={"comfort": []}), "benefit 'comfort'"),
        (passage(2, concepts={"light": "windows"}), "key concepts of light must be a list"),
        (passage(2, concepts={"light": ["heating"]}), "'heating' is none of windows"),
        (passage(1), "id 'p1' stands in .*gold.jsonl:1 already"),
        ("{broken", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "must be an object"),
    ],
)
def test_error_names_the_line(tmp_path: Path, row: Any, message: str) -> None:  # noqa: ANN401
    path = write_lines(tmp_path / "gold.jsonl", [passage(1), row])
    with pytest.raises(GoldError, match=f"gold.jsonl:2: .*{message}"):
        read_gold(path, FRAMEWORK)


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "holds no labels"), (b"\n \n", "holds no labels"), (b"\xff{", "UTF-8")]
)
def test_error_names_a_file_that_holds_no_lines(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=message):
        read_gold(path, FRAMEWORK)


def test_error_names_a_file_that_is_missing_or_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(GoldError, match="cannot be read"):
            read_gold(path, FRAMEWORK)


def test_document_is_of_the_kind_of_its_first_passage() -> None:
    labels = gold("aabb", [[0, 0]] * 4, kinds="xyzz")
    assert rows_by_kind(labels) == {"x": [0, 1], "z": [2, 3]}


class TestRealFiles:
    pytestmark = needs_shared

    def test_labelled_passages_are_read_whole(self) -> None:
        path = SHARED / "passages" / "dev.jsonl"
        read = read_gold(path, default_framework())
        assert len(read) == len(path.read_text(encoding="utf-8").splitlines())
        assert read.presence.sum(0).all()
