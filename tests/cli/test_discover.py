from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lhs_nlp.cli.discover import discover
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.report import to_html
from lhs_nlp.report.failure import Failure
from tests.report import examples

NOBODY = 65534


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that any user may enter; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Give up the rights of root, to whom no folder is closed."""
    user = os.geteuid()
    os.seteuid(user or NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_files_keep_their_order_and_come_once(tmp_path: Path) -> None:
    (tmp_path / "b.txt").touch()
    (tmp_path / "a.txt").touch()
    named = [Path("missing.pdf"), tmp_path / "b.txt", tmp_path]
    assert discover(named) == [Path("missing.pdf"), tmp_path / "b.txt", tmp_path / "a.txt"]


def test_file_named_by_itself_may_have_any_suffix(tmp_path: Path) -> None:
    (tmp_path / "data.bin").touch()
    assert discover([tmp_path / "data.bin"]) == [tmp_path / "data.bin"]


def test_file_of_a_folder_that_is_left_out_by_its_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.dat").touch()
    (tmp_path / "c").touch()
    ignored: list[str] = []
    assert discover([tmp_path], ignored.append) == [tmp_path / "a.txt"]
    assert sorted(ignored) == [str(tmp_path / "b.dat"), str(tmp_path / "c")]


def test_link_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "sub" / "a.txt").touch()
    assert discover([tmp_path]) == [tmp_path / "sub" / "a.txt"]


def test_folder_that_is_closed_is_a_failure_and_the_others_go_on(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0)
    (open_folder / "a.txt").touch()
    with ordinary_user():
        found = discover([open_folder])
        below = discover([closed / "below.txt"])
    assert found == [
        open_folder / "a.txt",
        Failure(str(closed), "not_found", f"{closed}: cannot be opened (Permission denied)."),
    ]
    assert below == [closed / "below.txt"]


def test_output_of_an_earlier_run_is_no_document_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "report.html").write_text(to_html(examples.proposal()), encoding="utf-8")
    (tmp_path / "link.html").symlink_to("report.html")
    assert discover([tmp_path], output=tmp_path / "link.html") == [tmp_path / "a.txt"]
    assert discover([tmp_path], output=tmp_path / "new.html") == [
        tmp_path / n for n in ("a.txt", "link.html", "report.html")
    ]


def test_document_of_a_folder_is_not_lost_to_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "notes.md").write_text("# Notes\n\nFalls fell.\n", encoding="utf-8")
    with pytest.raises(
        LhsNlpError, match=r"notes\.md: is in a folder that is read, and is no report of an earlier run"
    ):
        discover([tmp_path], output=tmp_path / "notes.md")


def test_empty_file_of_a_folder_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "new.md").touch()
    assert discover([tmp_path], output=tmp_path / "new.md") == [tmp_path / "a.txt"]
