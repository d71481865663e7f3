"""A whole run, small: passages in, a bundle with metrics and card out."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lhs_nlp import BundleError, default_framework, load, load_bundle
from lhs_nlp.bundle import write_manifest_like
from lhs_nlp.encoders import OnnxEncoder
from tests.training.made import EXPORT_WARNINGS, QUICK, passages, write_authored, write_base, write_rows
from training import __main__ as running
from training import plan as planning
from training.export import export_encoder, export_heads
from training.plan import Plan
from training.records import record_of
from training.refinement import REFINING as SLOW
from training.restore import restore_network
from training.split import read_data

FRAMEWORK = default_framework()
REFINING = replace(SLOW, batch=8, most_tokens=QUICK.most_tokens)
pytestmark = pytest.mark.filterwarnings(*EXPORT_WARNINGS)


@pytest.fixture(scope="module")
def folder(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a run left its bundle, its checkpoints and its line of results."""
    folder = tmp_path_factory.mktemp("run")
    write_rows(folder / "shared" / "passages" / "train.jsonl", passages(36, "train"))
    write_rows(folder / "shared" / "passages" / "dev.jsonl", passages(12, "dev"))
    write_authored(folder / "corpora" / "authored", documents=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "base_encoder", lambda: base)
        patch.setattr(running, "RESULTS", folder / "results.jsonl")
        patch.setattr(running, "read_labelled_files", lambda *_: files())
        shared, corpora, bundle = folder / "shared", folder / "corpora", folder / "bundle"
        running.train(FRAMEWORK, shared, corpora, folder / "work", bundle, Plan(QUICK))
        running.finish(FRAMEWORK, shared, corpora, bundle)
    return folder


def files() -> list[dict[str, Any]]:
    """Return the passages of two files, of which one repeats what is trained on."""
    new = {"id": "new#0", "doc": "new", "kind": "report", "text": "staff of the ward: falls fell", "labels": {}}
    return [row | {"place": row["id"]} for row in (*passages(1, "known"), new)]


def test_bundle_verifies_and_classifies_as_it_was_taught(folder: Path) -> None:
    tagger = load(folder / "bundle")
    rows = passages(12, "dev")
    predictions = tagger.classify_texts([row["text"] for row in rows])
    found = [{b: cell["status"] for b, cell in p["benefits"].items() if cell["present"]} for p in predictions]
    right = sum(labels == row["labels"] for labels, row in zip(found, rows, strict=True))
    assert right / len(rows) > 0.8


def test_metrics_are_of_what_was_held_out_of_dev_and_of_authored_documents(folder: Path) -> None:
    metrics = load_bundle(folder / "bundle").metrics
    assert metrics is not None
    assert {"held_out", "dev", "dev_by_kind", "authored_test"} <= set(metrics)
    assert metrics["dev"]["passages"]["presence"]["macro"]["f1"]["value"] > 0.8
    assert metrics["dev"]["passages"]["passages"] == 48
    assert [metrics[name]["passages"]["documents"] for name in ("files", "files_unseen")] == [2, 1]


def test_card_is_written_from_the_record_and_the_metrics(folder: Path) -> None:
    bundle = load_bundle(folder / "bundle")
    card = (folder / "bundle" / "README.md").read_text(encoding="utf-8")
    assert card.startswith(f"# {bundle.id}\n")
    assert "144 real passages of 36 documents" in " ".join(card.split())
    f1 = (bundle.metrics or {})["dev"]["passages"]["presence"]["macro"]["f1"]["value"]
    assert f"{f1:.2f}" in card
    for benefit in FRAMEWORK.benefits:
        assert f"| {benefit.name} |" in card
    for mistake in (bundle.metrics or {})["mistakes"]:
        assert mistake["gold"] != mistake["found"]
        assert mistake["text"] in card


def test_every_result_is_kept_with_the_recipe_that_gave_it(folder: Path) -> None:
    results = [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [result["network"] for result in results] == ["network 1", "network 2", "averaged"]
    assert all(result["recipe"]["epochs"] == QUICK.epochs for result in results)


@pytest.mark.parametrize("more", [(), ("--only-evaluate",)])
def test_run_without_the_public_texts_ends_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    folders = [f"--{name}={tmp_path / name}" for name in ("shared", "work", "output")]
    monkeypatch.setattr(sys, "argv", ["training", *folders, *more])
    with pytest.raises(SystemExit, match=r"^Error: .*train\.jsonl is missing\. .*SHARED=FOLDER"):
        running.main()


def test_folder_of_something_else_is_not_replaced_by_a_model(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Keep.", encoding="utf-8")
    for place in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(BundleError, match="something else than a model"):
            running.train(FRAMEWORK, folder / "shared", folder / "corpora", tmp_path / "work", place, Plan(QUICK))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_model_in_use_stays_when_making_the_new_one_fails(
    folder: Path, tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    bundle = shutil.copytree(folder / "bundle", tmp_path / "bundle")
    monkeypatch.setattr(running, "base_encoder", lambda: base)
    monkeypatch.setattr(running, "RESULTS", tmp_path / "results.jsonl")
    monkeypatch.setattr(running, "write_examples", fail)
    with pytest.raises(KeyboardInterrupt):
        running.train(FRAMEWORK, folder / "shared", folder / "corpora", folder / "work", bundle, Plan(QUICK))
    assert load_bundle(bundle).sha256 == load_bundle(folder / "bundle").sha256


@pytest.mark.parametrize("step", ["write_card", "write_manifest"])
def test_model_that_is_measured_again_stays_usable_when_measuring_does_not_end(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    bundle = shutil.copytree(folder / "bundle", tmp_path / "bundle")
    monkeypatch.setattr(running, step, fail)
    with pytest.raises(KeyboardInterrupt):
        running.finish(FRAMEWORK, folder / "shared", folder / "corpora", bundle)
    assert load_bundle(bundle).sha256 == load_bundle(folder / "bundle").sha256


def test_checkpoints_of_another_split_lie_elsewhere(folder: Path) -> None:
    data = read_data(FRAMEWORK, folder / "shared", folder / "corpora")
    records = [
        record_of(data, data.trained_on(seed), data.real.where(data.held_out(seed)))
        for seed in (QUICK.seed, QUICK.seed + 1)
    ]
    first, other = (record["data"]["fingerprint"] for record in records)
    assert first != other
    assert [path.name for path in (folder / "work").iterdir()] == [first]


def test_network_that_a_larger_one_taught_is_what_the_bundle_holds(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, corpora, bundle = tmp_path / "shared", tmp_path / "corpora", tmp_path / "bundle"
    write_rows(shared / "passages" / "train.jsonl", passages(36, "train"))
    write_rows(shared / "passages" / "dev.jsonl", passages(12, "dev"))
    write_authored(corpora / "authored", documents=4)
    monkeypatch.setattr(running, "base_encoder", lambda: base)
    monkeypatch.setattr(planning, "teacher_encoder", lambda _: base)
    monkeypatch.setattr(running, "RESULTS", tmp_path / "results.jsonl")
    plain = replace(QUICK, networks=1, seed=7)
    teaching = [replace(QUICK, epochs=2, soft=0.7), replace(QUICK, epochs=1, soft=0.7)]
    plan = Plan(plain, learning=replace(QUICK, networks=1), teaching=teaching, refining=REFINING)
    running.train(FRAMEWORK, shared, corpora, tmp_path / "work", bundle, plan)
    running.finish(FRAMEWORK, shared, corpora, bundle)
    results = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [result["network"] for result in results] == ["network 1", "taught", "refined"]
    # Another seed holds out other documents: no network may have seen them.
    assert [recipe["seed"] for recipe in results[-1]["teacher"]["recipes"]] == [7, 7, 7]
    assert results[-1]["refined"][0]["recipe"]["seed"] == 7
    assert "taught" in (bundle / "README.md").read_text(encoding="utf-8")
    assert load_bundle(bundle).metrics is not None


def test_model_learns_on_from_its_own_weights(
    folder: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "base_encoder", lambda: base)
    monkeypatch.setattr(running, "RESULTS", tmp_path / "results.jsonl")
    shared, corpora, first = folder / "shared", folder / "corpora", folder / "bundle"
    begun = first
    for name in ("second", "third"):
        plan = Plan(QUICK, begin=begun, refining=REFINING)
        running.train(FRAMEWORK, shared, corpora, tmp_path / "work", tmp_path / name, plan)
        running.finish(FRAMEWORK, shared, corpora, begun := tmp_path / name)
    record = load_bundle(begun).manifest["training"]
    data = read_data(FRAMEWORK, shared, corpora)
    known = sum(passage in data.shared.ids for passage in data.trained_on(QUICK.seed).ids)
    assert [stage["passages"] for stage in record["refined"]] == [known, known]
    assert record["recipe"] == load_bundle(first).manifest["training"]["recipe"]
    card = " ".join((begun / "README.md").read_text(encoding="utf-8").split())
    assert "it learned on" in card
    texts = [row["text"] for row in passages(12, "dev")]
    before, after = ([p["benefits"] for p in load(bundle).classify_texts(texts)] for bundle in (first, begun))
    assert [{b: cell["present"] for b, cell in each.items()} for each in before] == [
        {b: cell["present"] for b, cell in each.items()} for each in after
    ]
    assert before != after


def test_model_is_calibrated_anew_and_its_network_stays(
    folder: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "base_encoder", lambda: base)
    monkeypatch.setattr(running, "RESULTS", tmp_path / "results.jsonl")
    bundle = shutil.copytree(folder / "bundle", tmp_path / "bundle")
    calibration = json.loads((bundle / "calibration.json").read_text(encoding="utf-8"))
    (bundle / "calibration.json").write_text(json.dumps(calibration | {"status_temperature": 9}), encoding="utf-8")
    before = load_bundle(folder / "bundle")
    write_manifest_like(bundle, before, name=before.id, training=before.manifest["training"])
    running.train(
        FRAMEWORK, folder / "shared", folder / "corpora", tmp_path / "work", bundle, Plan(QUICK, begin=bundle)
    )
    after = load_bundle(bundle)
    assert after.calibration.status_temperature == pytest.approx(before.calibration.status_temperature, rel=0.02)
    assert after.manifest["training"] == before.manifest["training"]
    assert (bundle / "heads.safetensors").read_bytes() == (folder / "bundle" / "heads.safetensors").read_bytes()


def test_model_with_other_documents_held_out_does_not_learn_on(
    folder: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "base_encoder", lambda: base)
    plan = Plan(replace(QUICK, seed=7), begin=folder / "bundle", refining=REFINING)
    with pytest.raises(BundleError, match=f"trained with the seed {QUICK.seed}, not with 7"):
        running.train(FRAMEWORK, folder / "shared", folder / "corpora", tmp_path / "work", tmp_path / "new", plan)


def test_model_that_does_not_say_what_it_was_trained_on_does_not_learn_on(
    folder: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "base_encoder", lambda: base)
    first, learned = load_bundle(folder / "bundle"), shutil.copytree(folder / "bundle", tmp_path / "learned")
    write_manifest_like(learned, first, name="learned", training={"from": first.id})  # as `lhs-nlp learn` has it
    plan = Plan(QUICK, begin=learned, refining=REFINING)
    with pytest.raises(BundleError, match="does not say with which seed"):
        running.train(FRAMEWORK, folder / "shared", folder / "corpora", tmp_path / "work", tmp_path / "new", plan)


def test_model_that_does_not_say_what_it_was_trained_on_is_not_measured(folder: Path, tmp_path: Path) -> None:
    first, learned = load_bundle(folder / "bundle"), shutil.copytree(folder / "bundle", tmp_path / "learned")
    write_manifest_like(learned, first, name="learned", training={"corrections": {}})  # as `lhs-nlp learn` has it
    with pytest.raises(BundleError, match="does not say what it was trained on"):
        running.finish(FRAMEWORK, folder / "shared", folder / "corpora", learned)
    assert load_bundle(learned).id == "learned"


def test_network_of_a_bundle_is_the_one_that_was_exported(folder: Path, base: Path, tmp_path: Path) -> None:
    network = restore_network(folder / "bundle", base, FRAMEWORK)
    again = tmp_path / "encoder.onnx"
    export_encoder(network, again)
    texts = [row["text"] for row in passages(12, "dev")]
    encoders = [OnnxEncoder(path, base / "tokenizer.json", 16) for path in (folder / "bundle" / "encoder.onnx", again)]
    first, second = (encoder.encode(texts) for encoder in encoders)
    assert np.abs(first - second).max() < 1e-6
    heads = load_bundle(folder / "bundle").heads
    logits, restored = heads(first), export_heads(network)(first)
    for task in ("presence", "status", "dimension", "concepts", "stakeholders"):
        assert getattr(restored, task) == pytest.approx(getattr(logits, task), abs=1e-6)


def test_bundle_of_another_shape_is_not_restored(folder: Path, tmp_path: Path) -> None:
    wider = write_base(tmp_path, hidden_size=64)
    with pytest.raises(BundleError, match="another shape"):
        restore_network(folder / "bundle", wider, FRAMEWORK)
