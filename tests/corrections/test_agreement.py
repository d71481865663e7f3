from __future__ import annotations

import pytest

from lhs_nlp.corrections import (
    Desk,
    KnownReviews,
    NotBlindError,
    compare_reviewers,
    decisions,
    labelled,
    reviewers_of,
)
from tests.archive.filling import NOTHING, SAFETY, VALUE
from tests.corrections.reviewing import Room

ANN, BEN, CHAIR = Desk("Ann", blind=True), Desk("Ben", blind=True), Desk("Cleo", "adjudication")


@pytest.fixture
def differing(room: Room) -> Room:
    """Ann sees no safety in the first passage of a.md, Ben an achieved one; both have read it to the end."""
    room.decide(ANN, "reject", 0, "safety")
    room.decide(BEN, "status", 0, "safety", "achieved")
    for desk in (ANN, BEN):
        room.decide(desk, "done")
    return room


def test_nothing_is_compared_before_both_have_read_a_document_to_its_end(room: Room) -> None:
    room.decide(ANN, "done")
    room.decide(BEN, "reject", 0, "safety")
    assert compare_reviewers(room.store, room.tagging, "Ann", "Ben") is None
    assert reviewers_of(room.store, room.tagging) == {room.sha256(): ("Ann",)}


def test_differences_and_kappa_of_a_document_that_both_have_read(differing: Room) -> None:
    comparison = compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", replicates=0)
    assert comparison is not None
    assert (comparison.agreement.documents, comparison.agreement.passages) == (1, 3)
    (difference,) = comparison.differences
    assert (difference.position, difference.case.benefit) == (0, "safety")
    assert (difference.case.first, difference.case.second) == (None, "achieved")
    assert not difference.settled
    # Of 18 cases both call 1 present and 16 absent: observed 17/18, by chance (1*2 + 17*16)/18^2.
    by_chance = (1 * 2 + 17 * 16) / 18**2
    expected = (17 / 18 - by_chance) / (1 - by_chance)
    assert comparison.agreement.presence.pooled.kappa.value == pytest.approx(expected, abs=1e-4)


def test_what_is_decided_between_them_is_kept_beside_their_own_decisions(differing: Room) -> None:
    differing.decide(CHAIR, "status", 0, "safety", "achieved")
    comparison = compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", replicates=0)
    assert comparison is not None
    (difference,) = comparison.differences
    assert (difference.settled, difference.status) == (True, "achieved")
    assert differing.review(ANN).label(0, "safety").status is None


def test_what_is_decided_after_both_have_read_it_does_not_count(differing: Room) -> None:
    before = compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", replicates=0)
    differing.decide(BEN, "reject", 0, "safety")
    assert compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", replicates=0) == before
    differing.decide(BEN, "done")
    assert compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", replicates=0) == before


def test_who_reads_it_anew_after_both_have_read_it_is_compared_as_before(differing: Room) -> None:
    before = compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", replicates=0)
    differing.decide(BEN, "undo")
    differing.decide(BEN, "reject", 0, "safety")
    differing.decide(BEN, "done")
    assert compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", replicates=0) == before


def test_who_takes_back_having_read_it_before_the_other_has_goes_on_to_count(room: Room) -> None:
    for action in ("done", "undo"):
        room.decide(BEN, action)
    room.decide(ANN, "done")
    room.decide(BEN, "reject", 0, "safety")
    room.decide(BEN, "done")
    comparison = compare_reviewers(room.store, room.tagging, "Ann", "Ben", replicates=0)
    assert comparison is not None
    assert [(each.case.first, each.case.second) for each in comparison.differences] == [("anticipated", None)]


def test_who_decided_between_reviewers_cannot_review_the_document_blind(differing: Room) -> None:
    cleo = Desk("Cleo", blind=True)
    differing.decide(cleo, "accept", 0, "safety")
    differing.decide(CHAIR, "status", 0, "safety", "achieved")
    for action in ("done", "undo"):
        with pytest.raises(NotBlindError, match="no longer review it blind"):
            differing.decide(cleo, action)
    assert len(decisions(differing.store, differing.sha256(), differing.tagging, cleo)) == 1
    differing.decide(cleo, "done", name="b.txt")
    differing.decide(Desk("Dan", blind=True), "done")
    differing.decide(Desk("Cleo"), "accept", 0, "safety")
    differing.decide(CHAIR, "undo")


@pytest.mark.parametrize("blind", [True, False])
def test_comparison_says_whether_all_that_counts_was_decided_blind(room: Room, blind: bool) -> None:
    room.decide(ANN, "accept", 0, "safety")
    room.decide(ANN, "done")
    assert room.decide(Desk("Ben", blind=blind), "done").blind == blind
    assert not room.decide(Desk("Cleo", "adjudication", blind=True), "reject", 2, "value").blind
    comparison = compare_reviewers(room.store, room.tagging, "Ann", "Ben", replicates=0)
    assert comparison is not None
    assert comparison.blind == blind


def test_reviewer_who_takes_back_having_read_it_is_not_compared(differing: Room) -> None:
    differing.decide(BEN, "undo")
    assert compare_reviewers(differing.store, differing.tagging, "Ann", "Ben") is None


def test_labelled_passages_leave_out_what_is_not_settled(differing: Room) -> None:
    passages = {each["text"]: each["labels"] for each in labelled(differing.store, differing.tagging, blind=True)}
    assert passages == {NOTHING: {}, VALUE: {"value": "achieved"}}
    differing.decide(CHAIR, "reject", 0, "safety")
    passages = {each["text"]: each["labels"] for each in labelled(differing.store, differing.tagging, blind=True)}
    assert passages[SAFETY] == {}


def test_labelled_passages_of_blind_reviews_are_given_when_two_are_done(differing: Room) -> None:
    assert list(labelled(differing.store, differing.tagging, blind=True))
    differing.decide(BEN, "undo")
    assert list(labelled(differing.store, differing.tagging, blind=True)) == []


def test_labelled_passages_of_a_document_that_is_not_finished_are_those_decided_on(room: Room) -> None:
    room.decide(Desk("Ann"), "add", 1, "equity", "context")
    (passage,) = labelled(room.store, room.tagging)
    assert passage == {
        "id": f"{room.sha256()[:16]}#1",
        "doc": room.sha256()[:16],
        "text": NOTHING,
        "labels": {"equity": "context"},
    }


def test_of_reviewers_who_see_each_other_the_latest_is_right(room: Room) -> None:
    room.decide(Desk("Ann"), "reject", 0, "safety")
    room.decide(Desk("Ben"), "add", 0, "safety", "context")
    (passage,) = labelled(room.store, room.tagging)
    assert passage["labels"] == {"safety": "context"}


def test_document_that_was_compared_before_is_not_read_again(differing: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownReviews()
    before = compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", known=known)
    monkeypatch.setattr(differing.store.__class__, "summary", None)
    assert compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", known=known) == before


def test_what_happens_after_a_comparison_is_in_the_next_one(differing: Room) -> None:
    known = KnownReviews()
    compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", known=known)
    differing.decide(CHAIR, "status", 0, "safety", "achieved")
    for desk in (ANN, BEN):
        differing.decide(desk, "done", name="b.txt")
    after = compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", known=known)
    assert after == compare_reviewers(differing.store, differing.tagging, "Ann", "Ben")
    assert after is not None
    assert (after.agreement.documents, after.differences[0].settled) == (2, True)
    differing.decide(CHAIR, "undo", 0, "safety")
    differing.decide(BEN, "undo", name="b.txt")
    again = compare_reviewers(differing.store, differing.tagging, "Ann", "Ben", known=known)
    assert again == compare_reviewers(differing.store, differing.tagging, "Ann", "Ben")
    assert again is not None
    assert (again.agreement.documents, again.differences[0].settled) == (1, False)


def test_who_was_shown_what_another_decided_and_let_it_stand_agrees(room: Room) -> None:
    ann, ben = Desk("Ann"), Desk("Ben")
    room.decide(ann, "reject", 0, "safety")
    for desk in (ann, ben):
        room.decide(desk, "done")
    comparison = compare_reviewers(room.store, room.tagging, "Ann", "Ben", replicates=0)
    assert comparison is not None
    assert comparison.differences == ()
    assert not comparison.blind
    assert SAFETY in {each["text"] for each in labelled(room.store, room.tagging, blind=True)}


def test_what_another_decides_after_a_reviewer_has_read_the_document_is_not_the_reviewers(room: Room) -> None:
    ann, ben = Desk("Ann"), Desk("Ben")
    room.decide(ben, "done")
    room.decide(ann, "reject", 0, "safety")
    room.decide(ann, "done")
    comparison = compare_reviewers(room.store, room.tagging, "Ann", "Ben", replicates=0)
    assert comparison is not None
    assert [(each.case.first, each.case.second) for each in comparison.differences] == [(None, "anticipated")]
