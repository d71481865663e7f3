from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp import GoldError
from lhs_nlp.corrections import Desk
from lhs_nlp.documents import read_bytes
from lhs_nlp.learn import corrections_to_text, read_corrections
from lhs_nlp.learn.corrections import decided_in
from tests.archive.filling import NOTHING, SAFETY, VALUE, begin, fill, other_model
from tests.corrections.reviewing import TEXTS, Room, room
from tests.learn.taught import FRAMEWORK, read, rows

FALLS = {"id": "1", "doc": "a", "text": "Falls fell.", "labels": {"safety": "achieved"}}


def test_passage_without_document_is_one_of_its_own(tmp_path: Path) -> None:
    found = read(tmp_path, [{key: value for key, value in row.items() if key != "doc"} for row in rows(2)])
    assert (len(found.passages), found.documents) == (8, 8)


def test_labels_become_arrays(tmp_path: Path) -> None:
    gold = read(tmp_path, [FALLS, {"id": "2", "text": "The group met.", "labels": {}}]).to_gold(FRAMEWORK)
    safety, achieved = FRAMEWORK.benefit_ids.index("safety"), FRAMEWORK.status_ids.index("achieved")
    row = gold.ids.index("1")
    assert (gold.presence[row, safety], gold.status[row, safety]) == (1, achieved)
    assert gold.presence.sum() == 1
    assert (gold.concepts == -1).all()


def test_correction_that_says_the_same_again_counts_once(tmp_path: Path) -> None:
    found = read(tmp_path, [FALLS, FALLS | {"id": "2", "doc": "b", "text": "Falls  fell.\n"}])
    assert (len(found.passages), found.repeated, found.contradicted) == (1, 1, ())


def test_text_that_is_labelled_in_two_ways_teaches_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, [FALLS, FALLS | {"id": "2", "labels": {}}, FALLS | {"id": "3", "text": "Falls rose."}])
    assert [passage.id for passage in found.passages] == ["3"]
    assert sorted(found.contradicted) == ["1", "2"]


def test_nothing_but_contradictions_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="every text is labelled in two ways; decide which is right"):
        read(tmp_path, [FALLS, FALLS | {"id": "2", "labels": {}}])


def test_order_of_the_file_changes_nothing(tmp_path: Path) -> None:
    forward, backward = read(tmp_path, rows()), read(tmp_path, reversed(rows()))
    assert forward == backward
    assert forward.sha256 == backward.sha256
    assert forward.sha256 != read(tmp_path, rows()[1:]).sha256


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (FALLS | {"text": " "}, ":1: `text` is missing or blank."),
        (FALLS | {"labels": {"speed": "achieved"}}, ":1: benefit 'speed' is none of quality, safety,"),
        (FALLS | {"labels": {"safety": "hoped"}}, ":1: the status of safety, 'hoped' is none of anticipated,"),
        (FALLS | {"labels": None}, ":1: `labels` must be an object"),
        (FALLS | {"doc": ["a"]}, ":1: `doc` must be text or a whole number"),
        ({"text": "Falls fell.", "labels": {}}, ":1: `id` must be text"),
        ("falls", ":1: is not JSON."),
    ],
)
def test_malformed_line_is_named(tmp_path: Path, line: object, sentence: str) -> None:
    with pytest.raises(GoldError) as error:
        read(tmp_path, [line])
    assert sentence in str(error.value)


def test_decision_on_newer_results_leaves_what_was_decided_on_older_ones(tmp_path: Path) -> None:
    with room(tmp_path / "s.sqlite") as old:
        old.decide(Desk("ana"), "reject", 0, "safety")
        old.decide(Desk("ana"), "add", 0, "equity", "anticipated")
        old.decide(Desk("ana"), "done")
        tagger = other_model()
        run, tagging = begin(old.store, tagger)
        fill(old.store, read_bytes(TEXTS["a.md"].encode(), name="a.md"), tagger, tagging, run)
        new = Room(old.store, tagging)
        new.decide(Desk("ana"), "add", 0, "value", "anticipated")
    labels = {passage.text: passage.labels for passage in decided_in(tmp_path / "s.sqlite", FRAMEWORK).passages}
    assert labels == {
        SAFETY: {"equity": "anticipated", "value": "anticipated"},
        NOTHING: {},
        VALUE: {"value": "achieved"},
    }


def test_it_is_said_where_benefits_are_as_the_model_found_them(tmp_path: Path) -> None:
    with room(tmp_path / "s.sqlite") as opened:
        opened.decide(Desk("ana"), "accept", 0, "safety")
        opened.decide(Desk("ana"), "none", 1)
        opened.decide(Desk("ana"), "reject", 0, "value", name="b.txt")
        partly = decided_in(tmp_path / "s.sqlite", FRAMEWORK)
        for name in ("a.md", "b.txt"):
            opened.decide(Desk("ana"), "done", name=name)
        wholly = decided_in(tmp_path / "s.sqlite", FRAMEWORK)
    assert (len(partly.passages), partly.partly) == (3, 2)
    said = " ".join(corrections_to_text(partly).split())
    assert "Nobody decided on all benefits of 2 passages: what the model had found of the others" in said
    assert (wholly.partly, "Nobody decided" in corrections_to_text(wholly)) == (0, False)


def test_empty_and_missing_files_are_errors(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no labels"):
        read(tmp_path, [])
    with pytest.raises(GoldError, match="cannot be read"):
        read_corrections(tmp_path / "none.jsonl", FRAMEWORK)
