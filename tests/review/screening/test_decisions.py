from __future__ import annotations

import pytest

from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project import Project
from lhs_nlp.review.screening.agreement import agreement_of
from lhs_nlp.review.screening.counts import flow_of
from lhs_nlp.review.screening.decisions import add_criterion, criteria, decide, screener_of, standing, undo
from lhs_nlp.review.screening.queue import queue_of
from lhs_nlp.review.screening.rule import Rule, outcomes, set_rule


def choices(project: Project, number: int) -> dict[str, str]:
    return {by: decision.choice for by, decision in standing(project).get(number, {}).items()}


def test_last_decision_of_each_screener_counts(project: Project) -> None:
    decide(project, 2, "maybe", "ana")
    decide(project, 2, "include", "ana")
    decide(project, 2, "exclude", "ben", reason="wrong setting")
    assert choices(project, 2) == {"ana": "include", "ben": "exclude"}
    assert standing(project)[2]["ben"].reason == "wrong setting"
    assert outcomes(project) == {2: "conflict"}


def test_undoing_brings_the_decision_before_it_back(project: Project) -> None:
    decide(project, 2, "include", "ana")
    decide(project, 2, "exclude", "ana")
    undone = undo(project, "ana")
    assert undone is not None
    assert undone.choice == "exclude"
    assert choices(project, 2) == {"ana": "include"}
    assert undo(project, "ben") is None
    kept = project.connection.execute("SELECT decision, undone_by FROM decisions ORDER BY id").fetchall()
    assert [tuple(row) for row in kept] == [("include", None), ("exclude", "ana")]


def test_undoing_takes_back_the_last_decision_of_a_stage_and_role(project: Project) -> None:
    decide(project, 2, "include", "ana")
    decide(project, 2, "exclude", "ana", stage="full_text")
    decide(project, 2, "maybe", "ana", role="adjudicate")
    undone = [undo(project, "ana", stage="title_abstract", role="screen") for _ in range(2)]
    assert [each and each.choice for each in undone] == ["include", None]
    assert [each and each.choice for each in (undo(project, "ana"), undo(project, "ana"))] == ["maybe", "exclude"]


def test_decision_holds_for_all_records_of_the_publication_until_they_are_parted(project: Project) -> None:
    decide(project, 3, "include", "ana")
    assert choices(project, 1) == {"ana": "include"}
    project.judge((1, 3), "ana", same=False)
    project.judge((3, 5), "ana", same=False)
    assert choices(project, 1) == {}
    assert choices(project, 3) == {"ana": "include"}


def test_screeners_in_doubt_give_way(project: Project) -> None:
    decide(project, 2, "maybe", "ana")
    assert outcomes(project) == {2: "maybe"}
    decide(project, 2, "exclude", "ben")
    assert outcomes(project) == {2: "exclude"}


def test_stages_are_apart(project: Project) -> None:
    decide(project, 2, "include", "ana")
    decide(project, 2, "exclude", "ana", stage="full_text")
    assert choices(project, 2) == {"ana": "include"}
    assert standing(project, "full_text")[2]["ana"].choice == "exclude"


def test_criteria_are_numbered_and_can_be_named(project: Project) -> None:
    number = add_criterion(project, "exclude", "not in a hospital", "ana")
    decide(project, 2, "exclude", "ana", criterion=number)
    assert [(each.id, each.kind, each.text) for each in criteria(project)] == [(1, "exclude", "not in a hospital")]
    assert standing(project)[2]["ana"].criterion == 1


def test_decision_needs_a_record_and_a_criterion_that_are_there(project: Project) -> None:
    with pytest.raises(ReviewError, match="no record 99"):
        decide(project, 99, "include", "ana")
    with pytest.raises(ReviewError, match="no criterion 7"):
        decide(project, 1, "exclude", "ana", criterion=7)


def test_flow_adds_up_at_every_step(project: Project) -> None:
    number = add_criterion(project, "exclude", "not in a hospital", "ana")
    decide(project, 1, "include", "ana")
    decide(project, 2, "exclude", "ana", criterion=number)
    decide(project, 1, "exclude", "ana", stage="full_text", reason="no full text")
    flow = flow_of(project)
    assert flow.identified == {"first.ris": 2, "second.ris": 2, "third.bib": 1}
    assert sum(flow.identified.values()) == flow.duplicates + flow.publications == 5
    first = flow.title_abstract
    assert (first.to_screen, first.included, first.excluded, first.undecided) == (3, 1, 1, 1)
    assert first.excluded_for == {"not in a hospital": 1}
    assert (flow.full_text.to_screen, flow.full_text.excluded_for) == (1, {"no full text": 1})
    assert flow.to_dict()["title_abstract"]["included"] == 1


def test_flow_counts_full_texts_of_what_is_included_before(project: Project) -> None:
    decide(project, 1, "include", "ana")
    decide(project, 2, "exclude", "ana")
    for number in (1, 2, 4):
        decide(project, number, "include", "ana", stage="full_text")
    assert outcomes(project, "full_text") == {1: "include"}
    full_text = flow_of(project).full_text
    assert (full_text.to_screen, full_text.included, full_text.undecided) == (1, 1, 0)
    decide(project, 2, "include", "ana")
    assert outcomes(project, "full_text") == {1: "include", 2: "include"}


def test_capitals_make_no_other_screener_of_a_person(project: Project) -> None:
    set_rule(project, Rule(screeners=2), "ana")
    decide(project, 1, "include", "ana")
    decide(project, 1, "include", "Ana")
    assert (choices(project, 1), outcomes(project)) == ({"ana": "include"}, {1: "incomplete"})
    assert 1 not in [publication.number for publication in queue_of(project, by="ANA").waiting]
    decide(project, 1, "include", "ben")
    assert outcomes(project) == {1: "include"}
    assert [pair.coefficients.units for pair in agreement_of(project)] == [1]
    undone = undo(project, "Ana")
    assert undone is not None
    assert (undone.by, choices(project, 1)) == ("ana", {"ana": "include", "ben": "include"})


def test_screeners_whom_an_older_version_told_apart_by_capitals_keep_their_decisions(project: Project) -> None:
    decide(project, 1, "include", "ana")
    decide(project, 2, "include", "ben")
    project.connection.execute("UPDATE decisions SET made_by = 'Ana' WHERE made_by = 'ben'")
    assert [screener_of(project, name) for name in ("ana", "Ana", "ANA")] == ["ana", "Ana", "ana"]
