from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.framework import default_framework
from tests.cli.running import run
from tests.evaluate.labelled import passage, prediction, write_lines
from tests.toy_bundle import CLAIM, MENTION, NOTHING, RESULT

FRAMEWORK = default_framework()
SAFETY = {"probability": 0.9, "present": True, "status": "achieved", "claim_probability": 0.8, "claimed": True}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Four passages of two documents, of which the toy model gets all right but the status of the second."""
    rows = [
        passage(1, doc="a", kind="grant", text=CLAIM, labels={"safety": "anticipated"}),
        passage(2, doc="a", kind="grant", text=RESULT, labels={"value": "anticipated"}),
        passage(3, doc="b", kind="report", text=MENTION, labels={"equity": "context"}),
        passage(4, doc="b", kind="report", text=NOTHING),
    ]
    return write_lines(tmp_path / "gold.jsonl", rows)


def scores(*arguments: str | Path) -> dict[str, Any]:
    outcome = run("evaluate", *arguments, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    report: dict[str, Any] = json.loads(outcome.out)
    return report


def test_passages_are_scored_with_the_model_in_use(gold: Path) -> None:
    report = scores(gold)
    assert (report["schema"], report["level"]) == ("lhs-nlp/evaluation/1", "passage")
    assert report["model"]["id"] == "toy-1.0.0"
    found = report["scores"]
    assert (found["passages"], found["documents"]) == (4, 2)
    assert found["presence"]["macro"]["f1"]["value"] == 1
    assert found["presence"]["macro"]["f1"]["over"] == 3
    assert found["claims"]["by_benefit"]["value"]["recall"]["value"] == 1
    assert found["status"]["overall"]["accuracy"]["value"] == pytest.approx(2 / 3, abs=1e-4)


def test_every_measure_of_the_contract_is_there_with_its_interval(gold: Path) -> None:
    found = scores(gold)["scores"]
    for task in ("presence", "claims"):
        for name in ("precision", "recall", "f1", "average_precision", "ece"):
            assert set(found[task]["by_benefit"]["safety"][name]) == {"value", "low", "high"}
            assert set(found[task]["macro"][name]) == {"value", "low", "high", "over"}
    assert set(found["status"]["overall"]["accuracy"]) == {"value", "low", "high"}


def test_documents_are_scored_by_their_verdicts(gold: Path) -> None:
    report = scores(gold, "--level", "document")
    assert report["level"] == "document"
    assert report["scores"]["documents"] == 2
    assert report["scores"]["claims"]["by_benefit"]["safety"]["f1"]["value"] == 1
    assert report["scores"]["band"]["missed"]["value"] == 0


def test_kinds_of_document_are_scored_by_themselves(gold: Path) -> None:
    assert {kind: part["passages"] for kind, part in scores(gold, "--by", "kind")["by_kind"].items()} == {
        "grant": 2,
        "report": 2,
    }


def test_predictions_of_classify_score_as_the_model_does(gold: Path, tmp_path: Path) -> None:
    assert run("classify", gold, "--output", tmp_path / "p.jsonl").code == 0
    for level in ("passage", "document"):
        from_file = scores(gold, "--predictions", tmp_path / "p.jsonl", "--level", level)
        assert from_file["scores"] == scores(gold, "--level", level)["scores"]
        assert from_file["predictions"] == str(tmp_path / "p.jsonl")


def test_predictions_need_no_model_at_the_level_of_passages(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LHS_NLP_MODEL", str(tmp_path / "none"))
    rows = [prediction(at, FRAMEWORK, safety=SAFETY) for at in range(1, 7)]
    report = scores(gold, "--predictions", write_lines(tmp_path / "p.jsonl", rows))
    assert report["model"] is None
    assert report["predictions_not_in_gold"] == 2
    assert report["scores"]["presence"]["by_benefit"]["safety"]["precision"]["value"] == 0.25


def test_text_fits_80_columns_and_names_its_sources(gold: Path) -> None:
    for more in ([], ["--level", "document"], ["--by", "kind"]):
        outcome = run("evaluate", gold, *more)
        assert outcome.code == 0
        assert outcome.out.startswith(f"Gold: {gold}\nModel: toy-1.0.0\n")
        table = outcome.out.partition("\n")[2]
        assert max(map(len, table.splitlines())) <= 80
        for benefit in FRAMEWORK.benefits:
            assert benefit.name in table


def test_own_framework_is_scored_in_its_own_words(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(run("framework", "show", "--format", "toml").out.replace('"Safety"', '"Harmlessness"'))
    path = write_lines(tmp_path / "gold.jsonl", [passage(1, text=CLAIM, labels={"safety": "anticipated"})])
    assert "Harmlessness" in run("evaluate", path, "--framework", own).out


def test_output_is_a_file(gold: Path, tmp_path: Path) -> None:
    for name in ("text", "json"):
        shown = run("evaluate", gold, "--format", name).out
        assert run("evaluate", gold, "--format", name, "--output", tmp_path / "out").out == ""
        assert (tmp_path / "out").read_text(encoding="utf-8") == shown


def test_name_of_the_file_tells_the_format(gold: Path, tmp_path: Path) -> None:
    run("evaluate", gold, "--output", tmp_path / "scores.json")
    assert json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))["schema"] == "lhs-nlp/evaluation/1"


def test_errors_are_sentences_with_exit_code_2(gold: Path, tmp_path: Path) -> None:
    none, short = tmp_path / "none.jsonl", write_lines(tmp_path / "short.jsonl", [prediction(1, FRAMEWORK)])
    wrong = write_lines(tmp_path / "wrong.jsonl", [passage(1, labels={"safety": "hoped"})])
    for arguments, sentence in (
        ([none], f"lhs-nlp: {none}: cannot be read (No such file or directory).\n"),
        ([wrong], f"lhs-nlp: {wrong}:1: the status of safety, 'hoped' is none of anticipated, achieved,"),
        ([gold, "--predictions", short], f"lhs-nlp: {short}: no prediction for 3 of 4 passages: p2, p3, p4."),
        ([gold, "--model", none], f"lhs-nlp: {none}: no model bundle is there;"),
        ([gold, "--output", none / "x"], f"lhs-nlp: {none / 'x'}: cannot be written (No such file or directory).\n"),
        ([gold, "--level", "word"], "Usage: lhs-nlp evaluate"),
        ([], "Usage: lhs-nlp evaluate"),
    ):
        outcome = run("evaluate", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(sentence)


def test_what_is_read_is_not_overwritten(gold: Path, tmp_path: Path) -> None:
    predictions = write_lines(tmp_path / "p.jsonl", [prediction(at, FRAMEWORK) for at in range(1, 5)])
    link = tmp_path / "link.jsonl"
    link.symlink_to(gold)
    for path in (gold, link, predictions):
        before = path.read_bytes()
        outcome = run("evaluate", gold, "--predictions", predictions, "--output", path)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"lhs-nlp: {path}: is read here, and would be overwritten")
        assert path.read_bytes() == before
