from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from lhs_nlp.references import read_references
from tests.cli.running import Outcome, run
from tests.review.exports import write_exports


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "falls"
    review("init", folder)
    review("add", folder, *write_exports(tmp_path), "--by", "ana")
    review("tag", folder)
    return folder


def review(*arguments: str | Path) -> Outcome:
    return run("review", *arguments)


def test_map_is_written_as_a_page_or_a_table(project: Path) -> None:
    page = review("map", project, "--title", "Falls")
    assert (page.code, page.err) == (0, "")
    assert "<title>Falls</title>" in page.out
    rows = list(csv.DictReader(io.StringIO(review("map", project, "--format", "csv").out, newline="")))
    assert ("design", "Randomised trial", "safety", "1") in [
        (row["axis"], row["row"], row["benefit"], row["claimed"]) for row in rows
    ]


def test_map_of_what_was_included_is_of_nothing_else(project: Path) -> None:
    review("decide", project, "2", "include")
    rows = csv.DictReader(io.StringIO(review("map", project, "--included", "-f", "csv").out, newline=""))
    assert {row["row"] for row in rows if row["axis"] == "year"} == {"2019"}


@pytest.mark.parametrize("suffix", ["html", "docx", "md"])
def test_digest_is_written_in_every_format(project: Path, tmp_path: Path, suffix: str) -> None:
    outcome = review("digest", project, "--to", tmp_path / f"digest.{suffix}")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith(f"digest.{suffix}: 3 publications, 2 cited.\n")
    assert (tmp_path / f"digest.{suffix}").stat().st_size > 1000


@pytest.mark.parametrize("tagged", [True, False])
def test_project_without_references_says_how_to_add_some(tmp_path: Path, tagged: bool) -> None:
    folder = tmp_path / "empty"
    review("init", folder)
    sentence = f"{folder}: holds no references yet; `lhs-nlp review add {folder} FILE...` adds some.\n"
    if tagged:
        assert review("tag", folder) == Outcome(0, sentence, "")
    assert review("digest", folder, "--to", tmp_path / "d.md") == Outcome(2, "", f"lhs-nlp: {sentence}")
    assert review("evidence", folder) == Outcome(2, "", f"lhs-nlp: {sentence}")


def test_project_in_which_nothing_has_a_text_says_what_is_tagged(tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    (tmp_path / "bare.ris").write_text("TY  - JOUR\nAU  - Okafor, A.\nPY  - 2020\nER  -\n", encoding="utf-8")
    review("init", folder)
    review("add", folder, tmp_path / "bare.ris", "--by", "ana")
    assert "0 publications tagged, 0 done before, 1 without title and abstract." in review("tag", folder).out
    outcome = review("digest", folder, "--to", tmp_path / "d.md")
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing is tagged yet; `lhs-nlp review tag" in outcome.err
    assert "tags what has a title, an abstract or a full text.\n" in outcome.err


def test_digest_in_markdown_has_its_bibliography_beside_it(project: Path, tmp_path: Path) -> None:
    review("digest", project, "--to", tmp_path / "falls.md")
    assert "[@okafor2021]" in (tmp_path / "falls.md").read_text(encoding="utf-8")
    keys = [dict(record.fields)["ID"] for record in read_references(tmp_path / "falls-cited.bib").records]
    assert keys == ["okafor2021", "zhou2019handrails"]


@pytest.mark.parametrize(("format", "start"), [("html", "<!DOCTYPE html>"), ("svg", "<svg ")])
def test_flow_is_drawn(project: Path, format: str, start: str) -> None:
    outcome = review("flow", project, "--format", format)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(start)
    assert "Records identified (n = 5)" in outcome.out


def test_evidence_is_a_workbook_where_the_name_says_so(project: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert review("evidence", project, "--output", tmp_path / "evidence.xlsx").code == 0
    rows = list(load_workbook(tmp_path / "evidence.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("record", "key", "title")
    assert rows[1][1] == "okafor2021"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["digest", "falls", "--to", "digest.pdf"], "a digest is written as .html, .docx or .md"),
        (["flow", "falls", "-o", "flow.png"], "is text, json, html or svg, not .png. Name the file so, or choose by"),
        (["evidence", "falls", "-o", "evidence.docx"], "is csv or xlsx, not .docx. Name the file so."),
        (["digest", "falls", "--to", "falls/results.sqlite"], "write to another file"),
        (["map", "falls", "--output", "falls/review.sqlite"], "write to another file"),
        (["map", "none"], "there is no project"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(project.parent)
    outcome = review(*arguments)
    assert outcome.code == 2
    assert sentence in " ".join(outcome.err.split())


class TestFullTexts:
    @pytest.fixture
    def papers(self, tmp_path: Path) -> Path:
        folder = tmp_path / "papers"
        folder.mkdir()
        text = "Waiting times in outpatient clinics\n\nMedication errors fell by half."
        (folder / "waiting.txt").write_text(text, encoding="utf-8")
        (folder / "menu.txt").write_text("Soup.", encoding="utf-8")
        return folder

    def test_folder_is_matched_and_the_rest_is_named(self, project: Path, papers: Path) -> None:
        outcome = review("attach", project, papers, "--by", "ana")
        assert (outcome.code, outcome.err) == (0, "")
        lines = outcome.out.splitlines()
        assert f"{papers / 'waiting.txt'}: matched (its title): [4] Waiting times" in outcome.out
        assert f"{papers / 'menu.txt'}: unmatched (no record has its DOI or its title)" in lines
        assert lines[-1] == "1 matched, 0 known, 0 ambiguous, 1 unmatched, 0 failed."

    def test_full_text_is_tagged_and_taken_back(self, project: Path, papers: Path) -> None:
        assert review("attach", project, papers / "menu.txt", "--record", "4").code == 0
        assert "1 publication tagged, 2 done before" in review("tag", project).out
        outcome = review("detach", project, "4")
        assert (outcome.code, outcome.err) == (0, "")
        assert "no longer the full text of [4] Waiting times" in outcome.out
        assert review("detach", project, "4").code == 2

    def test_file_that_cannot_be_read_is_exit_code_1(self, project: Path, papers: Path) -> None:
        (papers / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing")
        outcome = review("attach", project, papers)
        assert outcome.code == 1
        assert "broken.pdf" in outcome.err
        assert outcome.out.splitlines()[-1] == "1 matched, 0 known, 0 ambiguous, 1 unmatched, 1 failed."

    def test_full_text_that_is_gone_is_exit_code_1_and_the_abstract_is_tagged(
        self, project: Path, papers: Path
    ) -> None:
        review("attach", project, papers)
        (papers / "waiting.txt").unlink()
        outcome = review("tag", project)
        assert outcome.code == 1
        assert "waiting.txt: cannot be opened" in outcome.err
        assert "0 publications tagged, 3 done before" in outcome.out

    def test_record_is_said_of_one_file_alone(self, project: Path, papers: Path) -> None:
        outcome = review("attach", project, papers / "menu.txt", papers / "waiting.txt", "--record", "4")
        assert outcome.code == 2
        assert "name one file" in outcome.err


@pytest.mark.parametrize("more", [(), ("--tags",)])
def test_exported_reference_has_the_key_of_the_evidence_table(
    project: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    review("decide", project, "1", "include")
    review("export", project, "--only", "included", *more, "--to", tmp_path / "included.bib")
    rows = csv.DictReader(io.StringIO(review("evidence", project, "--included").out, newline=""))
    exported = [dict(record.fields)["ID"] for record in read_references(tmp_path / "included.bib").records]
    assert exported == [row["key"] for row in rows][:1]


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        ("map", "map.csv", "axis,row,"),
        ("map", "map.page", "<!DOCTYPE html>"),
        ("flow", "flow.SVG", "<svg "),
        ("flow", "flow.html", "<!DOCTYPE html>"),
        ("flow", "flow.json", "{"),
        ("flow", "flow.txt", "Records identified: "),
        ("status", "status.json", "{"),
        ("status", "status.txt", "Rule: "),
        ("agreement", "agreement.json", "{"),
    ],
)
def test_name_of_the_file_tells_what_is_written(
    project: Path, tmp_path: Path, command: str, name: str, begins: str
) -> None:
    assert review(command, project, "-o", tmp_path / name) == Outcome(0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8-sig").lstrip().startswith(begins)


def test_format_that_is_given_counts_for_more_than_the_name_of_the_file(project: Path, tmp_path: Path) -> None:
    assert review("map", project, "--format", "csv", "-o", tmp_path / "map.html") == Outcome(0, "", "")
    assert (tmp_path / "map.html").read_text(encoding="utf-8-sig").startswith("axis,row,")
