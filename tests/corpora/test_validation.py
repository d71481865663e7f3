"""What is found wrong with authored documents."""

from typing import Any

import pytest

from lhs_nlp.framework import default_framework
from tests.corpora.writing import CLAIM, by_name, document, passage
from training.corpora import find_problems

FRAMEWORK = default_framework()
LONG = (
    "In the second winter the night staff moved the beds of frail patients within sight of the desk, "
    "put on lights at knee height and walked with whoever rose, and nobody broke a hip until the thaw."
)
"""A passage long enough to be repeated with changes."""


def problems(*documents: dict[str, Any], public: dict[str, str] | None = None) -> list[str]:
    return find_problems(by_name(*documents), FRAMEWORK, public)


def test_sound_documents_have_no_problem() -> None:
    tenet = passage("We hold that nobody be hurt by care.", **CLAIM, dimension="program", unsure=True)
    assert problems(document("a", passage(**CLAIM), tenet), document("b", passage(LONG))) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"split": "dev"}, 'a.json: `split`: "dev" is not one of'),
        ({"kind": "poem"}, 'a.json: `kind`: "poem" is not one of'),
        ({"passages": []}, "a.json: `passages`: "),
        ({"author": "x"}, "a.json: Additional properties are not allowed"),
        ({"title": " Report"}, 'a.json: `title`: " Report" does not match'),
        ({"passages": [passage("two\nlines")]}, "a.json: `passages/0/text`: "),
        ({"passages": [passage("ends in a break\n")]}, "a.json: `passages/0/text`: "),
        ({"passages": [passage(unsure=False)]}, "a.json: `passages/0/unsure`: "),
        ({"passages": [passage(labels=["safety"])]}, "a.json: `passages/0/labels`: "),
        ({"passages": [passage(stakeholders=["payers", "payers"])]}, "a.json: `passages/0/stakeholders`: "),
    ],
)
def test_form_is_checked_by_the_schema(change: dict[str, Any], message: str) -> None:
    found = problems(document("a", passage()) | change)
    assert [problem[: len(message)] for problem in found] == [message]


def test_document_must_be_named_after_its_id() -> None:
    assert find_problems({"b.json": document("a", passage())}, FRAMEWORK) == [
        "b.json: must be named after its id, 'a'."
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"labels": {"comfort": "achieved"}, "concepts": {}}, "benefit 'comfort' is none of quality"),
        ({"labels": {"safety": "hoped"}, "stakeholders": []}, "status 'hoped' is none of anticipated"),
        ({"concepts": {"safety": ["cost"]}}, "key concept of safety 'cost' is none of harm_prevention"),
        ({"concepts": {"value": ["cost"]}}, "has key concepts of 'value', which is not labelled"),
        ({"stakeholders": ["pets"]}, "stakeholder 'pets' is none of patients_families"),
        ({"dimension": "world"}, "dimension 'world' is none of project"),
        ({"labels": {"safety": "context"}}, "has stakeholders, but claims nothing"),
        ({"labels": {"safety": "context"}, "stakeholders": [], "dimension": "program"}, "has a dimension, but claims"),
    ],
)
def test_labels_must_fit_the_framework_and_each_other(change: dict[str, Any], message: str) -> None:
    found = problems(document("a", passage(LONG), passage(**CLAIM | change)))
    assert [problem[: len(f"a#1 {message}")] for problem in found] == [f"a#1 {message}"]


@pytest.mark.parametrize("split", ["train", "test"])
def test_passages_must_not_repeat_one_another_within_or_between_splits(split: str) -> None:
    again = LONG.replace("second", "first").replace("frail", "old").upper()
    found = problems(document("a", passage(LONG)), document("b", passage(again), split=split))
    assert [problem.split(":")[0] for problem in found] == ["a#0 repeats b#0"]


def test_passages_must_not_repeat_public_ones() -> None:
    found = problems(document("a", passage(LONG)), public={"dev#1": f"As we wrote: {LONG}", "dev#2": "Others."})
    assert [problem.split(":")[0] for problem in found] == ["a#0 repeats dev#1"]


def test_documents_must_not_stand_in_both_splits() -> None:
    twin = document("b", passage(LONG), title="REPORT A", split="test")
    assert problems(document("a", passage()), twin) == [
        "a.json: another document has its title, 'Report a', too.",
        "b.json: another document has its title, 'REPORT A', too.",
    ]
