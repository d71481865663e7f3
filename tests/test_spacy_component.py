from __future__ import annotations

from pathlib import Path

import spacy

from lhs_nlp.spacy_component import SPANS, BenefitComponent
from tests.toy import toy_tagger
from tests.toy_bundle import write_toy_bundle

TEXT = "Minutes of the ward.\n\nThe project will cut falls among older people by a third.\n\nFalls are common here."


def test_spans_are_the_passages_that_speak_of_a_benefit() -> None:
    doc = BenefitComponent(toy_tagger())(spacy.blank("en")(TEXT))
    found = [(span.label_, span.id_) for span in doc.spans[SPANS]]
    assert ("safety", "anticipated") in found
    assert "will cut falls" in doc.spans[SPANS][0].text
    assert len(doc.spans[SPANS].attrs["claim_probabilities"]) == len(doc.spans[SPANS])


def test_mentions_are_left_out_when_claims_are_wanted() -> None:
    doc = BenefitComponent(toy_tagger(), claims_only=True)(spacy.blank("en")(TEXT))
    assert {span.id_ for span in doc.spans[SPANS]} == {"anticipated"}


def test_empty_doc_has_no_spans() -> None:
    doc = BenefitComponent(toy_tagger())(spacy.blank("en")(""))
    assert list(doc.spans[SPANS]) == []


def test_component_is_added_to_a_pipeline_by_its_name(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("lhs_benefits", config={"model": str(write_toy_bundle(tmp_path / "toy"))})
    doc = nlp(TEXT)
    assert {span.label_ for span in doc.spans[SPANS]} == {"safety"}
