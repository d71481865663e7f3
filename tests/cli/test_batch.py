from __future__ import annotations

import json
import os
import pty
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from lhs_nlp.archive import Store
from lhs_nlp.bundle import CALIBRATION, write_manifest
from lhs_nlp.framework import default_framework
from tests.cli.running import run, start
from tests.toy_bundle import CLAIM, MENTION, NOTHING, RESULT, write_toy_bundle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.md").write_text(f"# Aims\n\n{CLAIM}\n\n# Need\n\n{MENTION}\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"{RESULT}\n\n{NOTHING}\n", encoding="utf-8")
    (folder / "c.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "results.sqlite"


def claims(store: Path) -> dict[str, list[str]]:
    """Return what each document claims."""
    with Store(store, read_only=True) as opened:
        return {
            Path(stored.sources[0].name).name: [b.benefit for b in stored.summary.benefits if b.verdict == "claimed"]
            for stored in opened.summaries(opened.tagging())
        }


def test_archive_is_tagged_and_a_rerun_skips_it(folder: Path, store: Path) -> None:
    outcome = run("batch", folder, "--store", store)
    assert (outcome.code, outcome.err) == (0, "")
    assert (
        outcome.out == "Tagged 2, skipped 0 (there already, or copies), failed 0.\nLeft out by their names: .png 1.\n"
    )
    assert claims(store) == {"a.md": ["safety"], "b.txt": ["value"]}
    assert sorted(path.name for path in store.parent.iterdir()) == ["archive", "results.sqlite"]
    outcome = run("batch", folder, "--store", store)
    assert outcome.code == 0
    assert outcome.out.startswith("Tagged 0, skipped 2 (there already, or copies), failed 0.")


def test_table_of_a_folder_that_is_left_out_says_how_it_is_read(folder: Path, store: Path) -> None:
    (folder / "grants.csv").write_text("abstract\nx\n", encoding="utf-8")
    said = run("batch", folder, "--store", store).out.splitlines()
    assert said[1:] == [
        "Left out by their names: .png 1, .csv 1.",
        "Tables among them are read row by row with --text-column NAME.",
    ]


def test_file_that_fails_is_named_and_the_exit_code_tells(folder: Path, store: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    outcome = run("batch", folder, "--store", store)
    assert outcome.code == 1
    assert outcome.err == (
        f"lhs-nlp: {folder / 'bad.pdf'}: a damaged or truncated PDF; get the file again, or repair it with `qpdf`.\n"
    )
    assert "Tagged 2, skipped 0 (there already, or copies), failed 1.\nFailed: malformed 1.\n" in outcome.out


def test_first_failure_is_the_last_when_that_is_wanted(folder: Path, store: Path) -> None:
    for number in range(3):
        (folder / f"{number}.txt").write_bytes(b" " * number)
    outcome = run("batch", folder, "--store", store, "--fail-fast")
    assert outcome.code == 1
    assert len(outcome.err.splitlines()) == 1


def test_dry_run_says_what_would_be_done_and_does_nothing(folder: Path, store: Path) -> None:
    outcome = run("batch", folder, folder / "none.pdf", "--store", store, "--dry-run")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        f"tag\t{folder / 'a.md'}",
        f"tag\t{folder / 'b.txt'}",
        f"leave out\t{folder / 'c.png'}",
        f"tag\t{folder / 'none.pdf'}",
        "Would tag 3, skip 0, leave out 1, fail 0.",
    ]
    assert not store.exists()


@pytest.mark.parametrize("options", [[], ["--engine", "ray"], ["--engine", "ray", "--parquet", "results"]])
def test_dry_run_without_a_store_says_what_it_does_not_know(folder: Path, options: list[str]) -> None:
    outcome = run("batch", folder, "--dry-run", *options)
    assert outcome.code == 0
    assert "Would tag 2, skip 0, leave out 1, fail 0." in outcome.out
    assert outcome.err == "lhs-nlp: what has results already was not looked at; name them with --store.\n"


def test_dry_run_knows_what_the_store_holds(folder: Path, store: Path) -> None:
    run("batch", folder, "--store", store)
    before = store.read_bytes()
    (folder / "new.txt").write_text(CLAIM, encoding="utf-8")
    outcome = run("batch", folder, folder / "none.pdf", "--store", store, "--dry-run")
    assert outcome.code == 1
    assert "Would tag 1, skip 2, leave out 1, fail 1." in outcome.out
    assert "none.pdf: cannot be opened" in outcome.err
    assert store.read_bytes() == before


def test_table_is_tagged_row_by_row(tmp_path: Path, store: Path) -> None:
    table = tmp_path / "grants.csv"
    table.write_text(f"id,abstract,year\nG1,{CLAIM},2019\nG2,,2020\n", encoding="utf-8")
    outcome = run("batch", table, "--store", store, "--text-column", "abstract", "--id-column", "id")
    assert outcome.code == 1
    assert "grants.csv#G2: the text is missing or blank" in outcome.err
    assert claims(store) == {"grants.csv#G1": ["safety"]}


def test_other_model_tags_again_only_when_it_is_told_to(folder: Path, store: Path, tmp_path: Path) -> None:
    other = write_toy_bundle(tmp_path / "other")
    calibration = json.loads((other / CALIBRATION).read_text(encoding="utf-8"))
    (other / CALIBRATION).write_text(json.dumps(calibration | {"status_temperature": 0.9}), encoding="utf-8")
    write_manifest(other, name="toy-2.0.0", framework=default_framework(), most_tokens=64, training={})
    run("batch", folder, "--store", store)
    said = (
        "Of the skipped, tagged by another model, or for another framework, alone: 2; "
        "--retag tags them by this one, too."
    )
    outcome = run("batch", folder, "--store", store, "--model", other, "--dry-run")
    assert outcome.out.splitlines()[-2:] == ["Would tag 0, skip 2, leave out 1, fail 0.", said]
    outcome = run("batch", folder, "--store", store, "--model", other)
    assert outcome.out.startswith("Tagged 0, skipped 2")
    assert said in outcome.out
    outcome = run("batch", folder, "--store", store, "--model", other, "--retag", "--dry-run")
    assert "Would tag 2, skip 0" in outcome.out
    outcome = run("batch", folder, "--store", store, "--model", other, "--retag")
    assert outcome.out.startswith("Tagged 2, skipped 0")
    with Store(store, read_only=True) as opened:
        assert [opened.count(tagging) for tagging in opened.taggings()] == [2, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        ["x"],
        ["--store", "s.sqlite"],
        ["--store", "s.sqlite", "x", "--id-column", "id"],
        ["--store", "s.sqlite", "x", "--parquet", "out"],
        ["--store", "s.sqlite", "x", "--workers", "0"],
        ["--store", "s.sqlite", "x", "--timeout", "0"],
        ["--store", "s.sqlite", "x", "--timeout", "inf"],
        ["--store", "s.sqlite", "x", "--max-megabytes", "inf"],
        ["--store", "s.sqlite", "x", "--max-megabytes", "nan"],
        ["--store", "s.sqlite", "x", "--model", "none"],
        ["--store", "s.sqlite", "x", "--framework", "none.toml"],
        ["--store", "none/s.sqlite", "x"],
        ["--store", "x", "x"],
        ["--store", ".", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_a_sentence(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text(CLAIM * 20, encoding="utf-8")
    outcome = run("batch", *wrong)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err
    assert "Traceback" not in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_table_without_its_column_is_wrong_usage(tmp_path: Path, store: Path) -> None:
    (tmp_path / "grants.csv").write_text("abstract\nx\n", encoding="utf-8")
    outcome = run("batch", tmp_path / "grants.csv", "--store", store)
    assert outcome.code == 2
    assert "name the column that holds the text with --text-column" in outcome.err


def test_interrupt_keeps_what_is_stored_and_the_same_command_goes_on(folder: Path, store: Path) -> None:
    for number in range(1500):
        (folder / f"{number}.txt").write_text(f"{CLAIM} Number {number}.", encoding="utf-8")
    process = start("batch", folder, "--store", store, stdin=subprocess.DEVNULL)
    while not stored(store):
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert err == b"lhs-nlp: interrupted; the same command goes on from here.\n"
    assert out.startswith(b"Tagged ")
    before = stored(store)
    outcome = run("batch", folder, "--store", store)
    assert outcome.code == 0
    assert outcome.out.startswith(f"Tagged {1502 - before:,}, skipped {before:,}")


def stored(store: Path) -> int:
    if not store.exists():
        return 0
    connection = sqlite3.connect(store)
    try:
        return int(connection.execute("SELECT count(*) FROM summaries").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_progress_is_shown_at_a_terminal_alone(folder: Path, store: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    control, terminal = pty.openpty()
    process = start("batch", folder, "--store", store, stdin=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    shown = b""
    while part := read(control):
        shown += part
    os.close(control)
    out, _ = process.communicate()
    assert process.returncode == 1
    assert b"3/3" in shown
    assert b"documents/s" in shown
    assert b"a damaged or truncated PDF" in shown
    assert out.startswith(b"Tagged 2")


def read(control: int) -> bytes:
    try:
        return os.read(control, 65536)
    except OSError:  # how a terminal says that nobody writes any more
        return b""


def test_memory_url_is_read(store: Path) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe_file("memory://batch/a.txt", CLAIM.encode())
    outcome = run("batch", "memory://batch", "--store", store)
    assert outcome.code == 0
    assert claims(store) == {"a.txt": ["safety"]}
