from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import Outcome, run
from tests.review.exports import write_exports


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    return write_exports(tmp_path)


@pytest.fixture
def project(tmp_path: Path, exports: list[Path]) -> Path:
    folder = tmp_path / "falls"
    assert review("init", folder).code == 0
    assert review("add", folder, *exports, "--by", "ana").code == 0
    return folder


def review(*arguments: str | Path) -> Outcome:
    return run("review", *arguments)


def test_adding_tells_records_duplicates_and_what_was_skipped(tmp_path: Path, exports: list[Path]) -> None:
    review("init", tmp_path / "p")
    outcome = review("add", tmp_path / "p", *exports)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "first.ris: 2 records (ris, utf-8)",
        "second.ris: 2 records (ris, utf-8), 1 piece of text skipped",
        outcome.out.splitlines()[2],
        "third.bib: 1 record (bibtex, utf-8)",
        "In all 5 records of 3 publications: 2 duplicates. Kept apart, though alike: 0 pairs.",
    ]
    assert outcome.out.splitlines()[2].startswith("  line 9: ")
    assert '"this line is of no record"' in outcome.out


def test_adding_again_adds_nothing(project: Path, exports: list[Path]) -> None:
    outcome = review("add", project, *exports)
    assert outcome.code == 0
    assert outcome.out.count("was added before; nothing is added.") == 3
    assert "In all 5 records of 3 publications" in outcome.out


def test_file_that_cannot_be_read_is_named_and_the_others_are_added(tmp_path: Path, exports: list[Path]) -> None:
    review("init", tmp_path / "p")
    outcome = review("add", tmp_path / "p", tmp_path / "none.ris", exports[0])
    assert outcome.code == 1
    assert "none.ris: cannot be opened" in outcome.err
    assert "In all 2 records" in outcome.out


def test_file_that_may_not_be_read_does_not_stop_the_others(
    tmp_path: Path, exports: list[Path], closed_file: Path
) -> None:
    review("init", tmp_path / "p")
    added = review("add", tmp_path / "p", closed_file, exports[0])
    assert added.code == 1
    assert str(closed_file) in added.err
    assert "In all 2 records" in added.out
    (tmp_path / "menu.txt").write_text("Soup of the day", encoding="utf-8")
    attached = review("attach", tmp_path / "p", closed_file, tmp_path / "menu.txt")
    assert attached.code == 1
    assert str(closed_file) in attached.err
    assert "1 unmatched, 1 failed." in attached.out


def test_table_shows_which_column_was_taken_for_what(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Title,Year,colour\nFalls on wards,2020,blue\n", encoding="utf-8")
    review("init", tmp_path / "p")
    outcome = review("add", tmp_path / "p", tmp_path / "t.csv")
    assert "columns: Title as title, Year as year" in outcome.out


def test_duplicates_are_shown_with_their_reasons(project: Path) -> None:
    outcome = review("duplicates", project)
    assert "Taken for one publication: 2 pairs" in outcome.out
    assert "same DOI" in outcome.out
    assert "[5] Checklists against falls in hospital wards: a stepped-wedge trial" in outcome.out
    rows = list(csv.DictReader(io.StringIO(review("duplicates", project, "--format", "csv").out)))
    assert [(row["first"], row["second"], row["joined"]) for row in rows] == [("1", "3", "true"), ("1", "5", "true")]


def test_pairs_beyond_those_shown_are_counted(project: Path) -> None:
    assert "1 more: raise --show" in review("duplicates", project, "--show", "1").out


def test_judgement_parts_records_and_can_be_taken_back(project: Path) -> None:
    assert "of 4 publications" in review("judge", project, "1", "3", "--apart", "--reason", "another trial").out
    assert "of 3 publications" in review("judge", project, "1", "3").out


@pytest.mark.parametrize(("duplicates", "written"), [("merge", 3), ("keep", 5)])
@pytest.mark.parametrize("suffix", ["ris", "bib", "nbib", "csv", "json", "xlsx"])
def test_export_writes_every_format(project: Path, tmp_path: Path, suffix: str, duplicates: str, written: int) -> None:
    from lhs_nlp.references import read_references

    outcome = review("export", project, "--to", tmp_path / f"out.{suffix}", "--duplicates", duplicates)
    assert (outcome.code, outcome.err) == (0, "")
    assert f"{written} references" in outcome.out
    assert len(read_references(tmp_path / f"out.{suffix}").records) == written


def test_export_writes_only_what_was_decided_so(project: Path, tmp_path: Path) -> None:
    from lhs_nlp.references import read_references

    def written(only: str, duplicates: str = "merge") -> list[str | None]:
        out = tmp_path / f"{only}.ris"
        assert review("export", project, "--to", out, "--only", only, "--duplicates", duplicates).code == 0
        return [record.title and record.title.split()[0] for record in read_references(out).records]

    review("decide", project, "1", "include", "--by", "ana")
    review("decide", project, "2", "include", "--by", "ana")
    review("decide", project, "2", "exclude", "--stage", "full_text", "--by", "ana")
    assert [written(only) for only in ("included", "excluded")] == [["Checklists"], ["Handrails"]]
    assert written("included", "keep") == ["Checklists", "CHECKLISTS", "Checklists"]
    assert written("undecided") == ["Waiting"]
    review("decide", project, "4", "maybe", "--by", "ana")
    assert written("undecided") == ["Waiting"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "none", "first.ris"], "there is no project; `lhs-nlp review init none` makes one."),
        (["init", "falls"], "there is a project already"),
        (["export", "falls", "--to", "out.txt"], "'.txt' is the suffix of no format of references"),
        (["export", "falls", "--to", "no/such/out.ris"], "cannot be written"),
        (["judge", "falls", "1", "77", "--same"], "not the numbers of two records"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_sentence(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = review(*arguments)
    assert outcome.code == 2
    assert sentence in " ".join(outcome.err.split())


class TestScreening:
    def test_decisions_rank_what_waits_and_can_be_undone(self, project: Path) -> None:
        assert "not ranked yet: include a record first" in review("next", project).out
        assert "1  exclude: not in a hospital" in review("criterion", project, "--exclude", "not in a hospital").out
        assert review("decide", project, "1", "include", "--by", "ana").out.startswith("include: [1] Checklists")
        assert review("decide", project, "4", "exclude", "--criterion", "1", "--by", "ana").code == 0
        lines = review("next", project).out.splitlines()
        assert lines[0] == "1 included, 1 excluded, 1 to screen."
        assert "to screen, not ranked" not in lines[0]
        assert lines[1].startswith("[2] Handrails")
        assert review("undo", project, "--by", "ana").out == "Undone: exclude of 4 (title and abstract).\n"
        assert review("undo", project, "--by", "ben").out == "There is nothing to undo.\n"

    def test_flow_is_shown_and_written(self, project: Path, tmp_path: Path) -> None:
        review("decide", project, "2", "exclude", "--reason", "not in a hospital")
        shown = review("flow", project).out
        assert "Records identified: 5" in shown
        assert "Duplicate records: 2" in shown
        assert "    not in a hospital: 1" in shown
        review("flow", project, "--format", "json", "--output", tmp_path / "flow.json")
        written = json.loads((tmp_path / "flow.json").read_text(encoding="utf-8"))
        assert (written["schema"], written["publications"]) == ("lhs-nlp/review-flow/1", 3)

    def test_simulation_shows_its_measures(self, tmp_path: Path) -> None:
        rows = [f"falls and fractures {at},include" for at in range(4)] + [f"booking {at},exclude" for at in range(16)]
        (tmp_path / "s.csv").write_text("\n".join(["title,decision", *rows]), encoding="utf-8")
        outcome = review("simulate", tmp_path / "s.csv", "--labels", "decision", "--runs", "2")
        assert (outcome.code, outcome.err) == (0, "")
        assert "20 records, 4 included (include)" in outcome.out
        assert "WSS@95" in outcome.out
        assert "100%  1.000" in outcome.out
        assert "stopping criterion: met after " in outcome.out
        wanted = ("simulate", tmp_path / "s.csv", "--labels", "decision", "--format", "json")
        written = json.loads(review(*wanted, "--learner", "naive_bayes").out)
        assert (written["learner"], len(written["runs"])) == ("naive_bayes", 5)

    def test_column_that_is_not_there_is_a_sentence(self, exports: list[Path]) -> None:
        outcome = review("simulate", exports[0], "--labels", "decision")
        assert outcome.code == 2
        assert "No record has a value in a field 'decision'; there are" in outcome.err


class TestTagging:
    def test_tags_once_and_gives_the_evidence(self, project: Path) -> None:
        assert review("evidence", project).code == 2
        assert "3 publications tagged, 0 done before" in review("tag", project).out
        assert "0 publications tagged, 3 done before" in review("tag", project).out
        rows = list(csv.DictReader(io.StringIO(review("evidence", project).out, newline="")))
        assert ("1", "safety", "claimed") in [(row["record"], row["benefit"], row["verdict"]) for row in rows]
        assert review("evidence", project, "--included").out.count("\n") == 1

    def test_evidence_counts_what_has_no_rows(self, project: Path, tmp_path: Path) -> None:
        review("tag", project)
        more = tmp_path / "more.ris"
        more.write_text(
            "TY  - JOUR\nTI  - Sepsis bundles in two emergency departments\nPY  - 2020\nER  - \n", encoding="utf-8"
        )
        review("add", project, more)
        assert review("evidence", project).err == "lhs-nlp: Without text, or not tagged yet: 1 publication.\n"

    def test_results_are_exported_like_those_of_any_store(self, project: Path, tmp_path: Path) -> None:
        review("tag", project)
        assert run("export", project / "results.sqlite", "--to", tmp_path / "t.csv").code == 0
        assert "10.1000/falls.1" in (tmp_path / "t.csv").read_text(encoding="utf-8")

    def test_export_carries_tags_when_that_is_asked_for(self, project: Path, tmp_path: Path) -> None:
        assert review("export", project, "--to", tmp_path / "t.ris", "--tags").code == 2
        review("tag", project)
        assert review("export", project, "--to", tmp_path / "t.ris", "--tags").code == 0
        assert "KW  - benefit: " in (tmp_path / "t.ris").read_text(encoding="utf-8")

    def test_search_finds_by_words_and_by_meaning(self, project: Path) -> None:
        assert "by words" in review("search", project, "handrail", "--words").out
        assert "by meaning" in review("search", project, "handrail").out
        assert review("search", project, "zebra", "--words").out == "Nothing was found.\n"
        assert review("search", project, " ").out == "Nothing was found.\n"


@pytest.mark.parametrize("name", ["review.sqlite", "results.sqlite"])
@pytest.mark.parametrize("command", [["export", "-f", "csv", "--to"], ["evidence", "--output"], ["flow", "--output"]])
def test_output_never_takes_the_place_of_the_project(project: Path, name: str, command: list[str]) -> None:
    (project / name).touch()
    before = (project / name).read_bytes()
    outcome = review(command[0], project, *command[1:], project / name)
    assert (outcome.code, outcome.out) == (2, "")
    assert "write to another file" in outcome.err
    assert (project / name).read_bytes() == before


@pytest.mark.parametrize(
    "wrong",
    [
        ["decide", str(2**63), "include"],
        ["judge", "1", str(2**63), "--same"],
        ["decide", "1", "exclude", "--criterion", str(10**30)],
        ["duplicates", "--show", str(2**63)],
        ["criterion", "--include", " "],
    ],
)
def test_what_cannot_be_meant_is_a_sentence(project: Path, wrong: list[str]) -> None:
    outcome = review(wrong[0], project, *wrong[1:])
    assert outcome.code == 2
    assert outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("name", ["", " "])
def test_project_without_a_name_is_a_sentence(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = review("init", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert "name it, or write . for the one you are in" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_simulation_has_no_more_runs_than_anybody_waits_for(exports: list[Path]) -> None:
    outcome = review("simulate", exports[0], "--labels", "included", "--runs", "1001")
    assert outcome.code == 2
    assert "less than or equal to 1000" in outcome.err


def test_name_of_a_file_steers_no_terminal_when_it_is_detached(project: Path, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31mb.txt").write_text("Falls", encoding="utf-8")
    assert review("attach", project, tmp_path / "a\x1b[31mb.txt", "--record", "1").code == 0
    outcome = review("detach", project, "1")
    assert "a\ufffd[31mb.txt: no longer the full text of [1]" in outcome.out
    assert "\x1b" not in outcome.out
