"""Labels that are kept apart from public texts, and joined to them."""

from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.errors import GoldError
from lhs_nlp.framework import default_framework
from tests.corpora.writing import CLAIM, public_passage, write_lines, write_public
from training.corpora import read_standoff, to_standoff
from training.corpora.standoff_validation import find_joining_problems, find_standoff_problems
from training.data import to_targets

FRAMEWORK = default_framework()
TEXT = "Énergie was saved. Falls were halved. Nobody was hurt."
FIRST, SECOND, THIRD = "Énergie was saved.", "Falls were halved.", "Nobody was hurt."
DOCUMENT = {"id": "set:new", "title": "A report", "kind": "report", "source": "elsewhere", "text": TEXT}


def cut(number: int, text: str, **labels: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the stand-off row of a passage of the unlabelled document."""
    start = TEXT.index(text)
    row = {"id": f"set:new#{number}", "doc": "set:new", "text": text, "labels": {}} | labels
    return to_standoff(row, "unlabelled", start, start + len(text))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    train = [
        public_passage(0, "Costs fell.", labels={"value": "achieved"}),
        public_passage(1, "We met weekly.", **CLAIM),
    ]
    dev = [public_passage(0, "Waits grew.", id="set:e#0", doc="set:e", labels={"quality": "not_achieved"})]
    return write_public(tmp_path / "shared", train=train, dev=dev, documents=[DOCUMENT])


def test_row_holds_labels_and_hash_but_no_text() -> None:
    row = to_standoff(public_passage(1, "abc", **CLAIM, unsure=True), "train")
    assert row == {"id": "set:d#1", "doc": "set:d", "source": "train", "sha256": "ba7816bf8f01cfea"} | CLAIM | {
        "unsure": True
    }


def test_offsets_count_characters_of_the_document(tmp_path: Path, shared: Path) -> None:
    write_lines(tmp_path / "new.jsonl", cut(0, FIRST), cut(1, SECOND, **CLAIM, dimension="program"))
    first, second = read_standoff(tmp_path, shared)
    assert first | {"place": ""} == {
        "id": "set:new#0",
        "doc": "set:new",
        "title": "A report",
        "kind": "report",
        "source": "elsewhere",
        "index": 0,
        "of": 2,
        "before": "",
        "text": FIRST,
        "after": SECOND,
        "labels": {},
        "place": "",
    }
    assert (second["before"], second["text"], second["after"]) == (FIRST, SECOND, "")


def test_rows_of_a_document_are_put_in_its_order(tmp_path: Path, shared: Path) -> None:
    write_lines(tmp_path / "new.jsonl", cut(2, THIRD), cut(0, FIRST), cut(1, SECOND))
    rows = read_standoff(tmp_path, shared)
    assert [(row["text"], row["index"]) for row in rows] == [(FIRST, 0), (SECOND, 1), (THIRD, 2)]


def test_joined_rows_become_targets(tmp_path: Path, shared: Path) -> None:
    write_lines(tmp_path / "new.jsonl", cut(0, FIRST), cut(1, SECOND, **CLAIM, unsure=True))
    targets = to_targets(read_standoff(tmp_path, shared), FRAMEWORK)
    safety = FRAMEWORK.benefit_ids.index("safety")
    assert (targets.ids, targets.texts) == (("set:new#0", "set:new#1"), (FIRST, SECOND))
    assert targets.presence[:, safety].tolist() == [0, 1]
    assert targets.weight.tolist() == pytest.approx([1.0, 0.6])
    assert set(targets.concepts[0]) == {-1}


def test_only_rows_of_the_wanted_source_are_joined(tmp_path: Path, shared: Path) -> None:
    train, dev = public_passage(0, "Costs fell."), public_passage(0, "Waits grew.", id="set:e#0", doc="set:e")
    write_lines(tmp_path / "all.jsonl", to_standoff(dev, "dev"), to_standoff(train, "train"), cut(0, FIRST))
    write_lines(tmp_path / "corrections.jsonl", {"id": "set:d#0"})
    ids = {source: [row["id"] for row in read_standoff(tmp_path, shared, source=source)] for source in ("train", "dev")}
    assert ids == {"train": ["set:d#0"], "dev": ["set:e#0"]}
    assert [row["id"] for row in read_standoff(tmp_path, shared)] == ["set:new#0"]
    with pytest.raises(GoldError, match="no source 'test': give one of unlabelled, train, dev"):
        read_standoff(tmp_path, shared, source="test")


def test_labels_are_those_of_the_row_when_joined_to_a_public_passage(tmp_path: Path, shared: Path) -> None:
    write_lines(tmp_path / "all.jsonl", to_standoff(public_passage(1, "We met weekly."), "train"))
    (row,) = read_standoff(tmp_path, shared, source="train")
    assert {key: row[key] for key in row if key != "place"} == public_passage(1, "We met weekly.")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (cut(0, FIRST) | {"end": 5}, "text of set:new#0 is not the one that was labelled"),
        (cut(0, FIRST) | {"doc": "set:gone"}, "documents.jsonl.gz has no document set:gone"),
        (cut(0, FIRST, labels={"comfort": "achieved"}), "set:new#0 benefit 'comfort' is none of"),
        ({"id": "set:new#0", "source": "unlabelled", "labels": {}}, "`doc`, `sha256`, `start`, `end` is missing"),
        (cut(9, THIRD, labels={}) | {"start": 30}, "set:new#9 overlaps set:new#1"),
    ],
)
def test_error_names_the_row(tmp_path: Path, shared: Path, row: dict[str, Any], message: str) -> None:
    write_lines(tmp_path / "new.jsonl", cut(1, SECOND), row)
    with pytest.raises(GoldError, match=rf"new\.jsonl:2: .*({message})"):
        read_standoff(tmp_path, shared)


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        (public_passage(0, "Costs rose."), r"all\.jsonl:1: the text of set:d#0 is not the one"),
        (public_passage(7, "Costs fell."), r"all\.jsonl:1: train\.jsonl has no passage set:d#7"),
        (public_passage(0, "Costs fell.", doc="set:x"), r"train\.jsonl has no passage set:d#0 of the document set:x"),
    ],
)
def test_error_names_the_row_when_a_public_passage_is_another(
    tmp_path: Path, shared: Path, passage: dict[str, Any], message: str
) -> None:
    write_lines(tmp_path / "all.jsonl", to_standoff(passage, "train"))
    with pytest.raises(GoldError, match=message):
        read_standoff(tmp_path, shared, source="train")


def test_error_names_the_file_when_the_texts_are_absent(tmp_path: Path) -> None:
    write_lines(tmp_path / "new.jsonl", cut(0, FIRST))
    with pytest.raises(GoldError, match=r"documents\.jsonl\.gz: cannot be read"):
        read_standoff(tmp_path, tmp_path / "nowhere")


class TestProblems:
    def test_rows_without_their_texts(self, tmp_path: Path) -> None:
        dev = to_standoff(public_passage(0, "Waits grew."), "dev")
        write_lines(tmp_path / "a.jsonl", cut(0, FIRST), dev)
        write_lines(tmp_path / "b.jsonl", cut(0, SECOND), {key: dev[key] for key in dev if key != "labels"})
        correction = {
            "id": dev["id"],
            "sha256": dev["sha256"],
            "was": {"ease": "context"},
            "labels": {},
            "reason": "A15",
        }
        write_lines(tmp_path / "corrections.jsonl", correction)
        assert find_standoff_problems(tmp_path, FRAMEWORK) == [
            'b.jsonl:2: set:d#0: "labels" is a required property.',
            "corrections.jsonl:1: set:d#0: benefit 'ease' is none of "
            "quality, safety, equity, patient_satisfaction, reputation, value.",
            "corrections.jsonl:1: set:d#0 is of dev, which is not corrected.",
            "b.jsonl:1: set:new#0 stands in a.jsonl:1 already.",
            "b.jsonl:2: set:d#0 stands in a.jsonl:2 already.",
        ]

    def test_offsets_are_required_where_they_say_where_the_text_is(self, tmp_path: Path) -> None:
        row = cut(0, FIRST)
        write_lines(tmp_path / "a.jsonl", {key: row[key] for key in row if key != "end"})
        assert find_standoff_problems(tmp_path, FRAMEWORK) == ['a.jsonl:1: set:new#0: "end" is a required property.']

    def test_newly_labelled_passages_that_dev_or_train_has(self, tmp_path: Path) -> None:
        dev = public_passage(0, FIRST, id="set:new#0", doc="set:new")
        train = public_passage(1, SECOND, id="set:new#1", doc="set:new")
        shared = write_public(tmp_path / "shared", train=[train], dev=[dev], documents=[DOCUMENT])
        write_lines(tmp_path / "a.jsonl", to_standoff(dev, "dev"), to_standoff(train, "train"))
        write_lines(tmp_path / "new.jsonl", cut(5, FIRST), cut(6, SECOND))
        assert find_joining_problems(tmp_path, shared, FRAMEWORK) == [
            "new.jsonl:1: set:new is a document of dev.",
            "new.jsonl:2: set:new is a document of dev.",
            "set:new#5, newly labelled, repeats set:new#0 of dev.",
            "new.jsonl:2: set:new#6 is set:new#1 of train.jsonl, labelled already.",
        ]

    def test_rows_that_do_not_join(self, tmp_path: Path, shared: Path) -> None:
        write_lines(tmp_path / "new.jsonl", cut(0, FIRST) | {"start": 2})
        (problem,) = find_joining_problems(tmp_path, shared, FRAMEWORK)
        assert problem.startswith("new.jsonl:1: the text of set:new#0 is not the one")
