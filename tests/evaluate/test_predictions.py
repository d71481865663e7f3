"""Reading predictions."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate import decided, read_predictions, to_predictions
from lhs_nlp.framework import default_framework
from tests.evaluate.labelled import BACKGROUND, FRAMEWORK, SEEN, prediction, write_lines
from tests.toy import toy_tagger

LIGHT = {
    "probability": 0.9,
    "present": True,
    "status": "seen",
    "claim_probability": 0.8,
    "claimed": True,
    "concepts": ["windows"],
}


def test_predictions_follow_the_order_of_the_ids(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "p.jsonl", [prediction(1), prediction(3), prediction(2, light=LIGHT)])
    read, extra = read_predictions(path, ("p2", "p1"), FRAMEWORK)
    assert extra == 1
    assert read.presence_probability.tolist() == [[0.1, 0.9], [0.1, 0.1]]
    assert read.present.tolist() == [[False, True], [False, False]]
    assert read.claim_probability.tolist() == [[0.05, 0.8], [0.05, 0.05]]
    assert read.claimed.tolist() == [[False, True], [False, False]]
    assert read.status.tolist() == [[BACKGROUND, SEEN], [BACKGROUND, BACKGROUND]]
    assert read.concepts is not None
    assert read.concepts.tolist() == [[-1, -1, 1], [-1, -1, -1]]


def test_concepts_are_unknown_when_no_prediction_tells_them(tmp_path: Path) -> None:
    read, _ = read_predictions(write_lines(tmp_path / "p.jsonl", [prediction(1)]), ("p1",), FRAMEWORK)
    assert read.concepts is None


def test_error_lists_passages_without_prediction(tmp_path: Path) -> None:
    rows = [prediction(1), {"id": "p2", "error": {"reason": "malformed"}}, {"id": None, "error": {}}]
    path = write_lines(tmp_path / "p.jsonl", rows)
    with pytest.raises(GoldError, match=r"no prediction for 6 of 7 passages: p2, p3, p4, p5, p6, \.\.\."):
        read_predictions(path, [f"p{at}" for at in range(1, 8)], FRAMEWORK)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf"), None, "0.5", True])
def test_error_names_a_probability_that_is_none(tmp_path: Path, value: Any) -> None:  # noqa: ANN401
    for key in ("probability", "claim_probability"):
        path = write_lines(tmp_path / "p.jsonl", [prediction(1), prediction(2, light=LIGHT | {key: value})])
        with pytest.raises(GoldError, match=f"p.jsonl:2: `{key}` of light must be a number between 0 and 1"):
            read_predictions(path, ("p1", "p2"), FRAMEWORK)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ({"present": 1}, "`present` of light must be true or false"),
        ({"claimed": None}, "`claimed` of light must be true or false"),
        ({"status": "heard"}, "the status of light, 'heard' is none of"),
        ({"concepts": ["heating"]}, "'heating' is none of windows"),
    ],
)
def test_error_names_a_malformed_cell(tmp_path: Path, cell: dict[str, Any], message: str) -> None:
    path = write_lines(tmp_path / "p.jsonl", [prediction(1, light=LIGHT | cell)])
    with pytest.raises(GoldError, match=message):
        read_predictions(path, ("p1",), FRAMEWORK)


@pytest.mark.parametrize(
    ("benefits", "message"),
    [
        (None, "`benefits` must be an object"),
        ({"warmth": LIGHT}, "no prediction for warmth|no prediction for light|heating"),
        ({"comfort": LIGHT}, "benefit 'comfort' is none of"),
    ],
)
def test_error_names_missing_or_unknown_benefits(tmp_path: Path, benefits: Any, message: str) -> None:  # noqa: ANN401
    path = write_lines(tmp_path / "p.jsonl", [{"id": "p1", "benefits": benefits}])
    with pytest.raises(GoldError, match=message):
        read_predictions(path, ("p1",), FRAMEWORK)


def test_predictions_of_the_tagger_are_the_same_from_memory_and_from_a_file(tmp_path: Path) -> None:
    framework = default_framework()
    results = toy_tagger().classify_texts(["Mortality fell by half.", "The room is blue."])
    path = tmp_path / "p.jsonl"
    path.write_text("".join(json.dumps({"id": str(at)} | row) + "\n" for at, row in enumerate(results)))
    read, _ = read_predictions(path, ("0", "1"), framework)
    direct = to_predictions(results, framework)
    assert (read.presence_probability == direct.presence_probability).all()
    assert (read.status == direct.status).all()
    assert direct.presence_probability.shape == (2, len(framework.benefits))


def test_probabilities_decide_as_the_tagger_does() -> None:
    tagger = toy_tagger()
    texts = ("Falls on the ward fell by half.", "Falls are common.", "The costs of care will drop.", "We met.")
    told = to_predictions(tagger.classify_texts(texts), tagger.framework)
    found = decided(tagger.classifier.scores(texts), tagger.classifier.bundle.calibration, tagger.framework)
    assert np.array_equal(found.present, told.present)
    assert np.array_equal(found.claimed, told.claimed)
    assert np.array_equal(found.status, told.status)
    assert found.presence_probability == pytest.approx(told.presence_probability, abs=1e-4)
    assert (found.present.sum(), found.claimed.sum(), found.concepts) == (3, 2, None)
