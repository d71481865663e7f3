from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lhs_nlp import Bundle, LhsNlpError, load_bundle
from lhs_nlp.bundle import CARD, MANIFEST, METRICS, write_manifest
from lhs_nlp.explanation import Example, load_examples, save_examples
from lhs_nlp.explanation.examples import VECTORS
from lhs_nlp.learn import Corrections, Learned, check_free, learned_id, save_learned, teach
from tests.learn.taught import FRAMEWORK, read, rows
from tests.toy_bundle import write_toy_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return load_bundle(write_toy_bundle(tmp_path_factory.mktemp("models") / "toy"))


@pytest.fixture(scope="module")
def corrections(tmp_path_factory: pytest.TempPathFactory) -> Corrections:
    return read(tmp_path_factory.mktemp("corrections"), rows())


@pytest.fixture(scope="module")
def learned(bundle: Bundle, corrections: Corrections) -> Learned:
    return teach(bundle, corrections, FRAMEWORK)


def test_bundle_is_whole_and_has_an_id_of_its_own(
    bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    name = save_learned(tmp_path / "new" / "taught", bundle, corrections, learned)
    taught = load_bundle(tmp_path / "new" / "taught")
    assert taught.id == name == f"toy-1.0.0+corrections.{corrections.sha256[:8]}"
    assert taught.sha256 != bundle.sha256
    assert set(taught.manifest["files"]) >= set(bundle.manifest["files"])
    assert (taught.path / CARD).read_text(encoding="utf-8").startswith(f"# {name}\n")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["taught"]


def test_manifest_and_metrics_say_what_it_was_learned_from(
    bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    save_learned(tmp_path / "taught", bundle, corrections, learned)
    record = json.loads((tmp_path / "taught" / MANIFEST).read_text(encoding="utf-8"))["training"]
    assert record["base"]["sha256"] == bundle.sha256
    assert record["corrections"]["sha256"] == corrections.sha256
    assert (record["corrections"]["passages"], record["corrections"]["documents"]) == (32, 8)
    metrics = json.loads((tmp_path / "taught" / METRICS).read_text(encoding="utf-8"))
    assert metrics["base"] == "toy-1.0.0"
    assert metrics["corrections_out_of_fold"]["change"]["log_loss"]["value"] < 0
    assert metrics["checked"] is None


def test_texts_of_corrections_are_not_written(
    bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    save_learned(tmp_path / "taught", bundle, corrections, learned)
    assert not any(b"neighbours" in path.read_bytes() for path in (tmp_path / "taught").iterdir())


def test_model_that_learned_before_can_learn_again(
    bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    save_learned(tmp_path / "first", bundle, corrections, learned)
    first, more = load_bundle(tmp_path / "first"), read(tmp_path, rows(12)[32:])
    again = teach(first, more, FRAMEWORK)
    name = save_learned(tmp_path / "second", first, more, again)
    assert name == learned_id(first, more) == f"{first.id}.{more.sha256[:8]}"
    assert load_bundle(tmp_path / "second").id == name


def test_same_corrections_give_the_same_bytes(
    bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    for name in ("one", "other"):
        save_learned(tmp_path / name, bundle, corrections, learned)
    assert load_bundle(tmp_path / "one").sha256 == load_bundle(tmp_path / "other").sha256


def test_folder_that_holds_something_is_left_alone(
    bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "kept"):
        with pytest.raises(LhsNlpError, match="is there already; name a folder that does not exist"):
            save_learned(folder, bundle, corrections, learned)
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "mine"


def test_empty_folder_is_filled(bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check_free(tmp_path / "empty")
    save_learned(tmp_path / "empty", bundle, corrections, learned)
    assert load_bundle(tmp_path / "empty").id.startswith("toy-1.0.0+corrections.")


def test_place_that_cannot_be_written_is_an_error(
    bundle: Bundle, corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LhsNlpError, match="cannot be written"):
        save_learned(tmp_path / "file" / "taught", bundle, corrections, learned)


@pytest.mark.parametrize("name", ["a" * 300, "file/bundle"])
def test_place_that_cannot_be_written_is_told_before_the_work_is_done(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LhsNlpError, match="cannot be written"):
        check_free(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_labelled_passages_of_the_bundle_get_the_labels_of_corrections(
    corrections: Corrections, learned: Learned, tmp_path: Path
) -> None:
    folder = write_toy_bundle(tmp_path / "toy")
    falls, trust = (passage.text for passage in corrections.passages if passage.id in ("d0#0", "d0#1"))
    said = (
        Example("1", f"{trust} ", {"reputation": "anticipated"}),
        Example("2", falls, {"safety": "achieved"}),
        Example("3", "Another text.", {"value": "context"}),
    )
    save_examples(folder, said, np.eye(3, 10, dtype=np.float32))
    write_manifest(folder, name="toy", framework=FRAMEWORK, most_tokens=64, training={})
    carrying = load_bundle(folder)
    save_learned(tmp_path / "taught", carrying, corrections, learned)
    kept = load_examples(tmp_path / "taught")
    assert kept is not None
    assert kept.passages == (replace(said[0], labels={}), *said[1:])
    taught = load_bundle(tmp_path / "taught")
    assert taught.manifest["training"]["examples_relabelled"] == 1
    assert taught.manifest["files"][VECTORS] == carrying.manifest["files"][VECTORS]
