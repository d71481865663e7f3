from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from lhs_nlp.archive import Store
from lhs_nlp.passages import split_document
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.tagging import run
from lhs_nlp.review.tagging.results import results_of, results_path
from lhs_nlp.review.tagging.run import tag_project
from tests.archive.filling import other_model
from tests.toy import toy_tagger


class Stopped(Exception):
    pass


def add_record(project: Project, folder: Path, title: str, abstract: str) -> None:
    record = f"TY  - JOUR\nTI  - {title}\nAB  - {abstract}\nER  -\n"
    (folder / "more.ris").write_text(record, encoding="utf-8")
    add_file(project, folder / "more.ris", "ana")


def test_titles_and_abstracts_are_tagged_once(project: Project) -> None:
    done = tag_project(project, toy_tagger())
    assert (done.tagged, done.skipped, done.without_text) == (3, 0, 0)
    again = tag_project(project, toy_tagger())
    assert (again.tagged, again.skipped) == (0, 3)


def test_results_are_a_store_that_other_commands_read(project: Project) -> None:
    tag_project(project, toy_tagger())
    with Store(results_path(project), read_only=True) as store:
        (stored, *_) = store.summaries(store.tagging())
        assert stored.sources[0].name == "record 1"
        assert stored.metadata["doi"] == "10.1000/falls.1"
        assert [run.outcome for run in store.runs()] == ["finished"]


def test_record_that_was_joined_to_another_is_no_document_of_its_own_any_more(project: Project, tmp_path: Path) -> None:
    (tmp_path / "bare.ris").write_text("TY  - JOUR\nDO  - 10.1/bare\nER  -\n", encoding="utf-8")
    add_file(project, tmp_path / "bare.ris", "ana")

    def places() -> list[str]:
        with Store(results_path(project), read_only=True) as store:
            rows = store.connection.execute("SELECT name FROM sources UNION ALL SELECT source FROM failures")
            return [name for (name,) in rows]

    tag_project(project, toy_tagger())
    assert places() == ["record 1", "record 2", "record 4", "record 6"]
    for number in (2, 6):
        project.judge((1, number), "ana", same=True)
    tag_project(project, toy_tagger())
    assert places() == ["record 1", "record 4"]
    project.judge((1, 2), "ana", same=False)
    tag_project(project, toy_tagger())
    assert sorted(places()) == ["record 1", "record 2", "record 4"]


def test_run_that_was_stopped_is_taken_up(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int) -> None:
        if done == 2:
            raise Stopped

    monkeypatch.setattr("lhs_nlp.review.tagging.run.PASSAGES_PER_CALL", 1)
    with pytest.raises(Stopped):
        tag_project(project, toy_tagger(), stop)
    done = tag_project(project, toy_tagger())
    assert (done.tagged, done.skipped) == (1, 2)
    with Store(results_path(project), read_only=True) as store:
        assert [run.outcome for run in store.runs()] == ["stopped", "finished"]


def test_record_without_text_is_counted(project: Project, tmp_path: Path) -> None:
    (tmp_path / "bare.ris").write_text("TY  - JOUR\nDO  - 10.1/bare\nER  -\n", encoding="utf-8")
    add_file(project, tmp_path / "bare.ris", "ana")
    assert tag_project(project, toy_tagger()).without_text == 1


def test_results_are_found_by_text(project: Project) -> None:
    tag_project(project, toy_tagger())
    tagging, found = results_of(project)
    assert (tagging.model, len(found)) == ("toy-1", 3)


def test_another_model_quotes_the_passages_that_an_older_version_cut(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    abstract = "The group met in the library. It will cut falls on all wards by a third."
    add_record(project, tmp_path, "Minutes of a group", abstract)
    with monkeypatch.context() as older:
        older.setattr(run, "split_document", partial(split_document, shortest=1, longest=8))
        tag_project(project, toy_tagger())
    tag_project(project, other_model())
    with Store(results_path(project), read_only=True) as store:
        first, second = ([found.summary.findings for found in store.summaries(each)] for each in store.taggings())
    assert first == second


def test_title_is_no_part_of_the_first_passage_of_the_abstract(project: Project, tmp_path: Path) -> None:
    title = "Telephone calls to older people and their families after discharge: a before-and-after study"
    abstract = "We called people within two days. Falls at home were fewer than in the year before."
    add_record(project, tmp_path, title, abstract)
    tag_project(project, toy_tagger())
    with Store(results_path(project), read_only=True) as store:
        texts = [text for (text,) in store.connection.execute("SELECT text FROM passages")]
    assert abstract in texts
