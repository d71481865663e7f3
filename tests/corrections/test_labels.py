from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.corrections import Action, Decision, Desk, review_of
from lhs_nlp.framework import default_framework
from tests.corrections.reviewing import Room

FRAMEWORK = default_framework()


def decision(number: int, action: Action, status: str | None = None, undoes: int | None = None) -> Decision:
    return Decision(
        number, 1, 1, "Ann", "review", False, action, 0, "safety", None, status, None, None, None, undoes, "2026-01-01"
    )


def test_without_decisions_the_model_is_right(room: Room) -> None:
    review = room.review(Desk("Ann"))
    assert {cell: label.status for cell, label in review.labels.items()} == {
        (0, "safety"): "anticipated",
        (2, "value"): "achieved",
    }
    assert (review.version, review.finished, review.decisions) == (0, None, ())
    assert [benefit for benefit in FRAMEWORK.benefit_ids if review.claims(benefit)] == ["safety", "value"]


def test_claims_follow_what_was_decided(room: Room) -> None:
    desk = Desk("Ann")
    room.decide(desk, "status", 0, "safety", "context")
    room.decide(desk, "add", 1, "equity", "anticipated")
    review = room.review(desk)
    assert [benefit for benefit in FRAMEWORK.benefit_ids if review.claims(benefit)] == ["equity", "value"]


@given(st.lists(st.sampled_from(["achieved", "context", None, "undo"]), max_size=12))
def test_undoing_everything_gives_back_what_the_model_said(statuses: list[str | None]) -> None:
    log: list[Decision] = []
    standing: list[int] = []
    for status in [*statuses, *["undo"] * len(statuses)]:
        number = len(log) + 1
        if status == "undo":
            if standing:
                log.append(decision(number, "undo", undoes=standing.pop()))
        else:
            log.append(decision(number, "status", status))
            standing.append(number)
    label = review_of([], log, FRAMEWORK).label(0, "safety")
    assert (label.status, label.decision) == (None, None)
    assert label.version == len(log)
