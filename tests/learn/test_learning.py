from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lhs_nlp import Bundle, BundleError, FrameworkError, GoldError, load, load_bundle
from lhs_nlp.bundle import write_manifest
from lhs_nlp.explanation import Example, Examples, load_examples, save_examples
from lhs_nlp.framework import read_framework
from lhs_nlp.learn import Corrections, learn, learned_to_text, settle, teach
from lhs_nlp.learn.encoding import Encoded
from lhs_nlp.learn.fitting import Model
from lhs_nlp.learn.saving import save_learned
from tests.cli.running import run
from tests.learn.taught import FRAMEWORK, REPUTATION, read, rows
from tests.toy_bundle import write_toy_bundle

TRUST = "The trust of the town in its clinic will grow."


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return load_bundle(write_toy_bundle(tmp_path_factory.mktemp("models") / "toy"))


@pytest.fixture
def corrections(tmp_path: Path) -> Corrections:
    return read(tmp_path, rows())


def probability(model: Path, text: str) -> float:
    return float(load(model).classifier.predict_proba([text])[0, REPUTATION])


def test_what_was_corrected_is_done_right_on_other_texts(
    bundle: Bundle, corrections: Corrections, tmp_path: Path
) -> None:
    learned = teach(bundle, corrections, FRAMEWORK)
    assert learned.objection is None
    save_learned(tmp_path / "taught", bundle, corrections, learned)
    assert probability(bundle.path, TRUST) > 0.9
    assert probability(tmp_path / "taught", TRUST) < 0.4


def test_before_and_after_are_measured_on_documents_left_out(bundle: Bundle, corrections: Corrections) -> None:
    comparison = teach(bundle, corrections, FRAMEWORK).comparison
    assert comparison is not None
    assert (comparison.after.passages, comparison.after.documents) == (32, 8)
    assert comparison.log_loss.value is not None
    assert comparison.log_loss.value < 0


def test_same_corrections_teach_the_same(bundle: Bundle, tmp_path: Path) -> None:
    first = teach(bundle, read(tmp_path, rows()), FRAMEWORK).refit.model
    second = teach(bundle, read(tmp_path, reversed(rows())), FRAMEWORK).refit.model
    assert first.calibration.to_dict() == second.calibration.to_dict()
    for task, weight in first.heads.weights.items():
        assert (weight == second.heads.weights[task]).all()


def test_five_corrections_are_enough_to_learn_soundly(bundle: Bundle, tmp_path: Path) -> None:
    few = [{key: value for key, value in row.items() if key != "doc"} for row in rows(2)[:5]]
    learned = teach(bundle, read(tmp_path, few), FRAMEWORK)
    assert learned.comparison is not None
    assert all(np.isfinite(weight).all() for weight in learned.refit.model.heads.weights.values())


@pytest.mark.parametrize("documents", [1, 2])
def test_fewer_than_three_documents_cannot_be_measured_on_and_are_objected_to(
    bundle: Bundle, tmp_path: Path, documents: int
) -> None:
    learned = teach(bundle, read(tmp_path, rows(documents)), FRAMEWORK)
    assert learned.comparison is None
    assert (learned.objection or "").startswith("The corrections are of fewer than three documents, too few to learn")
    assert "Before" not in learned_to_text(learned, FRAMEWORK)


def test_one_correction_leaves_the_model_as_it_was(bundle: Bundle, tmp_path: Path) -> None:
    learned = teach(bundle, read(tmp_path, rows()[:1]), FRAMEWORK)
    assert learned.objection is not None
    assert learned.refit.model == Model(bundle.heads, bundle.calibration)


def test_corrections_without_any_benefit_are_objected_to(bundle: Bundle, tmp_path: Path) -> None:
    rejected = read(tmp_path, [row | {"labels": {}} for row in rows()])
    assert (teach(bundle, rejected, FRAMEWORK).objection or "").startswith("No correction carries a benefit")
    speaking = [{"id": "x", "text": "The cost of care will fall.", "labels": {"value": "anticipated"}}]
    checked = teach(bundle, rejected, FRAMEWORK, read(tmp_path, speaking).to_gold(FRAMEWORK))
    assert not (checked.objection or "").startswith("No correction carries a benefit")


def test_corrections_that_all_carry_the_same_benefit_are_learned_soundly(bundle: Bundle, tmp_path: Path) -> None:
    same = [row | {"labels": {"quality": "achieved"}} for row in rows()]
    learned = teach(bundle, read(tmp_path, same), FRAMEWORK)
    assert learned.objection is None
    thresholds = learned.refit.model.calibration.presence_thresholds
    assert ((thresholds > 0) & (thresholds < 1)).all()


def test_it_is_said_what_moved_and_what_held_it(bundle: Bundle, corrections: Corrections) -> None:
    said = " ".join(learned_to_text(teach(bundle, corrections, FRAMEWORK), FRAMEWORK).split())
    assert said.startswith("The heads of presence have moved and the heads of status have ")
    assert "The model carries no labelled passages that would hold them too." in said
    assert "Measured on 8 documents: so few say little, however narrow the intervals." in said


def test_model_that_had_learned_before_may_know_the_corrections(
    bundle: Bundle, corrections: Corrections, tmp_path: Path
) -> None:
    first = teach(bundle, corrections, FRAMEWORK)
    save_learned(tmp_path / "taught", bundle, corrections, first)
    again = teach(load_bundle(tmp_path / "taught"), corrections, FRAMEWORK)
    assert (first.again, again.again) == (False, True)
    assert "The model had learned from corrections before." in " ".join(learned_to_text(again, FRAMEWORK).split())


def test_it_is_told_how_far_it_is(bundle: Bundle, corrections: Corrections) -> None:
    told: list[tuple[str, int, int]] = []
    teach(bundle, corrections, FRAMEWORK, on_progress=lambda *state: told.append(state))
    learning = "Learning and measuring"
    assert told == [("Reading the corrections", 0, 32), *((learning, done, 5) for done in range(5))]


def test_corrections_are_encoded_once_and_by_parts_that_change_nothing(
    bundle: Bundle, corrections: Corrections, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder, read_texts = load(bundle.path).classifier.encoder, list[str]()

    class Counting:
        width = encoder.width

        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            read_texts.extend(texts)
            return encoder.encode(texts)

    whole = teach(bundle, corrections, FRAMEWORK).refit.model
    monkeypatch.setattr("lhs_nlp.learn.encoding._PART", 5)
    by_parts = teach(bundle, corrections, FRAMEWORK, encoder=Counting()).refit.model
    assert read_texts == [passage.text for passage in corrections.passages]
    for task, weight in whole.heads.weights.items():
        assert by_parts.heads.weights[task] == pytest.approx(weight, abs=0.01)


def test_corrections_that_are_noise_are_objected_to_or_leave_the_heads(bundle: Bundle, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    noise = [row | {"labels": {"quality": "achieved"} if random.random() < 0.5 else {}} for row in rows()]
    comparison = teach(bundle, read(tmp_path, noise), FRAMEWORK).comparison
    assert comparison is not None
    assert (comparison.log_loss.value or 0) < 0.1


def test_other_passages_are_checked_on_too(bundle: Bundle, corrections: Corrections, tmp_path: Path) -> None:
    reputed = [row | {"id": "x", "text": TRUST, "labels": {"reputation": "anticipated"}} for row in rows(1)[:1]]
    learned = teach(bundle, corrections, FRAMEWORK, read(tmp_path, reputed).to_gold(FRAMEWORK))
    assert learned.checked is not None
    assert learned.objection is not None
    assert learned.objection.startswith("The new model is worse on the passages that it was checked on (")
    assert "On the passages to check on:" in learned_to_text(learned, FRAMEWORK)


def test_passage_that_was_corrected_cannot_be_checked_on(bundle: Bundle, corrections: Corrections) -> None:
    with pytest.raises(GoldError, match=r"'d0#2' is to be checked on and is among the corrections"):
        teach(bundle, corrections, FRAMEWORK, corrections.to_gold(FRAMEWORK).take([2]))


def test_examples_of_the_bundle_hold_the_model_to_what_it_knew(bundle: Bundle, tmp_path: Path) -> None:
    corrections = read(tmp_path, rows(4))
    gold = corrections.to_gold(FRAMEWORK)
    prior = Model(bundle.heads, bundle.calibration)
    encode = load(bundle.path).classifier.encoder.encode
    texts = Encoded.whole(encode(gold.texts))
    save_examples(
        tmp_path, [Example(str(at), TRUST, {"reputation": "anticipated"}) for at in range(50)], encode([TRUST] * 50)
    )
    alone, held = (learn(prior, texts, gold, FRAMEWORK, examples) for examples in (None, load_examples(tmp_path)))
    assert (alone.background, held.background) == (0, 50)
    trust = encode([TRUST])
    without, with_examples = (
        found.refit.model.calibration.presence(found.refit.model.heads(trust).presence)[0, REPUTATION]
        for found in (alone, held)
    )
    assert with_examples > without


def test_example_that_was_corrected_is_not_learned_from(bundle: Bundle, corrections: Corrections) -> None:
    gold = corrections.to_gold(FRAMEWORK)
    vectors = load(bundle.path).classifier.encoder.encode(gold.texts)
    said_before = tuple(Example(str(at), f"{text} ", {"reputation": "achieved"}) for at, text in enumerate(gold.texts))
    prior = Model(bundle.heads, bundle.calibration)
    without, other = (
        learn(prior, Encoded.whole(vectors), gold, FRAMEWORK, examples)
        for examples in (None, Examples(said_before, vectors))
    )
    assert other.background == 0
    assert (other.refit.model.heads.weights["presence"] == without.refit.model.heads.weights["presence"]).all()


def test_examples_that_do_not_fit_the_encoder_are_an_error(corrections: Corrections, tmp_path: Path) -> None:
    folder = write_toy_bundle(tmp_path / "toy")
    save_examples(folder, [Example("1", TRUST, {})], np.ones((1, 3), np.float32))
    write_manifest(folder, name="toy", framework=FRAMEWORK, most_tokens=64, training={})
    with pytest.raises(BundleError, match="have 3 numbers each, and the heads read"):
        teach(load_bundle(folder), corrections, FRAMEWORK)


def test_framework_may_have_other_key_concepts_and_no_other_benefits(
    bundle: Bundle, corrections: Corrections, tmp_path: Path
) -> None:
    shown = run("framework", "show", "--format", "toml").out
    (tmp_path / "own.toml").write_text(shown.replace('"disparities"', '"differences"'), encoding="utf-8")
    learned = teach(bundle, corrections, read_framework(tmp_path / "own.toml"))
    assert learned.objection is None
    save_learned(tmp_path / "taught", bundle, corrections, learned)
    assert load_bundle(tmp_path / "taught").labels == bundle.labels
    (tmp_path / "other.toml").write_text(shown.replace('id = "safety"', 'id = "harmlessness"'), encoding="utf-8")
    with pytest.raises(FrameworkError, match="the model was trained for quality, safety"):
        teach(bundle, corrections, read_framework(tmp_path / "other.toml"))


def test_settled_corrections_need_no_file(bundle: Bundle, corrections: Corrections) -> None:
    assert settle(corrections.passages) == corrections
