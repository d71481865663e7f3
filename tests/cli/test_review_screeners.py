from __future__ import annotations

import json
import re
import signal
import urllib.request
from pathlib import Path

import pytest

from tests.cli.running import Outcome, run, start
from tests.review.exports import write_exports


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "falls"
    assert review("init", folder).code == 0
    assert review("add", folder, *write_exports(tmp_path), "--by", "ana").code == 0
    return folder


def review(*arguments: str | Path) -> Outcome:
    return run("review", *arguments)


def decide(project: Path, record: str, choice: str, by: str, *more: str) -> None:
    assert review("decide", project, record, choice, "--by", by, *more).code == 0


def test_rule_is_shown_and_changed(project: Path) -> None:
    assert review("rule", project).out == "1 screener a publication; conflicts: adjudicate.\n"
    assert review("rule", project, "--screeners", "2").out == "2 screeners a publication; conflicts: adjudicate.\n"
    assert review("rule", project, "--conflicts", "include").out == "2 screeners a publication; conflicts: include.\n"


def test_conflicts_are_shown_and_resolved_by_name(project: Path) -> None:
    assert review("conflicts", project).out == "There are no conflicts.\n"
    decide(project, "2", "include", "ana")
    decide(project, "2", "exclude", "ben", "--reason", "wrong setting")
    lines = review("conflicts", project).out.splitlines()
    assert lines[0].startswith("[2] Handrails")
    assert lines[1:] == ["  ana: include", "  ben: exclude (wrong setting)"]
    assert review("resolve", project, "2", "exclude", "--by", "cleo").out.startswith("exclude: [2] Handrails")
    assert review("conflicts", project).out == "There are no conflicts.\n"
    assert "excluded: 1" in review("flow", project).out


def test_decision_on_a_full_text_says_that_it_does_not_count_before_the_publication_is_included(project: Path) -> None:
    at_full_text = ("decide", project, "2", "include", "--stage", "full_text", "--by", "ana")
    said = "It does not count until the publication is included by title and abstract.\n"
    assert review(*at_full_text).out.endswith(said)
    decide(project, "2", "include", "ana")
    assert said not in review(*at_full_text).out


def test_blanks_in_a_name_make_no_other_screener(project: Path) -> None:
    assert review("rule", project, "--screeners", "2").code == 0
    decide(project, "2", "include", "Ana Silva")
    decide(project, "2", "include", " Ana  Silva ")
    assert "Ana Silva: 1 decided" in review("status", project).out
    assert "[2]" not in review("next", project, "--by", "Ana  Silva").out


def test_resolving_what_is_no_conflict_is_exit_code_2(project: Path) -> None:
    outcome = review("resolve", project, "2", "exclude", "--by", "cleo")
    assert outcome.code == 2
    assert "do not differ on record 2" in outcome.err


def test_agreement_is_shown_for_each_two_screeners(project: Path) -> None:
    assert "No two screeners" in review("agreement", project).out
    for record, choice in (("1", "include"), ("2", "exclude"), ("4", "exclude")):
        decide(project, record, choice, "ana")
        decide(project, record, choice if record != "4" else "include", "ben")
    shown = review("agreement", project).out
    assert "ana and ben: 3 publications" in shown
    assert "Cohen's kappa  0.400\n" in shown  # of three publications there is no interval
    written = json.loads(review("agreement", project, "--format", "json").out)
    assert written["schema"] == "lhs-nlp/review-agreement/1"
    assert written["pairs"][0]["kappa"]["value"] == 0.4


def test_status_tells_what_may_be_left(project: Path) -> None:
    decide(project, "1", "include", "ana")
    decide(project, "4", "exclude", "ana")
    shown = review("status", project).out
    assert "1 included, 1 excluded of 3" in shown
    assert "  ana: 2 decided" in shown
    assert "Relevant ones that may be left: of 1, probably 0 or fewer, with 95% confidence 1 or fewer." in shown
    assert "so go on." in shown
    written = json.loads(review("status", project, "--format", "json").out)
    assert (written["stopping"]["most_left"], written["stopping"]["reached"]) == (1, False)


@pytest.mark.parametrize("stage", ["title_abstract", "full_text"])
def test_status_says_nothing_of_stopping_when_there_is_nothing_to_screen(tmp_path: Path, stage: str) -> None:
    review("init", tmp_path / "empty")
    shown = review("status", tmp_path / "empty", "--stage", stage).out
    assert shown.splitlines()[-1] == "There is nothing to screen yet."
    assert "stop" not in shown


def test_next_can_be_asked_for_a_screener(project: Path) -> None:
    review("rule", project, "--screeners", "2")
    decide(project, "1", "exclude", "ana")
    assert "[1] Checklists" not in review("next", project, "--by", "ana").out
    assert "[1] Checklists" in review("next", project, "--by", "ben").out


class TestTerminal:
    def test_decisions_are_typed_with_their_reasons_until_nothing_waits(self, project: Path) -> None:
        review("criterion", project, "--exclude", "not in a hospital")
        outcome = run("review", "screen", project, "--by", "ana", stdin=b"i about falls\nx\ne\ne\n")
        assert outcome.code == 0
        assert "1  exclude: not in a hospital" in outcome.out
        assert "Relevant ones that may be left: of " in outcome.out
        assert "Type one of these letters" in outcome.out
        assert outcome.out.endswith("Nothing waits for ana.\n")
        assert "1 included, 2 excluded of 3" in review("status", project).out

    def test_decision_is_undone_and_the_rest_waits(self, project: Path) -> None:
        outcome = run("review", "screen", project, "--by", "ana", stdin=b"u\ne\nu\nq\n")
        assert "There is nothing to undo." in outcome.out
        assert "Undone: exclude of 1 (title and abstract)." in outcome.out
        assert "0 included, 0 excluded of 3" in review("status", project).out

    def test_undoing_leaves_the_other_stage_and_what_was_adjudicated(self, project: Path) -> None:
        decide(project, "1", "include", "ana")
        decide(project, "2", "exclude", "ben")
        decide(project, "2", "include", "cleo")
        assert review("resolve", project, "2", "include", "--by", "ana").code == 0
        at_full_text = ("review", "screen", project, "--stage", "full_text", "--by", "ana")
        outcome = run(*at_full_text, stdin=b"u\ne\nu\nq\n")
        assert outcome.out.count("There is nothing to undo.") == 1
        assert "Undone: exclude of 1 (full text)." in outcome.out
        assert "2 included" in review("status", project).out
        assert review("undo", project, "--by", "ana").out == (
            "Undone: include of 2 (title and abstract, between screeners).\n"
        )

    def test_answers_come_through_a_pipe_all_at_once(self, project: Path) -> None:
        process = start("review", "screen", project, "--by", "ana")
        out, err = process.communicate(b"i\ne not \xe9 English\ni\n")
        assert (process.returncode, err) == (0, b"")
        assert out.endswith(b"Nothing waits for ana.\n")
        assert "2 included, 1 excluded of 3" in review("status", project).out

    def test_end_of_the_input_ends_it(self, project: Path) -> None:
        assert run("review", "screen", project, "--by", "ana").code == 0


def test_project_is_served_until_interrupted(project: Path) -> None:
    process = start("review", "serve", project, "--port", "0", "--by", "ana")
    try:
        assert process.stdout is not None
        found = re.search(r"http://[^ ]+:\d+/", process.stdout.readline().decode())
        assert found
        with urllib.request.urlopen(found[0]) as answer:  # noqa: S310
            page = str(answer.read().decode())
        assert "Reviewer <b>ana</b>" in page
        assert "Checklists against falls" in page
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0
        assert error == b"Preparing the order of screening; of thousands of records this takes a while ...\n"
    finally:
        process.kill()
        process.wait()


def test_serving_others_needs_tokens(project: Path) -> None:
    outcome = review("serve", project, "--host", "0.0.0.0")  # noqa: S104
    assert outcome.code == 2
    assert "give it a --token-file" in outcome.err
