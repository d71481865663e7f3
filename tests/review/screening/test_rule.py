from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.errors import ReviewError
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.connection import DATABASE
from lhs_nlp.review.screening.counts import flow_of
from lhs_nlp.review.screening.decisions import decide, undo
from lhs_nlp.review.screening.queue import queue_of
from lhs_nlp.review.screening.rule import Rule, conflicts, outcomes, resolve, rule_of, set_rule
from lhs_nlp.review.screening.status import status_of
from lhs_nlp.review.screening.text import conflict_lines, status_lines
from tests.databases import connected


def waiting(project: Project, by: str | None = None) -> list[int]:
    return [publication.number for publication in queue_of(project, by=by).waiting]


def test_one_screener_is_enough_at_first(project: Project) -> None:
    assert rule_of(project) == Rule(1, "adjudicate")
    decide(project, 1, "include", "ana")
    assert outcomes(project) == {1: "include"}


def test_nothing_is_final_before_as_many_have_decided_as_the_rule_wants(project: Project) -> None:
    set_rule(project, Rule(screeners=2), "ana")
    decide(project, 1, "include", "ana")
    assert outcomes(project) == {1: "incomplete"}
    assert flow_of(project).title_abstract.undecided == 3
    decide(project, 1, "include", "ben")
    assert outcomes(project) == {1: "include"}
    assert flow_of(project).title_abstract.undecided == 2


def test_conflict_waits_for_an_adjudicator_whose_decision_counts(project: Project) -> None:
    decide(project, 2, "include", "ana")
    decide(project, 2, "exclude", "ben", reason="wrong setting")
    (conflict,) = conflicts(project)
    assert (conflict.publication, [decision.by for decision in conflict.decisions]) == (2, ["ana", "ben"])
    resolve(project, 2, "exclude", "cleo", reason="not a trial")
    assert (conflicts(project), outcomes(project)) == ([], {2: "exclude"})
    assert flow_of(project).title_abstract.excluded_for == {"not a trial": 1}
    decide(project, 2, "include", "ben")
    assert outcomes(project) == {2: "exclude"}


def test_reason_of_an_exclusion_is_one_that_was_given(project: Project) -> None:
    for number in (1, 2, 4):
        decide(project, number, "exclude", "ana", reason="no trial")
        decide(project, number, "include" if number == 2 else "exclude", "ben")
    resolve(project, 2, "exclude", "cleo")
    decide(project, 4, "exclude", "ben", reason="no ward")
    assert flow_of(project).title_abstract.excluded_for == {"no trial": 2, "no ward": 1}


def test_adjudicator_in_doubt_leaves_the_conflict(project: Project) -> None:
    for number in (1, 2):
        decide(project, number, "include", "ana")
        decide(project, number, "exclude", "ben")
    resolve(project, 1, "maybe", "cleo", reason="ask the authors")
    assert outcomes(project) == {1: "conflict", 2: "conflict"}
    assert flow_of(project).title_abstract.conflict == 2
    assert waiting(project, "dora") == [4]
    last = conflicts(project)[-1]
    assert last.doubt is not None
    assert (last.publication, last.doubt.reason) == (1, "ask the authors")
    assert list(conflict_lines(project, last, {}))[-1] == "  cleo, between them: maybe (ask the authors)"
    resolve(project, 1, "include", "dora")
    assert outcomes(project) == {1: "include", 2: "conflict"}


def test_ruling_can_be_taken_back(project: Project) -> None:
    decide(project, 2, "include", "ana")
    decide(project, 2, "exclude", "ben")
    resolve(project, 2, "include", "cleo")
    undone = undo(project, "cleo")
    assert undone is not None
    assert (undone.role, outcomes(project)) == ("adjudicate", {2: "conflict"})


def test_conflicts_can_be_included_to_be_judged_by_their_full_text(project: Project) -> None:
    decide(project, 2, "include", "ana")
    decide(project, 2, "exclude", "ben")
    set_rule(project, Rule(1, "include"), "ana")
    assert (conflicts(project), outcomes(project)) == ([], {2: "include"})


def test_there_is_nothing_to_adjudicate_where_screeners_agree(project: Project) -> None:
    decide(project, 2, "include", "ana")
    with pytest.raises(ReviewError, match="do not differ on record 2"):
        resolve(project, 2, "exclude", "cleo")


@pytest.mark.parametrize("screeners", [0, 21])
def test_rule_that_nobody_can_meet_is_refused(project: Project, screeners: int) -> None:
    with pytest.raises(ReviewError, match="1 to 20 screeners"):
        set_rule(project, Rule(screeners), "ana")


class TestQueueOfAScreener:
    def test_holds_what_another_screener_must_decide_on_too(self, project: Project) -> None:
        set_rule(project, Rule(screeners=2), "ana")
        decide(project, 1, "exclude", "ana")
        assert waiting(project, "ana") == [2, 4]
        assert waiting(project, "ben") == [1, 2, 4]
        decide(project, 1, "exclude", "ben")
        assert waiting(project, "cleo") == [2, 4]

    def test_ends_with_what_they_were_in_doubt_about(self, project: Project) -> None:
        decide(project, 1, "maybe", "ana")
        assert waiting(project, "ana") == [2, 4, 1]
        assert waiting(project, "ben") == [1, 2, 4]

    def test_leaves_conflicts_to_the_adjudicator(self, project: Project) -> None:
        decide(project, 1, "include", "ana")
        decide(project, 1, "exclude", "ben")
        assert waiting(project, "cleo") == [2, 4]
        assert sorted(waiting(project)) == [1, 2, 4]


def test_status_counts_by_decision_and_by_screener(project: Project) -> None:
    decide(project, 1, "include", "ana")
    decide(project, 2, "exclude", "ana")
    decide(project, 2, "exclude", "ben")
    status = status_of(project)
    assert status.by_screener == {"ana": 2, "ben": 1}
    assert (status.counts.included, status.counts.excluded, status.counts.undecided) == (1, 1, 1)
    assert (status.stopping.screened, status.stopping.found, status.stopping.unscreened) == (2, 1, 1)
    assert status.to_dict()["stopping"]["reached"] is False


def test_screening_does_not_stop_before_enough_screeners_have_decided(project: Project) -> None:
    set_rule(project, Rule(screeners=2), "ana")
    for number in (1, 2, 4):
        decide(project, number, "include" if number == 1 else "exclude", "ana")
    decide(project, 4, "exclude", "ben")
    assert list(status_lines(status_of(project)))[-2:] == [
        "Recall below 95%: p = 0.000, so begin no more.",
        "Waiting for more screeners: 2 publications.",
    ]
    assert queue_of(project, by="ben").incomplete == 2
    for number in (1, 2):
        decide(project, number, "include" if number == 1 else "exclude", "ben")
    assert list(status_lines(status_of(project)))[-1].endswith("so may stop.")


def test_status_of_full_texts_counts_those_that_are_still_included(project: Project) -> None:
    for number in (1, 2):
        decide(project, number, "include", "ana")
        decide(project, number, "exclude", "ana", stage="full_text")
    decide(project, 2, "exclude", "ana")
    status = status_of(project, "full_text")
    assert (status.counts.to_screen, status.by_screener) == (1, {"ana": 1})


def test_project_of_the_first_version_has_a_rule_and_screeners(project: Project, tmp_path: Path) -> None:
    decide(project, 1, "include", "ana")
    project.close()
    with connected(tmp_path / "falls" / DATABASE) as database:
        database.execute("DROP TABLE rule")
        database.execute("ALTER TABLE decisions DROP COLUMN role")
        database.execute("PRAGMA user_version = 1")
    with Project(tmp_path / "falls") as opened:
        assert (rule_of(opened), outcomes(opened)) == (Rule(), {1: "include"})
