from __future__ import annotations

import pytest

from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.explanation import Explanation, Word, word_effects
from lhs_nlp.finding import Finding
from lhs_nlp.passages import Passage
from lhs_nlp.tagger import load
from tests.toy_bundle import CLAIM, MENTION, write_toy_bundle


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> BenefitClassifier:
    return load(write_toy_bundle(tmp_path_factory.mktemp("words") / "toy")).classifier


def finding(classifier: BenefitClassifier, text: str, benefit: str) -> Finding:
    (row,) = classifier.find([Passage(0, text, 0, len(text))])
    return next(each for each in row if each.benefit == benefit)


def effects(classifier: BenefitClassifier, text: str, benefit: str) -> dict[str, float]:
    (words,) = word_effects([finding(classifier, text, benefit)], classifier)
    return {word.text: word.effect for word in words}


def test_every_word_has_an_effect_and_its_place(classifier: BenefitClassifier) -> None:
    (words,) = word_effects([finding(classifier, CLAIM, "safety")], classifier)
    assert [CLAIM[word.start : word.end] for word in words] == [word.text for word in words]
    assert [word.text for word in words] == CLAIM.rstrip(".").split()


def test_words_that_carry_a_claim_are_those_of_its_benefit_and_of_its_status(classifier: BenefitClassifier) -> None:
    found = effects(classifier, CLAIM, "safety")
    assert set(sorted(found, key=lambda word: -found[word])[:2]) == {"falls", "will"}


def test_without_a_claim_the_words_that_carry_the_benefit_are_shown(classifier: BenefitClassifier) -> None:
    found = effects(classifier, MENTION, "equity")
    assert max(found, key=lambda word: found[word]) == "Disparities"


def test_numbers_and_compound_words_are_whole_words(classifier: BenefitClassifier) -> None:
    found = effects(classifier, "Follow-up falls: 3,400 or 12.5% of patients\u2019 stays.", "safety")
    assert list(found) == ["Follow-up", "falls", "3,400", "or", "12.5%", "of", "patients", "stays"]


def test_several_findings_are_explained_as_each_alone(classifier: BenefitClassifier) -> None:
    findings = [finding(classifier, CLAIM, "safety"), finding(classifier, MENTION, "equity")]
    together = word_effects(findings, classifier)
    alone = [word_effects([each], classifier)[0] for each in findings]
    assert [[word.text for word in words] for words in together] == [[word.text for word in words] for words in alone]
    for one, other in zip(together, alone, strict=True):
        assert [word.effect for word in one] == pytest.approx([word.effect for word in other], abs=1e-5)


def test_passage_of_one_word_is_explained(classifier: BenefitClassifier) -> None:
    assert list(effects(classifier, "falls", "safety")) == ["falls"]


def test_passage_without_words_has_none(classifier: BenefitClassifier) -> None:
    assert effects(classifier, "***", "safety") == {}
    assert word_effects([], classifier) == []


def test_strongest_words_leave_out_what_speaks_against_and_what_is_as_good_as_noise() -> None:
    values = {"a": 2.0, "b": 0.6, "c": 0.4, "d": -3.0, "e": 0.0}
    words = tuple(Word(at, at + 1, text, effect) for at, (text, effect) in enumerate(values.items()))
    assert [word.text for word in Explanation(words, ()).strongest()] == ["a", "b"]
    assert [word.text for word in Explanation(words, ()).strongest(1)] == ["a"]
    assert Explanation((), ()).strongest() == ()
