from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lhs_nlp.errors import ReferencesError, ReviewError
from lhs_nlp.references import read_references
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.project.connection import DATABASE, PROJECT, READ_BETTER, VERSION
from lhs_nlp.review.project.rereading import reread
from tests.cli.running import start
from tests.shared import SHARED, needs_shared


def numbers(project: Project, *, publications: bool = False) -> list[int]:
    return [record.id for record in project.records(publications=publications)]


def count(project: Project, table: str) -> int:
    return int(project.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_records_are_as_they_were_read(project: Project, exports: list[Path]) -> None:
    read = [reference for path in exports for reference in read_references(path).records]
    assert [record.reference for record in project.records()] == read
    assert [(record.source, record.position) for record in project.records()] == [
        *(("first.ris", 1), ("first.ris", 2), ("second.ris", 1), ("second.ris", 2), ("third.bib", 1))
    ]


def test_duplicates_are_pointed_at_and_nothing_is_removed(project: Project) -> None:
    assert numbers(project) == [1, 2, 3, 4, 5]
    assert numbers(project, publications=True) == [1, 2, 4]
    assert [record.publication for record in project.records()] == [1, 2, 1, 4, 1]
    assert [(pair.first, pair.second, pair.joined, pair.reason) for pair in project.likely()] == [
        (1, 3, True, "title 1.00 alike; same authors, year"),
        (1, 5, True, "same DOI"),
    ]


def test_file_is_added_once_whatever_its_name(project: Project, exports: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "again.ris"
    shutil.copy(exports[0], copy)
    added = add_file(project, copy, "ben")
    assert (added.before, added.records) == ("first.ris", 2)
    assert (count(project, "records"), count(project, "sources")) == (5, 3)


def test_skipped_text_is_kept_with_its_line(project: Project) -> None:
    (row,) = project.connection.execute("SELECT line, text FROM skipped").fetchall()
    assert tuple(row) == (9, "this line is of no record")


def test_file_that_cannot_be_read_adds_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "empty.ris").write_bytes(b"")
    with pytest.raises(ReferencesError, match="empty"):
        add_file(project, tmp_path / "empty.ris", "ana")
    assert count(project, "sources") == 3


def test_judgement_holds_until_it_is_undone(project: Project) -> None:
    project.judge((3, 1), "ana", same=False, reason="another trial")
    project.judge((5, 3), "ana", same=False)
    assert numbers(project, publications=True) == [1, 2, 3, 4]
    project.judge((2, 4), "ben", same=True)
    assert numbers(project, publications=True) == [1, 2, 3]
    for pair in ((1, 3), (3, 5), (2, 4)):
        project.judge(pair, "ben", same=None)
    assert numbers(project, publications=True) == [1, 2, 4]
    said = project.connection.execute("SELECT same, reason, made_by, undone_by FROM judgements ORDER BY id")
    assert [tuple(row) for row in said] == [
        *((0, "another trial", "ana", "ben"), (0, None, "ana", "ben"), (1, None, "ben", "ben"))
    ]


def test_judgements_that_contradict_keep_records_apart(project: Project) -> None:
    project.judge((1, 3), "ana", same=True)
    project.judge((3, 5), "ana", same=True)
    project.judge((1, 5), "ben", same=False)
    assert numbers(project, publications=True) == [1, 2, 4, 5]
    assert project.record(3).publication == 1
    assert [(pair.first, pair.second, pair.joined) for pair in project.likely()] == [(1, 3, True), (3, 5, False)]


def test_judgement_keeps_what_utf_8_cannot_hold_as_its_escape(project: Project) -> None:
    project.judge((1, 3), "ana\udce9", same=False, reason="\udcff")
    project.judge((1, 3), "ben\udce9", same=None)
    (row,) = project.connection.execute("SELECT made_by, reason, undone_by FROM judgements").fetchall()
    assert tuple(row) == (r"ana\udce9", r"\udcff", r"ben\udce9")


@pytest.mark.parametrize("pair", [(1, 1), (1, 99), (1, 10**30)])
def test_judgement_needs_two_records(project: Project, pair: tuple[int, int]) -> None:
    with pytest.raises(ReviewError, match="not the numbers of two records"):
        project.judge(pair, "ana", same=True)


@pytest.mark.parametrize("number", [99, 2**63, -(2**64), 10**30])
def test_record_that_is_not_there_is_a_sentence(project: Project, number: int) -> None:
    with pytest.raises(ReviewError, match=f"there is no record {number}"):
        project.record(number)


def test_project_is_made_once_and_opened_where_it_is(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="there is no project; `lhs-nlp review init"):
        Project(tmp_path / "p")
    Project(tmp_path / "p", new=True).close()
    with pytest.raises(ReviewError, match="there is a project already"):
        Project(tmp_path / "p", new=True)
    with Project(tmp_path / "p") as project:
        assert (numbers(project), project.likely()) == ([], [])


def test_project_can_be_made_where_making_one_was_killed(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    with closing(sqlite3.connect(tmp_path / "p" / DATABASE)) as blank:
        blank.execute("PRAGMA journal_mode = WAL")
    with Project(tmp_path / "p", new=True) as project:
        assert numbers(project) == []


def test_schema_says_what_it_is(project: Project) -> None:
    assert project.connection.execute("PRAGMA application_id").fetchone()[0] == PROJECT.application_id
    assert project.connection.execute("PRAGMA user_version").fetchone()[0] == VERSION


def test_what_is_no_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / DATABASE).touch()
    with pytest.raises(ReviewError, match=r"the file is empty\. `lhs-nlp review init .*other` makes a project of it"):
        Project(tmp_path / "other")
    with closing(sqlite3.connect(tmp_path / "other" / DATABASE)) as another:
        another.execute("CREATE TABLE patients (name TEXT)")
    with pytest.raises(ReviewError, match="not of a review project"):
        Project(tmp_path / "other")
    (tmp_path / "other" / DATABASE).write_text("no database at all, but long enough to be looked at " * 20)
    with pytest.raises(ReviewError, match="it is no database"):
        Project(tmp_path / "other")


def test_project_of_a_newer_version_is_refused(project: Project) -> None:
    project.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(ReviewError, match="newer version"):
        Project(project.folder)


def test_records_of_an_older_version_are_read_anew_from_their_fields(project: Project, exports: list[Path]) -> None:
    read = [record.reference for record in project.records()]
    project.connection.execute("UPDATE records SET title = 'Tea', doi = NULL, authors = '[]' WHERE id IN (1, 3)")
    project.connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
    project.connection.execute(f"PRAGMA user_version = {READ_BETTER - 1}")
    with Project(project.folder) as opened:
        assert [record.reference for record in opened.records()] == read
        assert numbers(opened, publications=True) == [1, 2, 4]
        words = opened.connection.execute("SELECT rowid FROM words WHERE words MATCH 'checklists'").fetchall()
        assert [row[0] for row in words] == [1, 3, 5]
        assert reread(opened.connection) == 0


def test_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "review.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE reviews (id INTEGER PRIMARY KEY)")
    before = path.read_bytes()
    with pytest.raises(ReviewError, match="there is a project already"):
        Project(tmp_path, new=True)
    assert path.read_bytes() == before


def test_duplicates_of_an_older_version_are_worked_out_again(project: Project) -> None:
    project.work_out_duplicates()
    project.connection.execute("UPDATE publications SET publication_id = 1")
    project.connection.execute(f"PRAGMA user_version = {READ_BETTER - 1}")
    with Project(project.folder) as opened:
        assert numbers(opened, publications=True) == [1, 2, 4]


def test_nothing_is_lost_or_doubled_when_adding_is_killed(tmp_path: Path) -> None:
    article = "TY  - JOUR\nTI  - Falls in ward {0} of hospital {1}\nPY  - 2020\nER  -\n\n"
    files = [tmp_path / f"{letter}.ris" for letter in "abc"]
    for path in files:
        path.write_text("".join(article.format(at, path.stem) for at in range(300)), encoding="utf-8")
    Project(tmp_path / "p", new=True).close()
    for _ in range(3):
        process = start("review", "add", tmp_path / "p", *files)
        assert process.stdout is not None
        process.stdout.readline()  # one file more is told, and so is stored
        process.send_signal(signal.SIGKILL)
        process.communicate()
    with Project(tmp_path / "p") as project:
        assert count(project, "records") % 300 == 0
        for path in files:
            add_file(project, path, "ana")
        assert (len(numbers(project)), count(project, "sources")) == (900, 3)


@pytest.mark.shared
class TestRealExports:
    pytestmark = needs_shared

    def test_are_the_same_when_written_and_read_again(self, tmp_path: Path) -> None:
        from lhs_nlp.references import write_references
        from lhs_nlp.review.project.exporting import references_of

        files = sorted((SHARED / "references").glob("*.ris"))
        with Project(tmp_path / "p", new=True) as project:
            for path in files:
                add_file(project, path, "ana")
            kept = references_of(project, merge=False)
            merged = references_of(project, merge=True)
        write_references(kept, tmp_path / "kept.ris")
        again = read_references(tmp_path / "kept.ris").records
        assert [reference.fields for reference in again] == [reference.fields for reference in kept]
        assert (len(kept), len(merged)) == (1090, 843)
