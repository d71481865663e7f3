from __future__ import annotations

from dataclasses import replace

from lhs_nlp.documents import read_text
from lhs_nlp.passages import split_document
from lhs_nlp.summary import BenefitSummary, DocumentSummary, Verdict, narrow, summarise
from lhs_nlp.summary.prose import describe
from tests.toy import toy_tagger

PROPOSAL = """\
Fewer falls at night

Falls are common on our wards. They are a leading cause of long stays for older people who come to us.

The project will cut falls among older people by a third. We will count falls every week with the ward teams.

Staff turnover has been measured with a yearly survey of all the nursing and therapy teams since the ward was opened.
"""


def tagged(text: str = PROPOSAL) -> DocumentSummary:
    return toy_tagger().tag_document(read_text(text))


def verdicts(summary: DocumentSummary) -> dict[str, str]:
    return {benefit.benefit: benefit.verdict for benefit in summary.benefits}


def test_claimed_benefit_has_verdict_status_and_quotation() -> None:
    safety = next(benefit for benefit in tagged().benefits if benefit.benefit == "safety")
    assert safety.verdict == "claimed"
    assert safety.confidence > 0.9
    assert safety.statuses == {"anticipated": 1, "achieved": 0, "not_achieved": 0, "context": 1}
    assert safety.concepts == ("harm_prevention",)
    assert "will cut falls" in safety.evidence[0].passage.text


def test_mention_is_no_claim() -> None:
    reputation = next(benefit for benefit in tagged().benefits if benefit.benefit == "reputation")
    assert reputation.verdict == "not_claimed"
    assert reputation.statuses["context"] == 1
    assert [finding.status for finding in reputation.evidence] == ["context"]


def test_absent_benefit_has_no_evidence() -> None:
    equity = next(benefit for benefit in tagged().benefits if benefit.benefit == "equity")
    assert (equity.verdict, equity.evidence, equity.concepts) == ("not_claimed", (), ())


def test_candidates_are_the_findings_and_the_quotations_that_are_none() -> None:
    summary = tagged()
    (safety,) = [benefit for benefit in summary.benefits if benefit.benefit == "safety"]
    unsure = replace(safety.evidence[0], benefit="equity", present=False)
    benefits = [replace(each, evidence=(unsure,)) if each.benefit == "equity" else each for each in summary.benefits]
    assert summary.candidates == summary.findings
    assert replace(summary, benefits=tuple(benefits)).candidates == (*summary.findings, unsure)


def test_every_quotation_is_the_text_at_its_offsets() -> None:
    summary = tagged()
    quoted = [finding.passage for benefit in summary.benefits for finding in benefit.evidence]
    assert quoted
    assert all(summary.document.text[passage.start : passage.end] == passage.text for passage in quoted)


def with_statuses(summary: BenefitSummary, verdict: Verdict, **statuses: int) -> BenefitSummary:
    return replace(summary, verdict=verdict, statuses=dict.fromkeys(summary.statuses, 0) | statuses)


def test_words_tell_what_was_not_achieved_beside_claims_and_without_any() -> None:
    summary = tagged()
    benefits = [
        with_statuses(each, "claimed", achieved=2, not_achieved=1)
        if each.benefit == "safety"
        else with_statuses(each, "not_claimed", not_achieved=1, context=3)
        if each.benefit == "value"
        else with_statuses(each, "not_claimed")
        for each in summary.benefits
    ]
    assert describe(benefits, summary.findings, summary.framework, 9) == (
        "The document claims 1 of the 6 benefits: safety (2 passages achieved, 1 not achieved; harm prevention). "
        "It reports value as not achieved. "
        "It does not speak of quality, equity, patient satisfaction or reputation."
    )


def test_what_several_passages_nearly_claim_is_left_to_a_reader() -> None:
    """The verdict "claimed" always has a claim to quote."""
    tagger = toy_tagger()
    document = read_text(PROPOSAL)
    passages = split_document(document)
    findings = list(tagger.classifier.find(passages))
    denied = [tuple(replace(finding, status="context", claimed=False) for finding in row) for row in findings]
    summaries = [
        summarise(document, passages, each, tagger.framework, tagger.classifier.bundle) for each in (findings, denied)
    ]
    claimed, unsure = (summary.benefits[1] for summary in summaries)
    assert (claimed.benefit, claimed.verdict, unsure.verdict) == ("safety", "claimed", "needs_review")
    assert claimed.confidence == unsure.confidence


def test_same_sentence_is_quoted_once() -> None:
    sentence = "The new round will cut falls on all wards of the hospital by at least one third in the coming year."
    summary = tagged("\n\n".join([sentence] * 4))
    safety = next(benefit for benefit in summary.benefits if benefit.benefit == "safety")
    assert len(safety.evidence) == 1
    assert sum(safety.statuses.values()) >= 2


def test_summary_in_words_says_what_is_claimed_mentioned_and_absent() -> None:
    assert tagged().text == (
        "The document claims 1 of the 6 benefits: safety (1 passage anticipated; harm prevention). "
        "It speaks of reputation without claiming it. "
        "It does not speak of quality, equity, patient satisfaction or value."
    )


def test_summary_in_words_names_several_that_are_mentioned_as_several() -> None:
    costs = "\nCosts have been measured with a yearly survey of all the wards since the hospital was opened.\n"
    assert "It speaks of reputation and value without claiming them." in tagged(PROPOSAL + costs).text


def test_summary_in_words_names_key_concepts_of_claims_alone() -> None:
    errors = "\nMedication errors were counted on each of the {} wards of this hospital before the round began here.\n"
    summary = tagged(PROPOSAL + errors.format("twelve medical") + errors.format("nine surgical"))
    safety = next(benefit for benefit in summary.benefits if benefit.benefit == "safety")
    assert "medication_safety" in safety.concepts
    assert "safety (1 passage anticipated; harm prevention)" in summary.text


def test_summary_in_words_when_nothing_is_found() -> None:
    summary = tagged("The steering group met on Tuesdays in the old library.")
    assert summary.text.startswith("The document clearly claims none of the 6 benefits")
    assert summary.stakeholders == {}


def test_stakeholders_are_those_of_claimed_benefits() -> None:
    assert tagged().stakeholders == {"patients_families": ("safety",)}


def test_narrowed_summary_keeps_verdicts() -> None:
    full = tagged()
    narrowed = narrow(full, benefits=["safety"], min_probability=1.0)
    assert verdicts(narrowed) == {"safety": verdicts(full)["safety"]}
    assert narrowed.findings == ()
    assert narrowed.benefits[0].evidence == ()
    assert narrowed.benefits[0].statuses == full.benefits[1].statuses


def test_document_that_is_not_english_is_left_to_a_reader() -> None:
    summary = tagged("Le projet doit faire baisser les chutes des patients dans chaque service de notre région. " * 4)
    assert set(verdicts(summary).values()) == {"needs_review"}
    assert "does not look like English" in summary.text
    assert summary.stakeholders == {}


def test_table_of_names_and_figures_is_said_to_be_no_english_prose() -> None:
    """Its words are English, but none of those that hold sentences together."""
    rows = [f"Hand hygiene compliance | Ward {ward} | {ward}1 | {ward}4 | Green" for ward in range(1, 15)]
    summary = tagged("\n".join(["Indicator | Ward | Target | Actual | Status", *rows]))
    assert set(verdicts(summary).values()) == {"needs_review"}
    assert summary.text.startswith("The document does not look like English prose, ")


def test_document_without_passages_needs_review() -> None:
    tagger = toy_tagger()
    summary = tagger.tag_document(replace(read_text("Falls at night"), text="", blocks=()))
    assert summary.passages == ()
    assert set(verdicts(summary).values()) == {"needs_review"}


def test_summary_of_a_long_document_is_shown_without_its_text() -> None:
    shown = repr(tagged(PROPOSAL * 100))
    assert "claimed" in shown
    assert len(shown) < 3000
