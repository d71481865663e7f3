from __future__ import annotations

from dataclasses import replace

import numpy as np

from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.evaluate import Gold
from lhs_nlp.framework import default_framework
from lhs_nlp.tagger import Tagger
from tests.toy import ToyEncoder, toy_bundle
from training.measure import measure, measure_logits

FRAMEWORK = default_framework()
TEXTS = ("Falls on the ward fell by half.", "The costs of care fell.")


def labelled() -> Gold:
    """Return the passages with the labels and the key concepts that the toy model finds."""
    status = np.full((2, len(FRAMEWORK.benefits)), -1, np.int64)
    concepts = np.zeros((2, len(FRAMEWORK.concept_keys)), np.int64)
    for row, benefit, concept in ((0, "safety", "harm_prevention"), (1, "value", "cost")):
        status[row, FRAMEWORK.benefit_ids.index(benefit)] = FRAMEWORK.status_ids.index("achieved")
        concepts[row, FRAMEWORK.concept_keys.index((benefit, concept))] = 1
    presence = (status >= 0).astype(np.int64)
    return Gold(("1", "2"), ("a", "b"), ("other",) * 2, TEXTS, presence, status, concepts)


def test_logits_are_measured_as_the_tagger_is_where_a_benefit_is_missed() -> None:
    bundle, encoder = toy_bundle(), ToyEncoder(FRAMEWORK)
    thresholds = np.where(np.array(FRAMEWORK.benefit_ids) == "safety", 1.0, 0.5)
    calibration = replace(bundle.calibration, presence_thresholds=thresholds)
    tagger = Tagger(BenefitClassifier(replace(bundle, calibration=calibration), FRAMEWORK, encoder))
    of_tagger = measure(tagger, TEXTS, labelled())["passages"]
    of_logits = measure_logits(bundle.heads(encoder.encode(TEXTS)), labelled(), calibration, FRAMEWORK)["passages"]
    assert of_tagger["concepts"]["overall"]["recall"]["value"] == 0.5
    assert of_logits["concepts"] == of_tagger["concepts"]
    assert of_logits["presence"]["macro"]["f1"] == of_tagger["presence"]["macro"]["f1"]
