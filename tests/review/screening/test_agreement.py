from __future__ import annotations

import pytest

from lhs_nlp.evaluate import Coefficients, Estimate
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.types import Choice
from lhs_nlp.review.screening.agreement import PairAgreement, agreement_of
from lhs_nlp.review.screening.decisions import decide, undo
from lhs_nlp.review.screening.rule import resolve
from lhs_nlp.review.screening.text import agreement_lines


def test_kappa_is_that_of_the_decisions_both_made(project: Project) -> None:
    ana: dict[int, Choice] = {1: "include", 2: "exclude", 4: "exclude"}
    ben: dict[int, Choice] = {1: "include", 2: "include", 4: "exclude"}
    for name, choices in (("ana", ana), ("ben", ben)):
        for number, choice in choices.items():
            decide(project, number, choice, name)
    (pair,) = agreement_of(project)
    found = pair.coefficients
    assert (pair.first, pair.second, found.units) == ("ana", "ben", 3)
    assert found.observed.value == pytest.approx(2 / 3)
    assert found.kappa.value == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert found.observed.low is None  # of three publications
    assert pair.to_dict()["screeners"] == ["ana", "ben"]


def test_interval_is_shown_where_there_is_one() -> None:
    known, unknown = Estimate(0.9, 0.8, 0.95), Estimate(0.7)
    coefficients = Coefficients(20, {}, {}, observed=known, kappa=unknown, alpha=unknown, undefined=None)
    assert list(agreement_lines([PairAgreement("ana", "ben", coefficients)])) == [
        "ana and ben: 20 publications",
        "  same decision  0.900  (95% interval 0.800 to 0.950)",
        "  Cohen's kappa  0.700",
    ]


def test_what_was_changed_after_both_had_decided_does_not_count(project: Project) -> None:
    decide(project, 1, "exclude", "ana")
    decide(project, 1, "maybe", "ana")
    decide(project, 1, "include", "ben")
    decide(project, 1, "include", "ana")
    (pair,) = agreement_of(project)
    assert pair.coefficients.observed.value == 0


def test_what_was_taken_back_and_decided_anew_does_not_count(project: Project) -> None:
    decide(project, 1, "exclude", "ana")
    decide(project, 1, "include", "ben")
    undo(project, "ana")
    assert agreement_of(project) == []
    decide(project, 1, "include", "ana")
    (pair,) = agreement_of(project)
    assert pair.coefficients.observed.value == 0


def test_what_was_taken_back_before_the_other_decided_is_forgotten(project: Project) -> None:
    decide(project, 1, "exclude", "ana")
    undo(project, "ana")
    project.connection.execute(
        "UPDATE decisions SET made_at = '2024-05-01T09:00:00Z', undone_at = '2024-05-01T09:00:01Z'"
    )
    decide(project, 1, "include", "ben")
    decide(project, 1, "include", "ana")
    (pair,) = agreement_of(project)
    assert pair.coefficients.observed.value == 1


def test_rulings_do_not_count(project: Project) -> None:
    decide(project, 1, "include", "ana")
    decide(project, 1, "exclude", "ben")
    resolve(project, 1, "include", "cleo")
    assert [(pair.first, pair.second) for pair in agreement_of(project)] == [("ana", "ben")]


def test_screeners_of_different_publications_are_not_compared(project: Project) -> None:
    decide(project, 1, "include", "ana")
    decide(project, 2, "include", "ben")
    assert agreement_of(project) == []


def test_stages_are_apart(project: Project) -> None:
    decide(project, 1, "include", "ana")
    decide(project, 1, "include", "ben", stage="full_text")
    assert agreement_of(project) == agreement_of(project, "full_text") == []
