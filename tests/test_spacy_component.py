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


def test_passages_are_those_of_a_text_that_headings_part_and_whose_references_claim_nothing() -> None:
    text = (
        "Aims\n\nThe project will cut falls among older people by a third.\n\nWhat it costs\n\n"
        "- costs of beds\n- costs of nights\n\nReferences\n"
        "1. Adeyemi K, Brand L. Falls fell by half on quiet wards. Ward J 2011;4:10-19.\n"
        "2. Castel P. Trust will grow where falls are told. Ward J 2014;7:20-31.\n"
    )
    tagger = toy_tagger()
    doc = BenefitComponent(tagger)(spacy.blank("en")(text))
    (summary,) = tagger.tag_texts([text])
    found = [(finding.benefit, finding.passage.text) for finding in summary.findings]
    assert [(span.label_, span.text.replace("\n- ", "\n\n")) for span in doc.spans[SPANS]] == found
    assert found[0] == ("safety", "The project will cut falls among older people by a third.")


def test_empty_doc_has_no_spans() -> None:
    doc = BenefitComponent(toy_tagger())(spacy.blank("en")(""))
    assert list(doc.spans[SPANS]) == []


def test_component_is_added_to_a_pipeline_by_its_name(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("lhs_benefits", config={"model": str(write_toy_bundle(tmp_path / "toy"))})
    doc = nlp(TEXT)
    assert {span.label_ for span in doc.spans[SPANS]} == {"safety"}
