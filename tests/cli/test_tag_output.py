"""Where `lhs-nlp tag` writes, and what becomes of what was there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from pathlib import Path

from tests.cli.running import run, start, wait_for_partial_file

FORMATS = ("text", "json", "html", "markdown", "csv")


def test_output_is_a_file_and_a_dash_is_standard_output(report: Path, tmp_path: Path) -> None:
    for name in FORMATS:
        shown = run("tag", report, "--format", name, "--output", "-").out
        outcome = run("tag", report, "--format", name, "--output", tmp_path / "out")
        assert (outcome.code, outcome.out) == (0, "")
        assert (tmp_path / "out").read_bytes().decode() == shown


def test_file_named_as_a_format_that_is_not_written_is_refused(report: Path, tmp_path: Path) -> None:
    """Plain text in a .docx would not open in Word."""
    for name in ("report.docx", "verdicts.XLSX"):
        outcome = run("tag", report, "-o", tmp_path / name)
        assert (outcome.code, outcome.out) == (2, "")
        assert (
            f"what is written here is text, json, html, markdown or csv, not {Path(name).suffix.lower()}"
            in " ".join(outcome.err.split())
        )
        assert not (tmp_path / name).exists()
    assert run("tag", report, "-f", "csv", "-o", tmp_path / "verdicts.xlsx").code == 0


def test_document_is_not_lost_to_the_output(report: Path, tmp_path: Path) -> None:
    before = report.read_text(encoding="utf-8")
    outcome = run("tag", report, "--format", "markdown", "-o", tmp_path / "." / report.name)
    assert outcome.code == 2
    assert outcome.err == f"lhs-nlp: {report}: is read here, and would be overwritten; write to another file.\n"
    assert report.read_text(encoding="utf-8") == before


def test_report_in_the_folder_that_it_is_of_is_not_read_the_next_time(report: Path) -> None:
    output = report.parent / "all.md"
    said = [run("tag", report.parent, "--format", "markdown", "-o", output) and output.read_bytes() for _ in range(2)]
    assert said[0] == said[1]


def test_output_is_written_when_some_files_failed(report: Path, tmp_path: Path) -> None:
    assert run("tag", report, tmp_path / "none.pdf", "-f", "json", "-o", tmp_path / "out").code == 1
    assert len(json.loads((tmp_path / "out").read_text(encoding="utf-8"))) == 2


def test_output_keeps_permissions_and_follows_a_link(report: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run("tag", report, "--output", link).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") != "old"
    assert target.stat().st_mode & 0o777 == 0o600


def test_output_to_a_pipe_leaves_the_pipe_in_place(report: Path, tmp_path: Path) -> None:
    pipe, received = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    assert run("tag", report, "--format", "json", "--output", pipe).code == 0
    reader.join()
    assert json.loads(received[0])["benefits"]
    assert pipe.is_fifo()


def test_interrupt_is_exit_code_130_and_leaves_the_old_output(tmp_path: Path) -> None:
    output = tmp_path / "result.json"
    output.write_text("old", encoding="utf-8")
    process = start("tag", "-", "--format", "json", "--output", output)
    wait_for_partial_file(tmp_path, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]
    assert output.read_text(encoding="utf-8") == "old"


def test_reader_that_goes_away_is_no_traceback(report: Path) -> None:
    process = start("tag", report, "--format", "html", stdin=subprocess.DEVNULL)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait() == 1


def test_full_disk_is_a_sentence(report: Path) -> None:
    with open("/dev/full", "wb") as full:
        process = start("tag", report, stdout=full, stdin=subprocess.DEVNULL)
        _, errors = process.communicate()
    assert process.returncode == 2
    assert errors == b"lhs-nlp: standard output: cannot be written (No space left on device).\n"
