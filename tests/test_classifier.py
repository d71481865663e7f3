from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.errors import BundleError, FrameworkError
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Concept, default_framework
from lhs_nlp.passages import Passage
from lhs_nlp.tagger import load
from tests.toy import ToyEncoder, toy_bundle, toy_tagger
from tests.toy_bundle import write_toy_bundle

CLASSIFIER = toy_tagger().classifier
CLAIM = "We found that falls on the ward fell by half."
MENTION = "Medication errors are a leading cause of harm."
NOTHING = "The steering group met on Tuesdays."


def finding(text: str, benefit: str) -> Finding:
    (row,) = CLASSIFIER.find([Passage(0, text, 0, len(text))])
    return next(each for each in row if each.benefit == benefit)


def test_predict_and_classes_follow_scikit_learn() -> None:
    assert CLASSIFIER.classes_.tolist() == list(default_framework().benefit_ids)
    predicted = CLASSIFIER.predict([CLAIM, NOTHING])
    assert predicted.shape == (2, 6)
    assert predicted.sum(1).tolist() == [1, 0]
    assert ((CLASSIFIER.predict_proba([CLAIM]) > 0) & (CLASSIFIER.predict_proba([CLAIM]) < 1)).all()


def test_single_text_is_not_taken_for_a_list_of_letters() -> None:
    with pytest.raises(TypeError, match="Give a list of texts"):
        CLASSIFIER.predict("Falls will drop.")


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_missing_value_is_not_taken_for_a_text(missing: object) -> None:
    with pytest.raises(TypeError, match=r"Text 2 is a .*; leave out what is missing"):
        CLASSIFIER.predict(["Falls will drop.", missing])  # type: ignore[list-item]


def test_texts_of_a_generator_are_classified_as_those_of_a_list() -> None:
    texts = [CLAIM, NOTHING]
    assert np.array_equal(CLASSIFIER.predict_proba(text for text in texts), CLASSIFIER.predict_proba(texts))
    assert len(CLASSIFIER.find(Passage(0, text, 0, len(text)) for text in texts)) == 2


@pytest.mark.parametrize("table", [pd.DataFrame({"text": [CLAIM]}), {"text": CLAIM}])
def test_names_of_columns_are_not_taken_for_texts(table: object) -> None:
    with pytest.raises(TypeError, match="of a table the one column"):
        CLASSIFIER.predict(table)  # type: ignore[arg-type]


def test_no_texts_give_empty_arrays() -> None:
    assert CLASSIFIER.predict_proba([]).shape == (0, 6)
    assert CLASSIFIER.find([]) == []


def test_every_passage_has_one_finding_a_benefit() -> None:
    (row,) = CLASSIFIER.find([Passage(0, NOTHING, 0, len(NOTHING))])
    assert [each.benefit for each in row] == list(default_framework().benefit_ids)
    assert not any(each.present or each.claimed or each.concepts or each.stakeholders for each in row)


def test_claim_has_a_status_of_a_claim_and_a_mention_does_not() -> None:
    claim, mention = finding(CLAIM, "safety"), finding(MENTION, "safety")
    assert (claim.present, claim.claimed, claim.status, claim.dimension) == (True, True, "achieved", "project")
    assert claim.stakeholders == ("patients_families",)
    assert (mention.present, mention.claimed, mention.status, mention.dimension) == (True, False, "context", None)
    assert mention.stakeholders == ()


def test_claim_is_never_more_probable_than_presence() -> None:
    scores = CLASSIFIER.scores([CLAIM, MENTION, NOTHING])
    assert (scores.claim <= scores.presence).all()
    assert scores.status.sum(2) == pytest.approx(np.ones((3, 6)))


def test_repeated_text_is_encoded_once() -> None:
    encoder = ToyEncoder(default_framework())
    scores = BenefitClassifier(toy_bundle(), encoder=encoder).scores([CLAIM, NOTHING, CLAIM])
    assert encoder.calls == [[CLAIM, NOTHING]]
    assert np.array_equal(scores.presence[0], scores.presence[2])


def test_concept_that_the_model_does_not_know_is_found_by_its_cues() -> None:
    framework = default_framework()
    safety = framework.benefit("safety")
    own = replace(safety, concepts=(*safety.concepts, Concept("wards", "Wards", cues=("the ward",))))
    changed = replace(framework, benefits=tuple(own if each.id == "safety" else each for each in framework.benefits))
    classifier = BenefitClassifier(toy_bundle(), changed, encoder=ToyEncoder(framework))
    (row,) = classifier.find([Passage(0, CLAIM, 0, len(CLAIM))])
    assert next(each for each in row if each.benefit == "safety").concepts == ("harm_prevention", "wards")


def test_framework_with_other_benefits_is_refused() -> None:
    framework = default_framework()
    fewer = replace(framework, benefits=framework.benefits[:3])
    with pytest.raises(FrameworkError, match="has the benefits quality, safety, equity; the model was trained for"):
        BenefitClassifier(toy_bundle(), fewer)


def test_framework_in_another_order_is_told_that_the_order_is_to_be_the_models() -> None:
    framework = default_framework()
    turned = replace(framework, benefits=framework.benefits[::-1])
    with pytest.raises(FrameworkError, match=r"These are the same in another order: put them into the model's\."):
        BenefitClassifier(toy_bundle(), turned)


def _pickled(classifier: BenefitClassifier) -> BenefitClassifier:
    copy: BenefitClassifier = pickle.loads(pickle.dumps(classifier))  # noqa: S301
    return copy


@pytest.mark.parametrize("copied", [deepcopy, _pickled])
def test_classifier_that_was_used_can_be_copied(copied: Callable[..., BenefitClassifier], tmp_path: Path) -> None:
    classifier = load(write_toy_bundle(tmp_path / "toy")).classifier
    before = classifier.predict_proba([CLAIM, NOTHING])
    assert np.array_equal(copied(classifier).predict_proba([CLAIM, NOTHING]), before)


def test_encoder_of_other_vectors_is_refused_before_it_is_used() -> None:
    class Narrow(ToyEncoder):
        width = 3

    with pytest.raises(BundleError, match="the encoder makes 3"):
        BenefitClassifier(toy_bundle(), encoder=Narrow(default_framework())).predict([CLAIM])


def test_small_odds_are_told_to_their_first_digits() -> None:
    found = replace(finding(NOTHING, "safety"), probability=0.42581, claim_probability=0.0000324)
    assert found.to_dict()["probability"] == 0.4258
    assert found.to_dict()["claim_probability"] == 0.0000324
