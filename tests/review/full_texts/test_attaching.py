from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.archive import Store
from lhs_nlp.errors import ReviewError
from lhs_nlp.review.evidence.table import evidence_rows
from lhs_nlp.review.full_texts.attaching import Attached, attach_by_hand, attach_files
from lhs_nlp.review.full_texts.text import rival_lines
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.attachments import detach, full_texts
from lhs_nlp.review.project.publications import publications_of
from lhs_nlp.review.tagging.results import results_path
from lhs_nlp.review.tagging.run import tag_project
from tests.documents.pdf_writer import lines, write_pdf
from tests.toy import toy_tagger

TRIAL = """Checklists against falls in hospital wards: a stepped-wedge trial

Ada Okafor and Per Lindqvist. https://doi.org/10.1000/falls.1

Injuries from falls fell by a third after wards took up a shared checklist."""
SECOND_PAGE = "Serious injuries from falls fell by half in the second year."
WAITING = "Waiting times in outpatient clinics\n\nWaiting times fell to two days."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(write_pdf([lines(TRIAL), lines(SECOND_PAGE)]))
    (folder / "b.txt").write_text(WAITING, encoding="utf-8")
    (folder / "menu.txt").write_text("Soup.", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


def attached(project: Project, *named: Path) -> list[Attached]:
    return sorted(attach_files(project, named, "ana"), key=lambda one: one.name)


def test_every_document_of_a_folder_is_matched_or_told_why_not(project: Project, folder: Path) -> None:
    found = attached(project, folder)
    assert [(Path(one.name).name, one.kind, one.publications) for one in found] == [
        ("a.pdf", "matched", (1,)),
        ("b.txt", "matched", (4,)),
        ("broken.pdf", "failed", ()),
        ("menu.txt", "unmatched", ()),
    ]
    assert found[0].reason == "its DOI and its title"
    assert {number: text.path.name for number, text in full_texts(project).items()} == {1: "a.pdf", 4: "b.txt"}


def test_file_stays_with_the_record_that_it_names_when_records_are_parted_again(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    project.judge((2, 4), "ana", same=True)
    attached(project, folder / "b.txt")
    (folder / "b.txt").rename(tmp_path / "moved.txt")
    assert attached(project, tmp_path / "moved.txt")[0].publications == (2,)
    project.judge((2, 4), "ana", same=None)
    assert {number: text.path.name for number, text in full_texts(project).items()} == {4: "moved.txt"}


def test_attaching_again_changes_nothing(project: Project, folder: Path) -> None:
    attached(project, folder)
    again = attached(project, folder)
    assert [one.kind for one in again] == ["known", "known", "failed", "unmatched"]
    assert project.connection.execute("SELECT count(*) FROM full_texts").fetchone()[0] == 2


def test_files_that_were_moved_are_found_again(project: Project, folder: Path) -> None:
    attached(project, folder)
    attach_by_hand(project, 2, folder / "b.txt", "ana")
    moved = folder.rename(folder.with_name("library"))
    again = attached(project, moved)
    assert [(one.kind, one.publications) for one in again[:2]] == [("known", (1,)), ("known", (2, 4))]
    assert again[0].reason == f"attached before, and moved here from {folder / 'a.pdf'}"
    assert {text.path for text in full_texts(project).values()} == {moved / "a.pdf", moved / "b.txt"}
    assert tag_project(project, toy_tagger()).unread == ()
    assert attached(project, moved)[0].reason == "attached before"


def test_second_file_of_a_publication_is_ambiguous_and_a_copy_is_known(project: Project, folder: Path) -> None:
    (folder / "c.txt").write_text(TRIAL, encoding="utf-8")
    (folder / "d.pdf").write_bytes((folder / "a.pdf").read_bytes())
    kinds = {Path(one.name).name: one.kind for one in attached(project, folder)}
    assert (kinds["a.pdf"], kinds["c.txt"], kinds["d.pdf"]) == ("matched", "ambiguous", "known")


def test_file_is_attached_by_hand_to_any_record_of_a_publication_and_taken_back(project: Project, folder: Path) -> None:
    attach_by_hand(project, 5, folder / "menu.txt", "ben")
    assert full_texts(project)[1].path == folder / "menu.txt"
    assert detach(project, 3, "ana").path.name == "menu.txt"
    assert full_texts(project) == {}
    (row,) = project.connection.execute("SELECT attached_by, undone_by, matched_by FROM full_texts").fetchall()
    assert tuple(row) == ("ben", "ana", "said by hand")
    with pytest.raises(ReviewError, match="record 3 has no full text"):
        detach(project, 3, "ana")


def test_full_text_of_a_record_that_becomes_a_duplicate_is_the_publications(project: Project, folder: Path) -> None:
    attach_by_hand(project, 4, folder / "b.txt", "ana")
    project.judge((2, 4), "ana", same=True)
    assert [each.number for each in publications_of(project) if each.full_text] == [2]


def test_full_texts_of_records_that_were_joined_are_named_until_one_is_chosen(project: Project, folder: Path) -> None:
    attach_by_hand(project, 4, folder / "b.txt", "ana")
    attach_by_hand(project, 2, folder / "menu.txt", "ana")
    attach_by_hand(project, 2, folder / "a.pdf", "ana")
    assert list(rival_lines(project)) == []
    project.judge((2, 4), "ana", same=True)
    (line,) = rival_lines(project)
    assert f"{folder / 'a.pdf'} is read, and not {folder / 'b.txt'};" in line
    detach(project, 2, "ana")
    attach_by_hand(project, 2, folder / "b.txt", "ana")
    assert list(rival_lines(project)) == []
    attach_by_hand(project, 4, folder / "b.txt", "ana")
    assert list(rival_lines(project)) == []


def test_project_of_an_older_version_can_hold_full_texts(project: Project, folder: Path) -> None:
    project.connection.execute("DROP TABLE full_texts")
    project.connection.execute("PRAGMA user_version = 2")
    project.close()
    with Project(project.folder) as opened:
        attach_by_hand(opened, 4, folder / "b.txt", "ana")
        assert list(full_texts(opened)) == [4]


class TestTagging:
    def test_full_text_is_tagged_instead_of_the_abstract(self, project: Project, folder: Path) -> None:
        attached(project, folder)
        done = tag_project(project, toy_tagger())
        assert (done.tagged, done.unread) == (3, ())
        with Store(results_path(project), read_only=True) as store:
            found = {stored.sources[0].name: stored for stored in store.summaries(store.tagging())}
        assert found["record 1"].summary.document.pages == 2
        assert found["record 1"].metadata["full_text"] == str(folder / "a.pdf")
        assert found["record 2"].summary.document.format == "text"

    def test_evidence_tells_pages_and_what_was_read(self, project: Project, folder: Path) -> None:
        attached(project, folder)
        tag_project(project, toy_tagger())
        rows = {(row["record"], row["benefit"]): row for row in evidence_rows(project)}
        assert (rows[1, "safety"]["read"], rows[1, "safety"]["page"]) in [("full text", 1), ("full text", 2)]
        assert (rows[2, "safety"]["read"], rows[2, "safety"]["page"]) == ("title and abstract", None)

    def test_full_text_is_tagged_once(self, project: Project, folder: Path) -> None:
        attached(project, folder)
        tag_project(project, toy_tagger())
        again = tag_project(project, toy_tagger())
        assert (again.tagged, again.skipped) == (0, 3)

    def test_abstract_that_was_tagged_before_gives_way_to_the_full_text(self, project: Project, folder: Path) -> None:
        tag_project(project, toy_tagger())
        attached(project, folder)
        assert {row["read"] for row in evidence_rows(project)} == {"title and abstract"}
        done = tag_project(project, toy_tagger())
        assert (done.tagged, done.skipped) == (2, 1)
        assert {row["read"] for row in evidence_rows(project)} == {"full text", "title and abstract"}
        with Store(results_path(project), read_only=True) as store:
            assert len(list(store.summaries(store.tagging()))) == 3

    def test_abstract_is_tagged_where_the_full_text_is_gone_or_was_changed(
        self, project: Project, folder: Path
    ) -> None:
        attached(project, folder)
        (folder / "a.pdf").unlink()
        (folder / "b.txt").write_text("Another text.", encoding="utf-8")
        done = tag_project(project, toy_tagger())
        assert done.tagged == 3
        assert len(done.unread) == 2
        assert any("is not the file that was attached; attach it again" in message for message in done.unread)
        assert {row["read"] for row in evidence_rows(project)} == {"title and abstract"}
