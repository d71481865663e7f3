from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lhs_nlp import Bundle, load, load_bundle
from lhs_nlp.evaluate import score_passages, to_predictions
from lhs_nlp.learn import save_learned, teach
from lhs_nlp.learn.encoding import Encoded, encoded
from lhs_nlp.learn.fitting import Model
from lhs_nlp.learn.learning import sample_of
from tests.learn.taught import FRAMEWORK, REPUTATION, read, rows
from tests.toy_bundle import write_toy_bundle

VALUE = FRAMEWORK.benefit_ids.index("value")
FILLING = " ".join(f"The committee heard report {at} on the state of the roof above room {at}." for at in range(10))
COSTS, TRUST = "The ward will lower its costs.", "The ward will win the trust of its town."


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return load_bundle(write_toy_bundle(tmp_path_factory.mktemp("models") / "toy"))


def long_rows() -> list[dict[str, Any]]:
    """Return corrections whose decisive sentence lies behind the 64 tokens that the toy encoder reads."""
    return [row | {"text": f"{FILLING} {row['text']}"} for row in rows()]


def test_long_correction_is_judged_as_evaluate_judges_it(bundle: Bundle, tmp_path: Path) -> None:
    corrections = read(tmp_path, long_rows())
    comparison = teach(bundle, corrections, FRAMEWORK).comparison
    gold = corrections.to_gold(FRAMEWORK)
    predictions = to_predictions(load(bundle.path).classify_texts(gold.texts), FRAMEWORK)
    assert predictions.present.sum() == 24
    assert comparison is not None
    judged = score_passages(gold, predictions, FRAMEWORK)
    for found, expected in ((comparison.before.presence, judged.presence), (comparison.before.claims, judged.claims)):
        assert found.pooled.counted == expected.pooled.counted
    assert comparison.before.status == judged.status


def test_what_stands_at_the_end_of_a_long_correction_is_learned(bundle: Bundle, tmp_path: Path) -> None:
    corrections = read(tmp_path, long_rows())
    learned = teach(bundle, corrections, FRAMEWORK)
    assert learned.objection is None
    save_learned(tmp_path / "taught", bundle, corrections, learned)
    before, after = (load(path).classifier.predict_proba([TRUST]) for path in (bundle.path, tmp_path / "taught"))
    assert before[0, REPUTATION] > 0.9
    assert after[0, REPUTATION] < 0.4


def test_long_correction_teaches_of_each_benefit_the_passage_that_stands_for_it(bundle: Bundle, tmp_path: Path) -> None:
    said = {"id": "x", "text": f"{TRUST} {FILLING} {COSTS}", "labels": {"value": "anticipated"}}
    gold = read(tmp_path, [said]).to_gold(FRAMEWORK)
    texts = encoded(load(bundle.path).classifier.encoder, gold.texts, "Reading")
    sample, text_of = sample_of(Model(bundle.heads, bundle.calibration), texts, gold, FRAMEWORK)
    assert len(texts.vectors) > 2
    assert text_of.tolist() == [0, 0]
    assert sample.presence[:, REPUTATION].tolist() == [0, -1]
    assert sample.presence[:, VALUE].tolist() == [-1, 1]
    assert (sample.presence >= 0).sum() == len(FRAMEWORK.benefits)


def test_texts_are_taken_with_all_of_their_passages() -> None:
    texts = Encoded(np.arange(5, dtype=np.float32)[:, None], np.array([0, 1, 1, 2, 3]))
    taken = texts.take(np.array([1, 3]))
    assert taken.vectors[:, 0].tolist() == [1, 2, 4]
    assert taken.text_of.tolist() == [0, 0, 1]
