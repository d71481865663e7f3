"""The model that ships: what anyone would expect of it, on passages that nobody could read otherwise."""

from __future__ import annotations

import doctest
from pathlib import Path

import numpy as np
import pytest

import lhs_nlp.tagger
from lhs_nlp import BundleError, Tagger, default_framework, load, load_bundle
from lhs_nlp.bundle import CARD, MANIFEST, Labels, default_bundle_path

EXAMPLES = Path(__file__).parents[1] / "examples"

CLAIMS = {
    "quality": "Our stroke pathway has reduced mortality at thirty days from 14% to 9%, and more patients than before "
    "received thrombolysis within an hour of arrival.",
    "safety": "The new prescribing checks will reduce medication errors and adverse drug events among older "
    "inpatients, so that fewer patients are harmed by their care.",
    "equity": "The programme aims to close the gap in screening between Indigenous and other women, and to reach "
    "rural families whom the clinic has never served.",
    "patient_satisfaction": "Patients reported a much better experience of care than before: satisfaction scores rose "
    "and complaints about communication halved.",
    "reputation": "The award has made the hospital a nationally recognised leader, has strengthened the trust of the "
    "community, and has helped us to recruit and keep nurses.",
    "value": "The pathway saved 1.2 million dollars a year, shortened length of stay by two days and avoided "
    "unnecessary readmissions.",
}
NOTHING = (
    "The steering group meets on the first Tuesday of each month in the library.",
    "Data were entered twice by two clerks, and analyses were made with version 4.2 of the software.",
    "Participants were recruited by letter between March and June; those who did not reply were written to again.",
)
STATUSES = {
    "achieved": "After the checklist was introduced, falls with injury on the wards decreased by 40%.",
    "anticipated": "We expect that the checklist will reduce falls with injury on the wards by 40%.",
    "not_achieved": "The checklist made no significant difference to falls with injury on the wards.",
    "context": "Falls are among the most common adverse events in hospitals worldwide.",
}


def _path() -> Path | None:
    try:
        return default_bundle_path()
    except BundleError:
        return None


pytestmark = pytest.mark.skipif(_path() is None, reason="no model is in models/, and LHS_NLP_MODEL names none")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load()


def test_every_file_is_genuine_and_the_labels_are_those_of_the_framework() -> None:
    bundle = load_bundle()
    assert bundle.labels == Labels.of(default_framework())
    assert {path.name for path in bundle.path.iterdir()} == {*bundle.manifest["files"], MANIFEST}


def test_card_and_metrics_come_with_it() -> None:
    bundle = load_bundle()
    assert bundle.id in (bundle.path / CARD).read_text(encoding="utf-8")
    assert bundle.metrics
    assert bundle.metrics["dev"]["passages"]["claims"]["macro"]["f1"]["value"] > 0.5


def test_plain_claims_are_found_but_for_one_at_most(tagger: Tagger) -> None:
    # Its card says how often it takes an achieved claim for context; most plain ones it must find.
    predictions = tagger.classify_texts(list(CLAIMS.values()))
    found = [b for b, prediction in zip(CLAIMS, predictions, strict=True) if prediction["benefits"][b]["claimed"]]
    assert len(found) >= len(CLAIMS) - 1, found


def test_plain_text_of_methods_claims_nothing(tagger: Tagger) -> None:
    for prediction in tagger.classify_texts(NOTHING):
        assert [benefit for benefit, cell in prediction["benefits"].items() if cell["claimed"]] == []


def test_statuses_of_the_same_benefit_are_told_apart(tagger: Tagger) -> None:
    predictions = tagger.classify_texts(list(STATUSES.values()))
    assert [prediction["benefits"]["safety"]["status"] for prediction in predictions] == list(STATUSES)


def test_example_in_the_documentation_does_what_it_says() -> None:
    outcome = doctest.testmod(lhs_nlp.tagger)
    assert (outcome.failed, outcome.attempted > 0) == (0, True)


def test_vector_is_the_same_alone_and_in_any_batch(tagger: Tagger) -> None:
    texts = [*CLAIMS.values(), *NOTHING, *STATUSES.values(), "Short.", " ".join(CLAIMS.values()) * 3]
    together = tagger.classifier.encoder.encode(texts)
    alone = np.concatenate([tagger.classifier.encoder.encode([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-5


def test_probabilities_are_the_same_again(tagger: Tagger) -> None:
    texts = [*CLAIMS.values(), *NOTHING]
    first, again = (tagger.classifier.predict_proba(texts) for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize("name", ["proposal.docx", "evaluation-report.pdf", "strategy.md"])
def test_example_claims_several_benefits_with_quotations_that_resolve(tagger: Tagger, name: str) -> None:
    summary = tagger.tag(EXAMPLES / name)
    claimed = [benefit for benefit in summary.benefits if benefit.verdict == "claimed"]
    assert len(claimed) >= 2
    for benefit in summary.benefits:
        assert benefit.evidence or benefit.verdict == "not_claimed"
        for finding in benefit.evidence:
            passage = finding.passage
            assert summary.document.text[passage.start : passage.end] == passage.text
