from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from lhs_nlp.bundle import MODEL_VARIABLE
from lhs_nlp.framework import default_framework
from lhs_nlp.report import json_schema
from tests.cli.running import Outcome, run, start
from tests.toy_bundle import CLAIM, MENTION, NOTHING, RESULT

FORMATS = ("text", "json", "html", "markdown", "csv")


def tagged(*arguments: str | Path, stdin: bytes = b"") -> tuple[Outcome, Any]:
    """Tag as JSON, check it against its schema, and return it parsed."""
    outcome = run("tag", *arguments, "--format", "json", stdin=stdin)
    content = json.loads(outcome.out)
    jsonschema.validate(content, json_schema())
    return outcome, content


def test_one_file_is_one_object(report: Path) -> None:
    outcome, content = tagged(report)
    assert (outcome.code, outcome.err) == (0, "")
    assert content["document"]["source"] == str(report)
    assert content["benefits"]["safety"]["verdict"] == "claimed"
    assert content["benefits"]["equity"]["verdict"] == "not_claimed"
    assert "passages" not in content


def test_several_files_are_a_list_in_order(report: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(RESULT, encoding="utf-8")
    outcome, content = tagged(report, tmp_path / "a.md", report)
    assert outcome.code == 0
    assert [one["document"]["source"] for one in content] == [str(report), str(tmp_path / "a.md")]


def test_file_that_may_not_be_read_does_not_stop_the_others(closed_file: Path, report: Path) -> None:
    outcome, content = tagged(closed_file, report)
    assert outcome.code == 1
    assert content[0]["error"]["reason"] in ("not_found", "empty")
    assert content[1]["benefits"]["safety"]["verdict"] == "claimed"


def test_folder_is_walked_and_is_a_list_even_with_one_document(report: Path) -> None:
    _, content = tagged(report.parent)
    assert [one["document"]["source"] for one in content] == [str(report)]


def test_folder_gives_its_documents_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.TXT", "a.md", ".hidden.txt", ".git/3.txt", "~$open.docx", "picture.png", "table.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CLAIM, encoding="utf-8")
    _, content = tagged(tmp_path)
    assert [one["document"]["source"] for one in content] == [
        str(tmp_path / n) for n in ("a.md", "b/1.TXT", "b/2.html")
    ]


def test_standard_input_is_read(report: Path) -> None:
    outcome, content = tagged("-", stdin=report.read_bytes())
    assert outcome.code == 0
    assert content["document"]["source"] == "standard input"
    assert content["benefits"]["safety"]["verdict"] == "claimed"


def test_file_that_fails_has_its_reason_and_the_others_go_on(report: Path, tmp_path: Path) -> None:
    outcome, content = tagged(tmp_path / "none.pdf", report)
    assert outcome.code == 1
    assert outcome.err == f"lhs-nlp: {tmp_path / 'none.pdf'}: cannot be opened (No such file or directory).\n"
    assert content[0]["error"]["reason"] == "not_found"
    assert content[1]["benefits"]["safety"]["verdict"] == "claimed"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\x89PNG\r\n\x1a\n" + bytes(40), "unsupported"), (b" \n", "empty"), (b"%PDF-1.7\n%%EOF", "malformed")],
)
def test_file_that_is_no_document_has_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "file.pdf").write_bytes(data)
    outcome, content = tagged(tmp_path / "file.pdf")
    assert outcome.code == 1
    assert content["error"]["reason"] == reason
    assert content["document"]["source"] == str(tmp_path / "file.pdf")


def test_every_format_shows_a_failure(tmp_path: Path) -> None:
    for name in FORMATS:
        outcome = run("tag", tmp_path / "none.pdf", "--format", name)
        assert outcome.code == 1
        assert "none.pdf" in outcome.out.replace("\n", "")  # a long path is broken over lines


@pytest.mark.parametrize(("format", "times"), [("text", 1), ("json", 2)])
def test_failure_that_the_text_tells_is_told_once_where_both_are_seen(tmp_path: Path, format: str, times: int) -> None:
    (tmp_path / "a.pdf").touch()
    for options in ([], ["--output", "-"]):
        process = start("tag", "a.pdf", "--format", format, *options, cwd=tmp_path, stderr=subprocess.STDOUT)
        shown, _ = process.communicate()
        assert process.returncode == 1
        assert shown.count(b"a.pdf: the file is empty.") == times


def test_failure_is_told_beside_a_text_that_goes_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    outcome = run("tag", tmp_path / "a.pdf", "--output", tmp_path / "out")
    assert outcome.err == f"lhs-nlp: {tmp_path / 'a.pdf'}: the file is empty.\n"


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("a.csv", "batch --text-column NAME"),
        ("a.JSONL", "batch --text-column NAME"),
        ("a.json", "batch --text-column NAME"),
        ("a.ris", "review"),
    ],
)
def test_collection_that_is_taken_for_one_document_says_what_reads_its_entries(
    name: str, reader: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(f"{CLAIM}\n\n{RESULT}\n", encoding="utf-8")
    outcome, _ = tagged(tmp_path / name)
    assert outcome.code == 0
    assert outcome.err.startswith(f"lhs-nlp: {tmp_path / name}: taken for one document; `lhs-nlp {reader}` reads")


def test_folder_without_documents_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b", encoding="utf-8")
    outcome, content = tagged(tmp_path)
    assert outcome.code == 1
    assert f"{tmp_path}: holds no documents (.pdf, .docx," in outcome.err
    assert [one["error"]["reason"] for one in content] == ["empty"]


@pytest.mark.parametrize("command", ["tag", "batch"])
def test_link_to_a_folder_is_not_left_out_without_a_word(command: str, report: Path, tmp_path: Path) -> None:
    (tmp_path / "years").mkdir()
    (tmp_path / "years" / "2024").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    report.rename(tmp_path / "years" / "report.md")
    store = ["--store", str(tmp_path / "s.sqlite")] if command == "batch" else []
    outcome = run(command, tmp_path / "years", *store)
    assert outcome.code == 0
    assert "Left out by their names: link to a folder 1." in outcome.out + outcome.err


def test_loop_of_links_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    outcome, content = tagged(tmp_path)
    assert outcome.code == 1
    assert [one["error"]["reason"] for one in content] == ["not_found"]


def test_limits_can_be_set(report: Path) -> None:
    for source, stdin in ((report, b""), (Path("-"), report.read_bytes())):
        outcome, content = tagged(source, "--max-megabytes", "0.00001", stdin=stdin)
        assert outcome.code == 1
        assert content["error"]["reason"] == "too_large"
        assert "--max-megabytes" in outcome.err


def test_text_reads_without_colour_at_80_columns(report: Path) -> None:
    outcome = run("tag", report)
    assert outcome.code == 0
    assert CLAIM.split()[3] in outcome.out
    assert "\x1b" not in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_text_keeps_to_the_encoding_of_the_terminal_and_data_is_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Zürich → {CLAIM}", encoding="utf-8")
    assert "Zürich" in run("tag", tmp_path / "a.txt").out
    assert run("tag", tmp_path / "a.txt", encoding="ascii").out.isascii()
    for name in FORMATS[1:]:
        assert "Zürich" in run("tag", tmp_path / "a.txt", "--format", name, encoding="ascii").out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.json", "{"),
        ("a.HTML", "<!DOCTYPE html>"),
        ("a.htm", "<!DOCTYPE html>"),
        ("a.md", "# "),
        ("a.csv", "document_id,"),
        ("a.txt", "Aims\n"),
        ("a", "Aims\n"),
    ],
)
def test_name_of_the_file_tells_the_format_and_what_is_given_goes_before_it(
    report: Path, tmp_path: Path, name: str, begins: str
) -> None:
    path = tmp_path / name
    assert run("tag", report, "--output", path).out == ""
    assert path.read_text(encoding="utf-8-sig").startswith(begins)
    run("tag", report, "--output", path, "--format", "json")
    assert json.loads(path.read_text(encoding="utf-8"))


def test_html_is_one_file_with_the_text(report: Path) -> None:
    out = run("tag", report, "--format", "html").out
    assert out.lstrip().lower().startswith("<!doctype html>")
    assert NOTHING in out
    assert "http-equiv" in out


def test_markdown_quotes_the_claim(report: Path) -> None:
    assert f"> “{CLAIM}”" in run("tag", report, "--format", "markdown").out


def test_csv_has_a_row_a_benefit_and_with_passages_a_row_a_finding(report: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("tag", report, "--format", "csv").out)))
    assert [row["benefit"] for row in rows] == list(default_framework().benefit_ids)
    rows = list(csv.DictReader(io.StringIO(run("tag", report, "--format", "csv", "--passages").out)))
    assert [(row["benefit"], row["status"]) for row in rows] == [("safety", "anticipated"), ("equity", "context")]


def test_passages_are_shown_when_wanted(report: Path) -> None:
    _, content = tagged(report, "--passages")
    assert [passage["text"] for passage in content["passages"]] == [CLAIM, MENTION, NOTHING]
    assert [sorted(passage["benefits"]) for passage in content["passages"]] == [["safety"], ["equity"], []]


def test_one_benefit_is_shown_when_wanted(report: Path) -> None:
    _, content = tagged(report, "--benefit", "equity", "-b", "safety")
    assert list(content["benefits"]) == ["safety", "equity"]


def test_improbable_findings_are_left_out_and_verdicts_stay(report: Path) -> None:
    outcome, content = tagged(report, "--min-confidence", "0.999", "--passages")
    assert outcome.err == "lhs-nlp: Left out as less probable than 0.999: 2 quotations.\n"
    assert content["benefits"]["safety"]["verdict"] == "claimed"
    assert content["benefits"]["safety"]["evidence"] == []
    assert not any(passage["benefits"] for passage in content["passages"])


@pytest.mark.parametrize(
    ("format", "left_out"),
    [
        ("text", "1 quotation"),
        ("markdown", "1 quotation"),
        ("json", "2 quotations"),
        ("csv", "2 quotations"),
        ("html", "2 findings"),
    ],
)
def test_what_is_left_out_is_counted_as_the_format_shows_it(report: Path, format: str, left_out: str) -> None:
    outcome = run("tag", report, "--min-confidence", "0.999", "--format", format)
    assert outcome.err == f"lhs-nlp: Left out as less probable than 0.999: {left_out}.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--format", "xml", "x"],
        ["--benefit", "wealth", "x"],
        ["--min-confidence", "1.5", "x"],
        ["--min-confidence", "nan", "x"],
        ["--max-pages", "0", "x"],
        ["--max-megabytes", "inf", "x"],
        ["--max-megabytes", "nan", "x"],
        ["--framework", "none.toml", "x"],
        ["--model", "none", "x"],
        ["--output", "none/result.json", "x"],
        ["--output", ".", "x"],
        ["--nonsense", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_sentence(wrong: list[str], tmp_path: Path, monkeypatch: Any) -> None:  # noqa: ANN401
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text(CLAIM, encoding="utf-8")
    outcome = run("tag", *wrong)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err
    assert "Traceback" not in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_unknown_benefit_is_answered_by_the_known_ones(report: Path) -> None:
    assert "'wealth' is none of quality, safety," in run("tag", report, "--benefit", "wealth").err


def test_missing_model_says_what_to_do(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path / "nowhere"))
    outcome = run("tag", report)
    assert outcome.code == 2
    assert outcome.err == (
        f"lhs-nlp: {tmp_path / 'nowhere'}: no model bundle is there; it would hold a manifest.json. "
        "LHS_NLP_MODEL names this folder.\n"
    )


def test_only_quotations_that_would_be_shown_are_told_to_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{MENTION}\n", encoding="utf-8")
    assert run("tag", path).err == run("tag", path, "--min-confidence", "0.999").err == ""
    assert "1 quotation." in run("tag", path, "--min-confidence", "0.999", "--passages").err


@pytest.mark.parametrize(
    "name", [b"two\nlines.txt", b"caf\xe9.txt", "Zürich 漢字.txt".encode(), b"-b.txt", b"\x1b[31m.txt"]
)
def test_any_file_name_is_read_and_named(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text(CLAIM, encoding="utf-8")
    outcome, content = tagged(path)
    assert outcome.code == 0
    assert os.fsencode(content["document"]["source"]) == os.fsencode(path)
    for format in FORMATS:
        assert run("tag", path, "--format", format, "--output", tmp_path / "out").code == 0
        assert run("tag", path, "--format", format).out


@pytest.mark.parametrize("name", [b"two\nlines.txt", b"caf\xe9.txt", b"\x1b[31m.txt"])
def test_any_file_name_is_complained_of_in_one_line(tmp_path: Path, name: bytes) -> None:
    outcome = run("tag", tmp_path / os.fsdecode(name))
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert "\x1b" not in outcome.err


def test_file_is_found_from_the_working_directory(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(report.parent)
    _, content = tagged(report.name)
    assert content["document"]["source"] == "report.md"


def test_file_named_like_an_option_follows_two_dashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--help").write_text(CLAIM, encoding="utf-8")
    outcome = run("tag", "--format", "json", "--", "--help")
    assert json.loads(outcome.out)["document"]["source"] == "--help"
