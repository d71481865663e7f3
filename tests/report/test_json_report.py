"""Results as JSON."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from lhs_nlp.errors import READ_REASONS
from lhs_nlp.framework import default_framework
from lhs_nlp.report import Failure, Result, failure_to_json, json_schema, to_json, to_json_text
from tests.report import examples


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def read(result: Result, *, passages: bool = False) -> dict[str, Any]:
    """Read a result back from its JSON text."""
    value: dict[str, Any] = json.loads(to_json_text(result, passages=passages))
    return value


@pytest.mark.parametrize("passages", [False, True])
@pytest.mark.parametrize("example", examples.SUMMARIES)
def test_summary_fits_the_schema(
    validator: Draft202012Validator, example: Callable[[], Result], passages: bool
) -> None:
    validator.validate(to_json(example(), passages=passages))


@pytest.mark.parametrize("reason", READ_REASONS)
def test_failure_fits_the_schema(validator: Draft202012Validator, reason: str) -> None:
    validator.validate(failure_to_json("x.pdf", reason, "Do this."))


def test_list_of_both_fits_the_schema(validator: Draft202012Validator) -> None:
    validator.validate([to_json(examples.proposal()), to_json(examples.failure())])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: value.pop("model"),
        lambda value: value.update(extra=1),
        lambda value: value.update(schema="lhs-nlp/tag/2"),
        lambda value: value["document"].update(pages=0),
        lambda value: value["benefits"]["quality"].update(verdict="perhaps"),
        lambda value: value["benefits"]["quality"].update(confidence=1.2),
        lambda value: value["benefits"]["quality"]["evidence"][0].pop("page"),
        lambda value: value["passages"][0].pop("benefits"),
    ],
)
def test_schema_refuses_what_breaks_the_contract(
    validator: Draft202012Validator, spoil: Callable[[dict[str, Any]], object]
) -> None:
    value = read(examples.proposal(), passages=True)
    spoil(value)
    assert not validator.is_valid(value)


def test_summary_says_what_was_found() -> None:
    value = read(examples.proposal())
    assert list(value) == [
        "schema",
        "document",
        "model",
        "framework",
        "summary",
        "benefits",
        "stakeholders",
    ]
    assert list(value["benefits"]) == [
        "quality",
        "safety",
        "equity",
        "patient_satisfaction",
        "reputation",
        "value",
    ]
    assert value["framework"]["sha256"] == default_framework().sha256
    assert value["benefits"]["safety"]["verdict"] == "claimed"
    assert value["benefits"]["safety"]["confidence"] == 0.9988
    assert value["benefits"]["safety"]["statuses"] == {
        "anticipated": 3,
        "achieved": 1,
        "not_achieved": 0,
        "context": 2,
    }
    assert value["stakeholders"]["patients_families"] == ["quality", "safety", "equity"]


def test_evidence_resolves_in_the_text() -> None:
    summary = examples.proposal()
    for benefit in read(summary)["benefits"].values():
        for quotation in benefit["evidence"]:
            assert summary.document.text[quotation["start"] : quotation["end"]] == quotation["text"]


def test_evidence_says_whether_its_status_is_sure() -> None:
    said = [read(summary)["benefits"]["quality"] for summary in (examples.proposal(), examples.unsure_evidence())]
    assert [benefit["evidence"][0]["present"] for benefit in said] == [True, False]


def test_file_that_was_written_before_evidence_said_so_still_fits_the_schema(validator: Draft202012Validator) -> None:
    value = read(examples.proposal())
    for benefit in value["benefits"].values():
        for quotation in benefit["evidence"]:
            del quotation["present"]
    validator.validate(value)


def test_passages_are_all_there_when_asked_for() -> None:
    summary = examples.proposal()
    passages = read(summary, passages=True)["passages"]
    assert [passage["index"] for passage in passages] == list(range(len(summary.passages)))
    assert sum(len(passage["benefits"]) for passage in passages) == len(summary.findings)
    assert set(passages[3]["benefits"]) == {"value", "safety"}


def test_probabilities_have_four_decimals() -> None:
    passages = read(examples.proposal(), passages=True)["passages"]
    values = [finding["claim_probability"] for passage in passages for finding in passage["benefits"].values()]
    assert values
    assert all(value == round(value, 4) for value in values)


def test_numbers_of_numpy_become_plain() -> None:
    summary = examples.proposal()
    confidence: Any = np.float32(0.25)
    count: Any = np.int64(2)
    benefit = replace(summary.benefits[0], confidence=confidence, statuses={"achieved": count})
    value = read(replace(summary, benefits=(benefit,)))["benefits"]["quality"]
    assert (value["confidence"], value["statuses"]) == (0.25, {"achieved": 2})


def test_number_that_json_lacks_is_refused() -> None:
    summary = examples.proposal()
    spoiled = replace(summary, benefits=(replace(summary.benefits[0], confidence=math.nan),))
    with pytest.raises(ValueError, match="JSON"):
        to_json_text(spoiled)


def test_failure_has_no_facts_but_its_source() -> None:
    value = read(Failure("x.pdf", "encrypted", "Remove the password."))
    assert value["error"] == {"reason": "encrypted", "message": "Remove the password."}
    assert {key for key, known in value["document"].items() if known is not None} == {"source"}


@pytest.mark.parametrize(
    ("results", "as_list", "kind"),
    [
        (examples.failure(), None, dict),
        ([examples.failure()], None, list),
        ([examples.failure()], False, dict),
        (examples.failure(), True, list),
        ([examples.failure()] * 2, False, list),
        ([], None, list),
    ],
)
def test_text_is_an_object_or_an_array(results: Result | list[Result], as_list: bool | None, kind: type) -> None:
    assert type(json.loads(to_json_text(results, as_list=as_list))) is kind


def test_text_keeps_other_scripts_readable() -> None:
    assert "学习型医疗体系" in to_json_text(examples.non_latin())


def test_text_can_be_written_when_a_file_name_is_not_utf8() -> None:
    failure = Failure("scan\udcff.pdf", "malformed", "Open it.")
    text = to_json_text(failure).encode("utf-8")
    assert json.loads(text)["document"]["source"] == failure.source
