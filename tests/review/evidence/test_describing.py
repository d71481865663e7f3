from __future__ import annotations

from typing import Any

import pytest

from lhs_nlp.references import reference_from
from lhs_nlp.review.evidence.describing import Description, describe
from lhs_nlp.review.evidence.vocabulary import vocabulary
from lhs_nlp.review.project.publications import Publication
from lhs_nlp.review.project.types import Record
from tests.review.making import bare


def described(title: str = "Checklists", abstract: str | None = None, **more: Any) -> Description:  # noqa: ANN401
    reference = bare(title, abstract=abstract, **more)
    return describe(Publication((Record(1, 1, "a.ris", 1, reference),), reference))


def design_of(found: Description) -> str | None:
    return found.design.id if found.design else None


@pytest.mark.parametrize(
    ("title", "design"),
    [
        ("Checklists against falls: a cluster randomised controlled trial", "randomised_trial"),
        ("Checklists against falls: a stepped-wedge trial", "randomised_trial"),
        ("Checklists against falls: study protocol for a randomized controlled trial", "protocol"),
        ("What evidence exists on checklists against falls? A systematic map protocol", "protocol"),
        ("Randomised controlled trials of checklists: a systematic review", "evidence_synthesis"),
        ("Checklists and falls: an interrupted time series", "quasi_experiment"),
        ("Checklists and falls: a retrospective cohort study", "cohort"),
        ("How nurses use checklists: a qualitative study", "qualitative"),
        ("Checklists of one ward: a non-randomised comparison", "quasi_experiment"),
        ("Checklists", None),
    ],
)
def test_design_is_read_from_the_title(title: str, design: str | None) -> None:
    assert design_of(described(title)) == design


def test_keyword_states_a_design_only_as_a_whole() -> None:
    assert design_of(described(keywords=("Systematic Review",))) == "evidence_synthesis"
    assert design_of(described(keywords=("Randomized Controlled Trials as Topic",))) is None
    assert described(keywords=("*Hospitals/standards",)).settings[0].id == "hospital"


@pytest.mark.parametrize(
    ("format", "field"),
    [("ris", ("M3", "Review")), ("nbib", ("PT", "Review")), ("bibtex", ("document_type", "{Review}"))],
)
def test_type_of_publication_states_a_design(format: str, field: tuple[str, str]) -> None:
    reference = reference_from(format, (field,))
    found = describe(Publication((Record(1, 1, "a", 1, reference),), reference))
    assert found.design is not None
    assert (found.design.id, found.design.place, found.design.words) == ("review", "keywords", "review")


@pytest.mark.parametrize(
    ("abstract", "design"),
    [
        ("Falls harm. We conducted a retrospective cohort study of 300 people.", "cohort"),
        ("Design: Cross-sectional survey. Results: Most agreed.", "cross_sectional"),
        ("METHODS\nFocus groups with 12 nurses.", "qualitative"),
        ("METHODS\nfocus groups with 12 nurses", "qualitative"),
        ("Falls harm many people. In all,\nwe carried out a systematic\nreview of what\nhelps.", "evidence_synthesis"),
        ("falls harm\n\n\n\nWe conducted a retrospective cohort study.", "cohort"),
        ("This was an observational study.", "observational"),
        ("Few cohort studies have asked about falls.", None),
        ("Randomized trials are needed.", None),
        ("We conclude that future work should be a randomised controlled trial.", None),
        ("Earlier, a cohort study by others found fewer falls.", None),
    ],
)
def test_abstract_states_a_design_only_where_it_tells_of_the_work_itself(abstract: str, design: str | None) -> None:
    assert design_of(described(abstract=abstract)) == design


def test_every_setting_that_is_stated_counts_and_where_it_stands() -> None:
    found = described("Falls in nursing homes", "Setting: Primary care and 12 hospitals. Clinics elsewhere differ.")
    assert [(stated.id, stated.place, stated.words) for stated in found.settings] == [
        ("hospital", "abstract", "hospitals"),
        ("primary_care", "abstract", "primary care"),
        ("long_term_care", "title", "nursing homes"),
    ]


def test_setting_of_the_background_is_none_of_the_work() -> None:
    assert described(abstract="Falls are common in hospitals. We asked 300 people.").settings == ()


def test_other_records_of_a_publication_count_too() -> None:
    one, other = bare("Checklists"), reference_from("nbib", (("TI", "Checklists"), ("PT", "Case Reports")))
    records = (Record(1, 1, "a", 1, one), Record(2, 1, "b", 1, other))
    assert design_of(describe(Publication(records, one))) == "case_report"


def test_words_are_said_once_in_each_half_of_the_vocabulary() -> None:
    for half in (vocabulary().designs, vocabulary().settings):
        assert len({entry.id for entry in half}) == len({entry.name for entry in half}) == len(half)
        for words in (
            [term for entry in half for term in entry.terms],
            [term for entry in half for term in entry.fields],
        ):
            assert sorted(words) == sorted(set(words))
