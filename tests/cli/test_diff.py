from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lhs_nlp.archive import Store
from tests.archive.filling import NOTHING, SAFETY, small_store
from tests.cli.running import run
from tests.toy import toy_tagger


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "results.sqlite"
    other = toy_tagger()
    bundle = other.classifier.bundle
    document = replace(bundle.calibration.document, claimed=1.1)
    calibration = replace(bundle.calibration, document=document)
    other.classifier.bundle = replace(bundle, id="toy-2", sha256="2" * 64, calibration=calibration)
    for tagger in (toy_tagger(), other):
        small_store(path, {"a.txt": SAFETY, "b.txt": NOTHING}, tagger=tagger)
    return path


def test_moves_are_told(store: Path) -> None:
    outcome = run("diff", store, "--from", "toy-1", "--to", "2222")
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 verdict moved." in outcome.out
    assert "a.txt: safety, claimed >.99 -> needs review >.99" in outcome.out


def test_json_holds_all_moves(store: Path, tmp_path: Path) -> None:
    outcome = run("diff", store, "--from", "toy-1", "--to", "toy-2", "-f", "json", "-o", tmp_path / "diff.json")
    assert (outcome.code, outcome.out) == (0, "")
    content = json.loads((tmp_path / "diff.json").read_text(encoding="utf-8"))
    assert content["schema"] == "lhs-nlp/diff/1"
    assert content["documents"] == {"both": 2, "only_from": 0, "only_to": 0}
    assert [(move["source"], move["benefit"], move["verdict"]) for move in content["moves"]] == [
        ("a.txt", "safety", ["claimed", "needs_review"])
    ]


def test_name_of_the_file_tells_the_format(store: Path, tmp_path: Path) -> None:
    run("diff", store, "--from", "toy-1", "--to", "toy-2", "-o", tmp_path / "diff.json")
    assert json.loads((tmp_path / "diff.json").read_text(encoding="utf-8"))["schema"] == "lhs-nlp/diff/1"


def test_results_for_another_framework_are_compared_when_it_is_named(store: Path) -> None:
    first, second = toy_tagger(), toy_tagger()
    second.classifier.bundle = replace(second.classifier.bundle, id="toy-2", sha256="2" * 64)
    for tagger in (first, second):
        tagger.classifier.framework = replace(tagger.framework, version="9")
    small_store(store, {"a.txt": SAFETY}, tagger=first)
    with Store(store, read_only=True) as opened:
        older, newer = (opened.tagging("toy-2").framework, opened.tagging("toy-1").framework)
    assert (older.version, newer.version) == (toy_tagger().framework.version, "9")
    # Both have results for the older one alone.
    outcome = run("diff", store, "--from", "toy-1", "--to", "toy-2")
    assert (outcome.code, outcome.err) == (0, "")
    assert f"framework {older.id} {older.version}" in outcome.out
    small_store(store, {"a.txt": SAFETY}, tagger=second)
    outcome = run("diff", store, "--from", "toy-1", "--to", "toy-2")
    assert f"framework {older.id} 9\n" in outcome.out
    assert f"--framework {older.sha256[:12]} compares those for {older.id} {older.version}" in outcome.err
    outcome = run("diff", store, "--from", "toy-1", "--to", "toy-2", "--framework", older.sha256[:12])
    assert (outcome.code, outcome.err) == (0, "")
    assert f"framework {older.id} {older.version}\n" in outcome.out
    outcome = run("diff", store, "--from", "toy-1", "--to", "toy-2", "--framework", "none")
    assert (outcome.code, outcome.out) == (2, "")
    assert "holds no results of the model 'toy-1' for 'none'" in outcome.err
    for known in (older, second.framework):  # of one id: what else they are called by
        assert f" for {known.id} {known.version} ({known.sha256[:12]})" in " ".join(outcome.err.split())


def test_results_for_two_frameworks_are_said_to_be_that(tmp_path: Path) -> None:
    path, first, second = tmp_path / "two.sqlite", toy_tagger(), toy_tagger()
    second.classifier.bundle = replace(second.classifier.bundle, id="toy-2", sha256="2" * 64)
    second.classifier.framework = replace(second.framework, version="9")
    for tagger in (first, second):
        small_store(path, {"a.txt": SAFETY}, tagger=tagger)
    outcome = run("diff", path, "--from", "toy-1", "--to", "toy-2")
    assert outcome.code == 0
    said = f"{first.framework.id} {first.framework.version} and {second.framework.id} 9; what both have is compared."
    assert outcome.err == f"lhs-nlp: {path}: the results are for two frameworks, {said}\n"


def test_store_is_not_lost_to_the_output(store: Path) -> None:
    before = store.read_bytes()
    outcome = run("diff", store, "--from", "toy-1", "--to", "toy-2", "-o", store)
    assert (outcome.code, store.read_bytes()) == (2, before)
    assert "it is the store itself; write to another file" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--from", "toy-1", "--to", "none"], "no results of the model 'none'; it holds toy-1"),
        (["--from", "toy-1"], "Missing option '--to'"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_sentence(store: Path, arguments: list[str], says: str) -> None:
    outcome = run("diff", store, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.err


def test_missing_store_is_not_made(tmp_path: Path) -> None:
    outcome = run("diff", tmp_path / "none.sqlite", "--from", "a", "--to", "b")
    assert outcome.code == 2
    assert "there is no such store" in outcome.err
    assert list(tmp_path.iterdir()) == []
