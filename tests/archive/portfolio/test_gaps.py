from __future__ import annotations

from lhs_nlp.archive.portfolio.gaps import gaps
from lhs_nlp.archive.portfolio.types import ConceptCount
from lhs_nlp.framework import default_framework
from tests.archive.portfolio.making import made

KEYS = default_framework().concept_keys


def test_benefit_that_hardly_any_document_claims_is_a_gap() -> None:
    found = gaps(made({"cccccn": 95, "cccccc": 5}))
    assert [(gap.benefit, gap.concept, gap.share.count) for gap in found] == [("value", None, 5)]


def test_gap_is_sure_only_when_documents_are_many() -> None:
    (few,), (many,) = gaps(made({"cccccn": 10})), gaps(made({"cccccn": 100}))
    assert (few.sure, many.sure) == (False, True)


def test_gap_is_not_sure_while_documents_that_need_review_may_close_it() -> None:
    (unread,), (read,) = gaps(made({"cccccr": 100})), gaps(made({"cccccr": 2, "cccccn": 98}))
    assert (unread.sure, read.sure) == (False, True)


def test_gap_of_a_key_concept_is_not_sure_while_its_benefit_needs_review() -> None:
    counts = {key: ConceptCount(100, 0) for key in KEYS} | {KEYS[0]: ConceptCount(0, 0), KEYS[-1]: ConceptCount(0, 0)}
    found = gaps(made({"cccccr": 100}, concepts=counts))
    sure = {(gap.benefit, gap.concept): gap.sure for gap in found}
    assert (sure[KEYS[0]], sure[KEYS[-1]]) == (True, False)


def test_key_concepts_come_after_benefits_surest_and_most_spoken_of_first() -> None:
    counts = {key: ConceptCount(200, 0) for key in KEYS}
    counts |= {KEYS[0]: ConceptCount(17, 9), KEYS[1]: ConceptCount(2, 0), KEYS[2]: ConceptCount(2, 50)}
    found = gaps(made({"cccccn": 200}, concepts=counts))
    assert [(gap.concept, gap.sure) for gap in found] == [
        (None, True),
        (KEYS[2][1], True),
        (KEYS[1][1], True),
        (KEYS[0][1], False),
    ]
    assert found[1].mentioned == 50


def test_benefit_that_is_spoken_of_without_being_claimed_says_so() -> None:
    (gap,) = gaps(made({"cccccn": 100}, mentioned={**dict.fromkeys(default_framework().benefit_ids, 0), "value": 60}))
    assert gap.mentioned == 60


def test_there_is_no_gap_when_everything_is_claimed_or_nothing_was_read() -> None:
    assert gaps(made({"cccccc": 20})) == []
    assert gaps(made({}, concepts={key: ConceptCount() for key in KEYS})) == []
