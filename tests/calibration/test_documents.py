from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.calibration import DocumentCalibration, calibration_from_dict, document_features
from lhs_nlp.errors import BundleError
from lhs_nlp.framework import default_framework
from tests.toy import toy_calibration

CALIBRATION = DocumentCalibration(np.array([0.8, 0.3, -0.5]), 0.1, review=0.2, claimed=0.5)


def test_document_without_passages_claims_nothing() -> None:
    assert CALIBRATION.confidence(np.zeros((0, 6))).tolist() == [0.0] * 6


def test_order_of_passages_does_not_matter() -> None:
    claims = np.random.default_rng(4).random((20, 6))
    assert CALIBRATION.confidence(claims) == pytest.approx(CALIBRATION.confidence(claims[::-1]))


def test_stronger_claim_makes_more_confident() -> None:
    claims = np.array([[0.3], [0.2]])
    assert CALIBRATION.confidence(claims * 2)[0] > CALIBRATION.confidence(claims)[0]


def test_single_passage_stands_for_its_second() -> None:
    assert document_features(np.array([[0.4]]))[0] == pytest.approx([np.log(0.4 / 0.6)] * 2 + [0.0])


def test_calibration_survives_json() -> None:
    data = toy_calibration(default_framework()).to_dict()
    assert calibration_from_dict(data).to_dict() == data


def test_malformed_calibration_is_refused() -> None:
    data = toy_calibration(default_framework()).to_dict()
    del data["document"]
    with pytest.raises(BundleError, match="calibration is malformed"):
        calibration_from_dict(data)
