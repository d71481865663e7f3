from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.framework import default_framework, default_framework_toml, parse_framework
from tests.cli.running import run

CONCEPT = '[[benefit.concept]]\nid = "green_care"\nname = "Green care"\ncues = ["carbon footprint"]\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Write the shipped framework with a key concept of one's own at its end."""
    path = tmp_path / "own.toml"
    path.write_text(f"{default_framework_toml()}\n{CONCEPT}", encoding="utf-8")
    return path


def test_toml_is_the_framework_and_reads_back_as_it() -> None:
    outcome = run("framework", "show", "--format", "toml")
    assert outcome.code == 0
    assert parse_framework(outcome.out) == default_framework()


def test_json_is_the_framework() -> None:
    assert json.loads(run("framework", "show", "--format", "json").out) == json.loads(
        json.dumps(asdict(default_framework()))
    )


def test_text_names_everything() -> None:
    framework = default_framework()
    outcome = run("framework", "show")
    assert outcome.code == 0
    for kind in ("benefits", "statuses", "dimensions", "stakeholders"):
        for entry in getattr(framework, kind):
            assert f"{entry.name} ({entry.id})" in outcome.out
    for benefit, concept in framework.concept_keys:
        assert f"({concept})" in outcome.out, benefit


def test_framework_is_shown_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LHS_NLP_MODEL", "/nowhere")
    assert run("framework", "show").code == 0


def checked(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    outcome = run("framework", "validate", *arguments, "--format", "json")
    report: dict[str, Any] = json.loads(outcome.out)
    assert report["schema"] == "lhs-nlp/framework-check/1"
    return outcome.code, report


def test_sound_framework_is_valid_and_the_model_fits(own: Path) -> None:
    outcome = run("framework", "validate", own)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{own}: valid. ")
    assert "The model toy-1.0.0 can be used with it. Key concepts found by their cues alone: value/green_care." in (
        outcome.out
    )
    code, report = checked(own)
    assert (code, report["valid"], report["benefits"]) == (0, True, 6)
    assert report["model"] == {
        "id": "toy-1.0.0",
        "problem": None,
        "found_by_cues": ["value/green_care"],
        "never_found": [],
        "claims_fitted_for": None,
    }


def test_concept_that_neither_model_nor_cues_can_find_is_named(own: Path) -> None:
    own.write_text(own.read_text(encoding="utf-8").replace('cues = ["carbon footprint"]', ""), encoding="utf-8")
    outcome = run("framework", "validate", own)
    assert outcome.code == 0
    assert "found by their cues" not in outcome.out
    assert "never found, as the model has not learned them and they have no cues: value/green_care. Give them" in (
        outcome.out
    )
    assert checked(own)[1]["model"]["never_found"] == ["value/green_care"]


def test_framework_with_other_benefits_is_valid_and_the_model_does_not_fit(own: Path) -> None:
    own.write_text(own.read_text(encoding="utf-8").replace('id = "safety"', 'id = "harmlessness"'), encoding="utf-8")
    outcome = run("framework", "validate", own)
    assert outcome.code == 0
    assert "cannot be used with it" in outcome.out
    _, report = checked(own)
    assert "harmlessness" in report["model"]["problem"]


def test_framework_is_valid_without_a_model(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LHS_NLP_MODEL", "/nowhere")
    outcome = run("framework", "validate", own)
    assert outcome.code == 0
    assert "It was not compared with a model. /nowhere: no model bundle is there" in outcome.out
    assert checked(own)[1]["model"]["id"] is None


def test_named_model_must_be_there(own: Path) -> None:
    outcome = run("framework", "validate", own, "--model", "/nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("lhs-nlp: /nowhere: no model bundle is there")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace("schema = 1", "schema = 9"), "expected `schema = 1`, found 9"),
        (lambda text: text + "= broken", "not valid TOML"),
        (lambda text: text.replace("[[benefit.concept]]", "[[benefit.idea]]", 1), "unknown key 'idea'"),
        (lambda text: "", "expected `schema = 1`"),
        (lambda text: None, "cannot be opened (No such file or directory)"),
    ],
)
def test_framework_that_is_wrong_is_a_sentence_with_exit_code_1(own: Path, change: Any, sentence: str) -> None:  # noqa: ANN401
    changed = change(own.read_text(encoding="utf-8"))
    if changed is None:
        own.unlink()
    else:
        own.write_text(changed, encoding="utf-8")
    outcome = run("framework", "validate", own)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"lhs-nlp: {own}: ")
    assert sentence in outcome.err
    code, report = checked(own)
    assert (code, report["valid"], report["framework"], report["model"]) == (1, False, None, None)
    assert sentence in report["error"]
