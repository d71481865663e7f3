from __future__ import annotations

from threading import Thread

import pytest

from lhs_nlp.archive.store import Store
from lhs_nlp.corrections import ConflictError, CorrectionError, Desk, Proposal, decide, decisions
from tests.archive.filling import SAFETY
from tests.corrections.reviewing import Room

ANN, BEN = Desk("Ann"), Desk("Ben")


def status(room: Room, desk: Desk, position: int = 0, benefit: str = "safety") -> str | None:
    return room.review(desk).label(position, benefit).status


def test_decision_says_who_when_and_what_about_which_result(room: Room) -> None:
    decision = room.decide(ANN, "status", 0, "safety", "achieved", comment="  see table 2 ")
    assert (decision.reviewer, decision.old_status, decision.new_status) == ("Ann", "anticipated", "achieved")
    assert decision.comment == "see table 2"
    assert decision.decided_at.endswith("Z")
    row = room.store.connection.execute("SELECT model_id FROM summaries WHERE id = ?", (decision.summary_id,))
    assert row.fetchone()[0] == room.tagging.model_id


def test_each_action_does_what_it_says(room: Room) -> None:
    room.decide(ANN, "accept", 0, "safety")
    assert status(room, ANN) == "anticipated"
    room.decide(ANN, "reject", 0, "safety")
    assert status(room, ANN) is None
    room.decide(ANN, "add", 1, "equity", "context")
    assert status(room, ANN, 1, "equity") == "context"
    room.decide(ANN, "none", 2)
    assert status(room, ANN, 2, "value") is None
    room.decide(ANN, "done")
    finished = room.review(ANN).finished
    assert finished is not None
    assert finished.reviewer == "Ann"


def test_undo_takes_back_the_latest_decision_and_then_the_one_before(room: Room) -> None:
    room.decide(ANN, "status", 0, "safety", "achieved")
    room.decide(ANN, "reject", 0, "safety")
    assert room.decide(ANN, "undo", 0, "safety").new_status == "achieved"
    assert status(room, ANN) == "achieved"
    room.decide(ANN, "undo", 0, "safety")
    assert status(room, ANN) == "anticipated"
    with pytest.raises(CorrectionError, match="no decision of yours to undo"):
        room.decide(ANN, "undo", 0, "safety")


def test_undo_of_a_document_takes_back_whatever_was_last(room: Room) -> None:
    room.decide(ANN, "none", 2)
    room.decide(ANN, "done")
    for _ in range(2):
        room.decide(ANN, "undo")
    assert room.review(ANN).finished is None
    assert status(room, ANN, 2, "value") == "achieved"


def test_nobody_undoes_the_decision_of_another(room: Room) -> None:
    room.decide(ANN, "reject", 0, "safety")
    with pytest.raises(CorrectionError, match="no decision of yours"):
        room.decide(BEN, "undo", 0, "safety")


def test_decision_on_what_was_changed_since_is_refused_and_nothing_is_written(room: Room) -> None:
    room.propose(ANN, Proposal("reject", 0, 0, "safety"))
    for late in (
        Proposal("status", 0, 0, "safety", "achieved"),
        Proposal("none", 0, 0),
        Proposal("done", 0),
        Proposal("undo", 0),
    ):
        with pytest.raises(ConflictError, match="nothing was written"):
            room.propose(BEN, late)
    assert len(decisions(room.store, room.sha256(), room.tagging, ANN)) == 1


def test_decision_that_was_undone_counts_as_a_change_too(room: Room) -> None:
    room.decide(ANN, "reject", 0, "safety")
    room.decide(ANN, "undo", 0, "safety")
    with pytest.raises(ConflictError):
        room.propose(BEN, Proposal("accept", 0, 0, "safety"))


def test_decisions_on_other_passages_and_benefits_do_not_conflict(room: Room) -> None:
    room.propose(ANN, Proposal("reject", 0, 0, "safety"))
    room.propose(BEN, Proposal("add", 0, 0, "equity", "context"))
    room.propose(BEN, Proposal("accept", 0, 2, "value"))
    assert len(decisions(room.store, room.sha256(), room.tagging, ANN)) == 3


def test_blind_reviewers_neither_see_nor_stop_each_other(room: Room) -> None:
    ann, ben = Desk("Ann", blind=True), Desk("Ben", blind=True)
    room.propose(ann, Proposal("reject", 0, 0, "safety"))
    room.propose(ben, Proposal("status", 0, 0, "safety", "achieved"))
    assert (status(room, ann), status(room, ben)) == (None, "achieved")


def test_of_many_who_decide_at_once_exactly_one_is_heard(room: Room) -> None:
    outcomes: list[str] = []

    def reviewer(name: str) -> None:
        with Store(room.store.path) as store:
            try:
                decide(store, stored, room.tagging, Desk(name), Proposal("reject", 0, 0, "safety"))
                outcomes.append("written")
            except ConflictError:
                outcomes.append("refused")

    stored = room.stored()
    threads = [Thread(target=reviewer, args=(f"r{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["written"]
    assert len(decisions(room.store, room.sha256(), room.tagging, ANN)) == 1


def test_selected_words_are_found_in_the_text(room: Room) -> None:
    decision = room.decide(ANN, "add", 0, "equity", "context", words="falls among\n  older people")
    start, end = decision.start_offset, decision.end_offset
    assert start is not None
    assert room.stored().summary.document.text[start:end] == "falls among older people"


def test_words_that_reach_out_of_the_passage_stand_for_all_of_it(room: Room) -> None:
    decision = room.decide(ANN, "add", 0, "equity", "context", words=f"{SAFETY[-10:]} The steering")
    assert (decision.start_offset, decision.end_offset) == (None, None)


@pytest.mark.parametrize(
    ("proposal", "sentence"),
    [
        (Proposal("reject", 0, 99, "safety"), "it has 3"),
        (Proposal("reject", 0, None, "safety"), "it has 3"),
        (Proposal("reject", 0, -1, "safety"), "it has 3"),
        (Proposal("reject", 0, 0, "wealth"), "must be one of quality, safety"),
        (Proposal("reject", 0, 0), "must be one of quality, safety"),
        (Proposal("status", 0, 0, "safety", "perhaps"), "must be one of anticipated"),
        (Proposal("add", 0, 0, "equity"), "must be one of anticipated"),
        (Proposal("accept", 0, 1, "equity"), "no finding to accept"),
        (Proposal("undo", 0), "no decision of yours"),
        (Proposal("done", 0, comment="x" * 2001), "at most 2,000 characters"),
    ],
)
def test_what_does_not_fit_is_a_sentence(room: Room, proposal: Proposal, sentence: str) -> None:
    with pytest.raises(CorrectionError, match=sentence):
        room.propose(ANN, proposal)
    assert decisions(room.store, room.sha256(), room.tagging, ANN) == []
