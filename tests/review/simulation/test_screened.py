from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from lhs_nlp.errors import ReviewError
from lhs_nlp.references import files
from lhs_nlp.review.simulation.screened import read_labels, read_screened
from tests.review.making import reference


def test_one_means_included_unless_a_word_says_so() -> None:
    numbers = read_labels([reference(fields=(("label", value),)) for value in "1001"], "label")
    assert numbers.included.tolist() == [True, False, False, True]
    mixed = read_labels([reference(fields=(("label", value),)) for value in ("I", "1", "E")], "label")
    assert (mixed.included.tolist(), mixed.excluded_as) == ([True, False, False], ("1", "E"))


def test_value_that_means_included_can_be_named() -> None:
    records = [reference(fields=(("label", value),)) for value in ("a", "b", "")]
    labels = read_labels(records, "label", "b")
    assert (labels.rows, labels.included.tolist()) == ((0, 1), [False, True])


@pytest.mark.parametrize(
    ("values", "included", "sentence"),
    [(["a", "b"], None, "holds a, b; say which value"), (["1", "1"], None, "say which value"), ([], None, "no")],
)
def test_labels_that_do_not_serve_are_a_sentence(values: list[str], included: str | None, sentence: str) -> None:
    records = [reference(fields=(("label", value),)) for value in values]
    with pytest.raises(ReviewError, match=sentence):
        read_labels(records, "label", included)


def test_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ReviewError, match="there are TI"):
        read_labels([reference(fields=(("TI", "Falls"),))], "label")


def test_compressed_file_is_unpacked_up_to_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, text = tmp_path / "found.ris.gz", b"TY  - JOUR\nTI  - Falls\nER  -\n"
    path.write_bytes(gzip.compress(text))
    assert [record.title for record in read_screened(path)] == ["Falls"]
    monkeypatch.setattr(files, "MOST_MEGABYTES", 1)
    path.write_bytes(gzip.compress(text + b" " * 1_000_000))
    with pytest.raises(ReviewError, match=r"found\.ris\.gz: unpacks to more than 1 MB; split the file"):
        read_screened(path)
