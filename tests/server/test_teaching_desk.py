"""The desk of teaching when something goes wrong: the next job can begin, and nothing is left over."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lhs_nlp.bundle import MODEL_VARIABLE
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import default_framework
from lhs_nlp.server import Settings
from lhs_nlp.server.teaching import Application, Job, Lesson, TeachingDesk
from lhs_nlp.server.teaching.lessons import learn
from tests.server import working
from tests.server.schooling import PATIENCE, school_of

ROOT = Path(__file__).parents[2]
SERVER = """
import sys
from lhs_nlp.server.teaching.child import Child
from tests.server.working import call
child = Child(call, int(sys.argv[1]))
sys.stdin.read()
"""


def ended(desk: TeachingDesk) -> Job:
    """Return a desk's job when it does not run any more."""
    deadline = time.monotonic() + PATIENCE
    while (job := desk.state.job) is None or job.phase == "running":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return job


def test_child_ends_with_a_server_that_was_killed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        code = [sys.executable, "-c", SERVER, str(door.getsockname()[1])]
        with subprocess.Popen(code, cwd=ROOT, stdin=subprocess.PIPE) as server:
            child, _ = door.accept()
            server.kill()
        with child:
            assert child.recv(10) == b""  # its end; what it would say at last it does not come to say


def test_fault_in_showing_results_lets_the_next_job_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def show(sha256: str) -> None:
        raise RuntimeError(sha256)

    monkeypatch.setattr("lhs_nlp.server.teaching.desk.tag_again", working.do_nothing)
    desk = TeachingDesk(show, {})
    for number in (1, 2):
        desk.apply(Application(tmp_path / "s.sqlite", default_framework(), tmp_path), "Ann")
        job = ended(desk)
        assert (job.number, job.phase, job.sentence) == (number, "failed", "The server's log says why.")


def test_places_of_the_server_are_named_wherever_they_are_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lhs_nlp.server.teaching.desk.tag_again", working.complain)
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path / "model"))
    store = tmp_path / "s.sqlite"
    desk = TeachingDesk(lambda sha256: None, Settings().places(store))
    desk.apply(Application(store, default_framework(), tmp_path / "model"), "Ann")
    assert ended(desk).sentence == "'The store' is locked, The store too. The model/heads is not in The store."


def test_folder_that_cannot_be_written_is_found_before_anything_is_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lhs_nlp.learn.teach", lambda *given: pytest.fail("It was learned in vain."))
    school = school_of(tmp_path)
    lesson = Lesson(
        store=school.store,
        framework=default_framework(),
        blind=False,
        base=school.base,
        check=None,
        folder=school.store / "models",
        force=False,
    )
    with pytest.raises(LhsNlpError, match="cannot be written"):
        learn(lesson, lambda done, total: None)
