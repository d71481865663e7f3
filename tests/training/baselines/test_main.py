"""The command: passages in, one table out."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from lhs_nlp.framework import default_framework
from tests.training.made import passages, write_authored, write_rows
from training.baselines import __main__ as running
from training.baselines.registry import baselines

KEYWORDS, TFIDF = "keyword list", "TF-IDF + logistic regression"


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the results of a run on made-up passages go."""
    write_rows(tmp_path / "shared" / "passages" / "train.jsonl", passages(36, "train"))
    write_rows(tmp_path / "shared" / "passages" / "dev.jsonl", passages(12, "dev"))
    write_authored(tmp_path / "corpora" / "authored", documents=4)
    monkeypatch.setattr(running, "RESULTS", tmp_path / "results.json")
    return tmp_path / "results.json"


def run(results: Path, monkeypatch: pytest.MonkeyPatch, *only: str) -> dict[str, Any]:
    chosen = [argument for name in only for argument in ("--only", name)]
    folders = ["--shared", str(results.parent / "shared"), "--corpora", str(results.parent / "corpora")]
    monkeypatch.setattr(sys, "argv", ["baselines", *folders, *chosen])
    running.main()
    rows: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    return rows


def test_rows_have_the_scores_that_the_readme_shows(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = run(results, monkeypatch, "tfidf", "keywords")
    assert list(rows) == [KEYWORDS, TFIDF]
    for measure in ("presence_macro_f1", "claims_macro_f1", "document_claims_macro_f1"):
        assert rows[TFIDF][measure]["value"] > 0.8
        assert rows[KEYWORDS][measure]["low"] <= rows[KEYWORDS][measure]["high"]
    assert rows[TFIDF]["concepts_micro_f1"] is None


def test_run_without_the_public_texts_ends_with_what_to_do(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (results.parent / "shared" / "passages" / "dev.jsonl").unlink()
    with pytest.raises(SystemExit, match=r"^Error: .*dev\.jsonl is missing\. .*SHARED=FOLDER"):
        run(results, monkeypatch, "keywords")


def test_other_rows_are_kept_in_their_place_when_one_is_measured(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run(results, monkeypatch, "tfidf")
    after = run(results, monkeypatch, "keywords")
    assert list(after) == [KEYWORDS, TFIDF]
    assert after[TFIDF] == before[TFIDF]


def test_row_that_was_measured_on_other_data_is_named(
    results: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run(results, monkeypatch, "tfidf", "keywords")
    write_rows(results.parent / "shared" / "passages" / "dev.jsonl", passages(13, "dev"))
    with caplog.at_level(logging.WARNING):
        run(results, monkeypatch, "keywords")
    assert f"run again before comparing: {TFIDF}." in caplog.text


def test_unknown_name_is_refused_with_the_names_that_there_are(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(results, monkeypatch, "magic")
    message = capsys.readouterr().err
    assert all(name in message for name in baselines(default_framework(), seed=1))
