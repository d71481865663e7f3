from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from lhs_nlp import load_bundle
from lhs_nlp.bundle import write_manifest
from lhs_nlp.cli.progress import shown_steps
from lhs_nlp.corrections import Desk
from lhs_nlp.framework import default_framework, default_framework_toml
from tests.cli.running import run
from tests.corrections.reviewing import room as open_room
from tests.learn.taught import rows, write
from tests.toy_bundle import CLAIM, write_toy_bundle


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    return write(tmp_path / "corrections.jsonl", rows())


def test_taught_model_tags_as_it_was_corrected(corrections: Path, tmp_path: Path) -> None:
    outcome = run("learn", corrections, "--output", tmp_path / "taught")
    assert (outcome.code, outcome.err) == (0, "")
    document = tmp_path / "document.txt"
    document.write_text("We will win the trust of the town.", encoding="utf-8")
    tagged = run("tag", document, "--model", tmp_path / "taught", "--format", "json")
    assert tagged.code == 0
    assert load_bundle(tmp_path / "taught").id in tagged.out


def test_before_and_after_are_shown_at_80_columns(corrections: Path, tmp_path: Path) -> None:
    outcome = run("learn", corrections, "--output", tmp_path / "taught")
    lines = outcome.out.splitlines()
    assert lines[:2] == ["Model: toy-1.0.0", "Corrections: 32 passages of 8 documents."]
    assert any(line.split() == ["Before", "After"] for line in lines)
    assert lines[-1] == f"Written to {tmp_path / 'taught'}: {load_bundle(tmp_path / 'taught').id}"
    assert max(map(len, lines[:-1])) <= 80


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    taught = rows()
    lines = [*taught, taught[0] | {"id": "again"}, taught[1] | {"id": "against", "labels": {}}]
    outcome = run("learn", write(tmp_path / "c.jsonl", lines), "--output", tmp_path / "taught")
    said = " ".join(outcome.out.split())
    assert "31 passages of 8 documents." in said
    assert "says the same of the same text: 1." in said
    assert "says something else of the same text: 2 (against, d0#1)." in said


def test_model_that_is_worse_is_written_only_by_force(corrections: Path, tmp_path: Path) -> None:
    reputed = {"id": "x", "doc": "x", "text": "Trust will grow.", "labels": {"reputation": "anticipated"}}
    check = write(tmp_path / "check.jsonl", [reputed])
    arguments = ("learn", corrections, "--output", tmp_path / "taught", "--check", check)
    refused = run(*arguments)
    assert refused.code == 2
    assert "worse on the passages that it was checked on" in refused.err
    assert "Nothing was written" in refused.err
    assert not (tmp_path / "taught").exists()
    assert run(*arguments, "--force").code == 0
    assert load_bundle(tmp_path / "taught").metrics["checked"]["worse"] is True  # type: ignore[index]


@pytest.mark.parametrize("command", ["learn", "serve"])
def test_help_says_what_passages_to_check_on_are_like_which_need_a_document(
    command: str, corrections: Path, tmp_path: Path
) -> None:
    assert "JSON lines as of `evaluate`" in " ".join(run(command, "--help").out.split())
    check = write(tmp_path / "check.jsonl", [{"id": "x", "text": "Trust will grow.", "labels": {}}])
    refused = run("learn", corrections, "--output", tmp_path / "taught", "--check", check)
    assert (refused.code, "`doc` must be" in refused.err) == (2, True)


def test_errors_are_sentences_with_exit_code_2(corrections: Path, tmp_path: Path) -> None:
    wrong = write(tmp_path / "wrong.jsonl", [{"id": "1", "text": "Falls fell.", "labels": {"speed": "achieved"}}])
    for arguments, sentence in (
        ((tmp_path / "none.jsonl", "-o", tmp_path / "out"), "none.jsonl: cannot be read"),
        ((wrong, "-o", tmp_path / "out"), "wrong.jsonl:1: benefit 'speed' is none of quality"),
        ((corrections, "-o", tmp_path), "is there already; name a folder that does not exist"),
        (
            (write(tmp_path / "one.jsonl", rows(1)), "-o", tmp_path / "out"),
            "The corrections are of fewer than three documents",
        ),
        ((corrections, "-o", tmp_path / "out", "--model", tmp_path), "no model bundle is there"),
    ):
        outcome = run("learn", *arguments)
        assert outcome.code == 2
        assert sentence in outcome.err
    assert not (tmp_path / "out").exists()


def test_store_teaches_what_reviewers_decided_in_it(tmp_path: Path) -> None:
    with open_room(tmp_path / "s.sqlite") as room:
        for name in ("a.md", "b.txt", "c.txt"):
            room.decide(Desk("ana"), "done", name=name)
        room.decide(Desk("ana"), "reject", 0, "safety")
    outcome = run("learn", tmp_path / "s.sqlite", "--output", tmp_path / "taught", "--force")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Corrections: 3 passages of 2 documents." in outcome.out  # texts that come twice count once
    assert load_bundle(tmp_path / "taught").id in outcome.out


def test_store_without_decisions_is_said_to_have_none(tmp_path: Path) -> None:
    with open_room(tmp_path / "s.sqlite"):
        pass
    outcome = run("learn", tmp_path / "s.sqlite", "--output", tmp_path / "taught")
    assert outcome.code == 2
    assert "nothing was decided in it yet" in outcome.err


def test_store_that_was_decided_on_in_another_framework_is_not_said_to_be_undecided(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(default_framework_toml().replace('id = "safety"', 'id = "harmlessness"'), encoding="utf-8")
    with open_room(tmp_path / "s.sqlite") as room:
        room.decide(Desk("ana"), "done", name="a.md")
    outcome = run("learn", tmp_path / "s.sqlite", "--output", tmp_path / "taught", "--framework", own)
    assert outcome.code == 2
    assert "results for another framework (lhs-benefits, version 1.0.0, SHA-256 " in outcome.err
    assert "with other benefits or statuses than lhs-benefits" in outcome.err
    assert "nothing was decided" not in outcome.err


def test_store_teaches_what_was_decided_on_in_a_framework_with_other_key_concepts(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(default_framework_toml().replace('"disparities"', '"differences"'), encoding="utf-8")
    with open_room(tmp_path / "s.sqlite") as room:
        for name in ("a.md", "b.txt", "c.txt"):
            room.decide(Desk("ana"), "done", name=name)
    outcome = run("learn", tmp_path / "s.sqlite", "--output", tmp_path / "taught", "--framework", own, "--force")
    said = " ".join(outcome.out.split())
    assert (outcome.code, outcome.err) == (0, "")
    assert (
        "3 passages of 2 documents. On results for another framework with the same benefits and statuses: 3 of" in said
    )
    assert "Key concepts are not learned: 1 key concept of the framework that the model does not know" in said
    tagged = run("tag", write(tmp_path / "d.txt", [CLAIM]), "--framework", own, "--model", tmp_path / "taught")
    assert (tagged.code, tagged.err) == (0, "")


def test_key_concepts_of_corrections_are_said_to_be_left_out(tmp_path: Path) -> None:
    lines = [row | {"concepts": {"safety": ["harm_prevention"]}} if row["labels"] else row for row in rows()]
    outcome = run("learn", write(tmp_path / "c.jsonl", lines), "--output", tmp_path / "taught")
    assert outcome.code == 0
    said = " ".join(outcome.out.split())
    assert "Left out, as key concepts are not learned: those of 16 passages." in said


def test_store_of_which_no_two_have_read_a_document_is_said_to_have_none(tmp_path: Path) -> None:
    with open_room(tmp_path / "s.sqlite") as room:
        room.decide(Desk("ana", blind=True), "done", name="a.md")
    outcome = run("learn", tmp_path / "s.sqlite", "--output", tmp_path / "taught", "--blind")
    assert outcome.code == 2
    assert "no document was read to its end by two reviewers" in " ".join(outcome.err.split())


def test_lines_that_do_not_tell_who_has_read_them_are_refused_unread_when_two_must_have(
    corrections: Path, tmp_path: Path
) -> None:
    corrections.write_text("no lines of JSON", encoding="utf-8")
    outcome = run("learn", corrections, "--output", tmp_path / "taught", "--blind")
    assert outcome.code == 2
    assert "is for a store" in outcome.err
    assert not (tmp_path / "taught").exists()


def test_file_that_is_not_there_is_missed_before_blind_is_refused(tmp_path: Path) -> None:
    outcome = run("learn", tmp_path / "none.jsonl", "--output", tmp_path / "taught", "--blind")
    assert (outcome.code, "none.jsonl: cannot be read" in outcome.err) == (2, True)


def test_store_of_reviewers_who_only_contradict_each_other_teaches_nothing(tmp_path: Path) -> None:
    with open_room(tmp_path / "s.sqlite") as room:
        room.decide(Desk("ana"), "accept", 2, "value", name="a.md")
        room.decide(Desk("ben"), "reject", 0, "value", name="b.txt")  # the same words
    outcome = run("learn", tmp_path / "s.sqlite", "--output", tmp_path / "taught")
    assert outcome.code == 2
    assert "every text is labelled in two ways; decide which is right" in " ".join(outcome.err.split())


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("patience", "shown"), [(0.0, True), (600.0, False)])
def test_how_far_it_is_is_shown_at_a_terminal_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, patience: float, shown: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with shown_steps(patience) as told:
        assert told is not None
        for done in (0, 256):
            told("Reading the corrections", done, 512)
    assert ("Reading the corrections" in terminal.getvalue()) is shown
    assert ("256/512" in terminal.getvalue()) is shown


def test_nothing_is_shown_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with shown_steps() as told:
        assert told is None


def test_store_that_is_missing_is_not_made(tmp_path: Path) -> None:
    outcome = run("learn", tmp_path / "none.sqlite", "--output", tmp_path / "taught")
    assert outcome.code == 2
    assert not list(tmp_path.iterdir())


def test_decisions_on_results_of_an_earlier_model_still_teach(tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    with open_room(store) as room:
        for name in ("a.md", "b.txt", "c.txt"):
            room.decide(Desk("ana"), "done", name=name)
    other = write_toy_bundle(tmp_path / "other")
    write_manifest(other, name="toy-2.0.0", framework=default_framework(), most_tokens=64, training={})
    (tmp_path / "new.txt").write_text(CLAIM, encoding="utf-8")
    assert run("batch", tmp_path / "new.txt", "--store", store, "--model", other).code == 0
    outcome = run("learn", store, "--output", tmp_path / "taught", "--force")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Corrections: 3 passages of 2 documents." in outcome.out
