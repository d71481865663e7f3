from __future__ import annotations

import pytest

from lhs_nlp.corrections import Desk, QueueEntry, progress, queue, waiting
from tests.corrections.reviewing import Room

ANN, BEN = Desk("Ann", blind=True), Desk("Ben", blind=True)


def set_confidence(room: Room, name: str, benefit: str, confidence: float) -> None:
    room.store.connection.execute(
        "UPDATE verdicts SET confidence = ? WHERE benefit = ? AND summary_id IN "
        "(SELECT summaries.id FROM summaries JOIN sources USING (document_id) WHERE name = ?)",
        (confidence, benefit, name),
    )


def first(room: Room, desk: Desk, most: int) -> list[tuple[str, str]]:
    return [(entry.source, entry.benefit) for entry in queue(room.store, room.tagging, desk, most)]


def test_the_least_sure_comes_first_and_of_equals_the_rarer_benefit(room: Room) -> None:
    set_confidence(room, "b.txt", "value", 0.5)
    set_confidence(room, "c.txt", "equity", 0.5)
    set_confidence(room, "a.md", "safety", 0.8)
    assert first(room, ANN, 3) == [("c.txt", "equity"), ("b.txt", "value"), ("a.md", "safety")]
    entry = queue(room.store, room.tagging, ANN, 1)[0]
    assert (entry.uncertain, entry.rare) == (True, True)
    assert entry.worth == pytest.approx(2.0)


def test_entry_leads_to_the_best_quotation(room: Room) -> None:
    entries = {(entry.source, entry.benefit): entry for entry in queue(room.store, room.tagging, ANN)}
    assert entries["a.md", "value"].position == 2
    assert entries["c.txt", "value"].position is None


def test_what_was_decided_or_read_to_the_end_leaves_the_queue_of_this_reviewer(room: Room) -> None:
    total = len(queue(room.store, room.tagging, ANN))
    assert total == 3 * len(room.tagging.framework.benefits)
    room.decide(ANN, "reject", 0, "safety")
    room.decide(ANN, "done", name="b.txt")
    left = first(room, ANN, total)
    assert ("a.md", "safety") not in left
    assert "b.txt" not in {source for source, _ in left}
    assert len(left) == total - 1 - len(room.tagging.framework.benefits)
    assert len(queue(room.store, room.tagging, BEN)) == total


def test_passage_without_a_benefit_takes_what_was_found_in_it_out_of_the_queue(room: Room) -> None:
    total = waiting(room.store, room.tagging, ANN)
    room.decide(ANN, "none", 0)
    left = first(room, ANN, total)
    assert ("a.md", "safety") not in left
    assert ("a.md", "value") in left
    assert waiting(room.store, room.tagging, ANN) == len(left) == total - 1
    room.decide(ANN, "none", 1)
    assert waiting(room.store, room.tagging, ANN) == total - 1
    room.decide(ANN, "undo", 0)
    assert waiting(room.store, room.tagging, ANN) == total


def test_what_was_undone_comes_back(room: Room) -> None:
    room.decide(ANN, "reject", 0, "safety")
    room.decide(ANN, "undo", 0, "safety")
    assert ("a.md", "safety") in first(room, ANN, 50)


def test_queue_comes_in_pages(room: Room) -> None:
    everything = queue(room.store, room.tagging, ANN)
    pages: list[QueueEntry] = []
    for skip in range(0, len(everything), 5):
        pages += queue(room.store, room.tagging, ANN, 5, skip)
    assert pages == everything
    assert waiting(room.store, room.tagging, ANN) == len(everything)


def test_progress_counts_what_stands(room: Room) -> None:
    room.decide(ANN, "reject", 0, "safety")
    room.decide(ANN, "accept", 2, "value")
    room.decide(ANN, "undo", 2, "value")
    room.decide(ANN, "done")
    mine, others = progress(room.store, room.tagging, ANN), progress(room.store, room.tagging, BEN)
    assert (mine.documents, mine.finished, mine.decisions) == (3, 1, 1)
    assert (others.documents, others.finished, others.decisions) == (3, 0, 0)


def test_reviewer_whose_name_utf_8_cannot_hold_has_a_queue_of_their_own(room: Room) -> None:
    desk = Desk("M\udcfcller", blind=True)
    before = progress(room.store, room.tagging, desk)
    room.decide(desk, "accept", 0, "safety")
    assert progress(room.store, room.tagging, desk).decisions == before.decisions + 1
