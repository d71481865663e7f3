"""Kill a run at random moments; what it leaves in the end is what an uninterrupted run leaves."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE
from tests.archive.rows import rows

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("files", "kills"), [(24, 3), pytest.param(200, 20, marks=pytest.mark.slow)], ids=["small", "full"]
)
def test_killed_at_random_moments_a_run_ends_as_if_nothing_had_happened(tmp_path: Path, files: int, kills: int) -> None:
    chance = random.Random(files)  # noqa: S311 - moments, no secrets
    folder = write_archive(tmp_path / "archive", files, chance)
    store = tmp_path / "killed.sqlite"
    for number in range(kills):
        process = start(folder, store)
        # From the first moments to nearly the end.
        wait_for_documents(store, process, files * number // kills)
        time.sleep(chance.random() * 0.2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert no_process_is_left(process.pid)
    assert start(folder, store).wait() == 0
    assert start(folder, tmp_path / "calm.sqlite").wait() == 0
    assert rows(store) == rows(tmp_path / "calm.sqlite")


def write_archive(folder: Path, files: int, chance: random.Random) -> Path:
    """Write documents of several kinds: some are the same, some cannot be read."""
    for number in range(files):
        path = folder / str(number % 7) / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        sentences = chance.choices([SAFETY, VALUE, EQUITY, NOTHING], k=chance.randint(1, 9))
        path.write_text("\n\n".join([f"# Project {number}", *sentences]), encoding="utf-8")
    for number in range(0, files, 10):
        shutil.copy(folder / str(number % 7) / f"{number}.md", folder / f"copy of {number}.md")
        (folder / f"{number}.pdf").write_bytes(b"%PDF-1.7\nno PDF")
    return folder


def start(folder: Path, store: Path) -> subprocess.Popen[bytes]:
    """Start a run in a session of its own, so that its processes can be told from others."""
    command = [sys.executable, "-m", "tests.archive.killable", str(folder), str(store)]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)


def wait_for_documents(store: Path, process: subprocess.Popen[bytes], count: int) -> None:
    """Wait until the store holds so many results, or the run is over."""
    while process.poll() is None and results(store) < count:
        time.sleep(0.01)


def results(store: Path) -> int:
    if not store.exists():
        return -1
    connection = sqlite3.connect(store)
    try:
        return int(connection.execute("SELECT count(*) FROM summaries").fetchone()[0])
    except sqlite3.OperationalError:  # the run has not made its tables yet
        return -1
    finally:
        connection.close()


def no_process_is_left(session: int) -> bool:
    """Return whether all processes of a session end, as those that read do when nobody asks any more."""
    while True:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
