from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lhs_nlp import BundleError, default_framework, load, load_bundle
from lhs_nlp.bundle import (
    CALIBRATION,
    CARD,
    DEFAULT_NAME,
    ENCODER,
    HEADS,
    MANIFEST,
    METRICS,
    MODEL_VARIABLE,
    TOKENIZER,
    Labels,
    loading,
    write_manifest,
)
from lhs_nlp.heads import load_heads, save_heads
from tests.toy_bundle import CLAIM, write_toy_bundle


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_toy_bundle(tmp_path_factory.mktemp("models") / "toy")


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may damage."""
    return shutil.copytree(sound, tmp_path / "toy")


def rewrite(folder: Path) -> None:
    """Write the manifest anew, so that it lists what is there now."""
    (folder / MANIFEST).unlink()
    write_manifest(folder, name="toy-1.0.0", framework=default_framework(), most_tokens=64, training={})


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_bundle_is_loaded_with_its_labels(sound: Path) -> None:
    bundle = load_bundle(sound)
    assert (bundle.id, bundle.most_tokens, bundle.path, bundle.metrics) == ("toy-1.0.0", 64, sound, {})
    assert bundle.labels == Labels.of(default_framework())
    assert bundle.sha256 == bundle.manifest["sha256"]
    assert set(bundle.manifest["files"]) == {path.name for path in sound.iterdir()} - {MANIFEST}


def test_bundle_tags(sound: Path) -> None:
    (summary,) = load(sound).tag_texts([CLAIM])
    assert [entry.benefit for entry in summary.benefits if entry.verdict == "claimed"] == ["safety"]
    assert (summary.model_id, summary.model_sha256) == ("toy-1.0.0", load_bundle(sound).sha256)


def test_hash_of_the_bundle_follows_its_content_alone(sound: Path, folder: Path) -> None:
    assert load_bundle(folder).sha256 == load_bundle(sound).sha256
    edit(folder / CALIBRATION, lambda data: data.update(status_temperature=2.0))
    rewrite(folder)
    assert load_bundle(folder).sha256 != load_bundle(sound).sha256


def test_a_model_that_is_measured_again_is_the_same_model(sound: Path, folder: Path) -> None:
    (folder / METRICS).write_text('{"dev": {}}', encoding="utf-8")
    (folder / CARD).write_text("Measured again.", encoding="utf-8")
    rewrite(folder)
    assert load_bundle(folder).manifest["files"] != load_bundle(sound).manifest["files"]
    assert load_bundle(folder).sha256 == load_bundle(sound).sha256


def test_metrics_are_unknown_when_the_bundle_has_none(folder: Path) -> None:
    (folder / METRICS).unlink()
    rewrite(folder)
    assert load_bundle(folder).metrics is None


def test_environment_names_another_bundle(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, str(sound))
    assert load_bundle().id == "toy-1.0.0"


def test_a_variable_that_names_no_bundle_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path))
    with pytest.raises(BundleError, match=r"would hold a manifest\.json\. LHS_NLP_MODEL names this folder\.$"):
        load_bundle()
    with pytest.raises(BundleError, match=r"would hold a manifest\.json\.$"):
        load_bundle(tmp_path)


def test_installed_bundle_comes_before_that_of_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    package = tmp_path / "lhs_nlp"
    monkeypatch.setattr(loading, "__file__", str(package / "bundle" / "loading.py"))
    with pytest.raises(BundleError, match="No model found: install the wheel, or set LHS_NLP_MODEL"):
        load_bundle()
    for folder in (tmp_path / "models", package / "_models"):
        write_toy_bundle(folder / DEFAULT_NAME)
        assert load_bundle().path == folder / DEFAULT_NAME


@pytest.mark.parametrize("name", [ENCODER, TOKENIZER, HEADS, CALIBRATION])
def test_missing_or_changed_file_is_refused_by_name(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(BundleError, match=f"{name} was changed .* get the bundle again"):
        load_bundle(folder)
    (folder / name).unlink()
    with pytest.raises(BundleError, match=f"{name} is missing; get the bundle again"):
        load_bundle(folder)
    edit(folder / MANIFEST, lambda data: data["files"].pop(name))
    with pytest.raises(BundleError, match=f"the manifest does not list {name}"):
        load_bundle(folder)


def test_changed_file_is_accepted_when_nothing_is_to_be_verified(folder: Path) -> None:
    with (folder / CALIBRATION).open("ab") as file:
        file.write(b"\n")
    assert load_bundle(folder, verify=False).id == "toy-1.0.0"


def test_files_outside_of_the_folder_are_never_opened(folder: Path) -> None:
    edit(folder / MANIFEST, lambda data: data["files"].update({"../secret": "0" * 64}))
    with pytest.raises(BundleError, match=r"lists '\.\./secret', which is not a plain file name"):
        load_bundle(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.update(schema="lhs-nlp/bundle/9"), "the schema is 'lhs-nlp/bundle/9'; this version reads"),
        (lambda data: data.pop("labels"), "malformed"),
        (lambda data: data.update(labels=[]), "malformed"),
        (lambda data: data["labels"].update(concepts=["quality"]), "malformed"),
        (lambda data: data.update(files=5), "malformed"),
        (lambda data: data.update(most_tokens="many"), "malformed"),
        (lambda data: data["labels"]["benefits"].append("wealth"), "`presence` has the length 6, not 7"),
        (lambda data: data["labels"]["concepts"].pop(), "`concepts` has the length"),
    ],
)
def test_malformed_manifest_is_refused(folder: Path, change: Callable[[dict[str, Any]], object], message: str) -> None:
    edit(folder / MANIFEST, change)
    with pytest.raises(BundleError, match=message):
        load_bundle(folder)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": 1}'])
def test_manifest_that_is_none_is_refused(folder: Path, content: str) -> None:
    (folder / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(BundleError, match=r"manifest\.json|schema"):
        load_bundle(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("document"),
        lambda data: data.update(presence={"slope": [1]}),
        lambda data: data["presence"].update(slope="steep"),
        lambda data: data.update(concept_threshold="high"),
    ],
)
def test_malformed_calibration_is_refused(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    edit(folder / CALIBRATION, change)
    rewrite(folder)
    with pytest.raises(BundleError, match="calibration is malformed"):
        load_bundle(folder)


def test_heads_of_another_model_are_refused(folder: Path) -> None:
    heads = load_heads(folder / HEADS)
    heads.weights["stakeholders"] = heads.weights["stakeholders"][:-1]
    heads.biases["stakeholders"] = heads.biases["stakeholders"][:-1]
    save_heads(heads, folder / HEADS)
    rewrite(folder)
    with pytest.raises(BundleError, match=r"heads\.safetensors: `stakeholders` has the length 5, not 6"):
        load_bundle(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["claim"]["slope"].pop(), r"`claim\.slope` has the length 5, not 6"),
        (lambda data: data["presence"].update(intercept=[0.0]), r"`presence\.intercept` has the length 1, not 6"),
        (lambda data: data["concepts"]["slope"].append(1.0), r"`concepts\.slope` has the length"),
        (lambda data: data["stakeholders"].update(slope=1.0), r"`stakeholders\.slope` has the length of one number, "),
        (lambda data: data.update(presence_thresholds=[0.5]), "`presence_thresholds` has the length 1, not 6"),
        (lambda data: data.update(presence_thresholds=[[0.5] * 6]), "`presence_thresholds` has the length 1 x 6, "),
        (lambda data: data["document"]["weights"].pop(), r"`document\.weights` has the length 2, "),
    ],
)
def test_calibration_of_another_model_is_refused(
    folder: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    edit(folder / CALIBRATION, change)
    rewrite(folder)
    with pytest.raises(BundleError, match=rf"calibration\.json: {message}"):
        load_bundle(folder)


def test_folder_without_a_bundle_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(BundleError, match=r"no model bundle is there; it would hold a manifest\.json"):
            load_bundle(path)


def test_saved_heads_give_the_same_logits(sound: Path, tmp_path: Path) -> None:
    heads = load_bundle(sound).heads
    save_heads(heads, tmp_path / HEADS)
    vectors = np.eye(heads.weights["presence"].shape[1], dtype=np.float32)
    assert np.array_equal(load_heads(tmp_path / HEADS)(vectors).concepts, heads(vectors).concepts)


def test_model_named_by_a_relative_path_is_used_from_another_working_directory(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    tagger = load(folder.name)
    monkeypatch.chdir(tmp_path.parent)
    assert tagger.classifier.predict([CLAIM]).sum() == 1
