from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lhs_nlp.archive import Account, Options, Store, StoreError, tag_archive
from lhs_nlp.archive.sources import Columns
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.report.failure import Failure
from lhs_nlp.tagger import Tagger
from tests.archive.conftest import Tag
from tests.archive.filling import EQUITY, NOTHING, SAFETY, VALUE, other_model
from tests.archive.places import sources
from tests.archive.rows import rows
from tests.toy import ToyEncoder, toy_tagger


def encoder(tagger: Tagger) -> ToyEncoder:
    assert isinstance(tagger.classifier.encoder, ToyEncoder)
    return tagger.classifier.encoder


def test_folder_is_tagged_as_each_file_alone(folder: Path, path: Path, tag: Tag) -> None:
    account = tag(folder)
    assert (account.tagged, account.skipped, account.failures) == (3, 0, 0)
    with Store(path, read_only=True) as store:
        for stored in store.summaries(store.tagging()):
            assert stored.summary == toy_tagger().tag(stored.sources[0].name)
        assert store.count(store.tagging()) == 3
        (run,) = store.runs()
    assert (run.outcome, run.tagged, run.named) == ("finished", 3, (str(folder),))


def test_rerun_does_nothing(folder: Path, path: Path, tag: Tag) -> None:
    tag(folder)
    before, tagger = rows(path), toy_tagger()
    account = tag(folder, tagger=tagger)
    assert (account.tagged, account.skipped, account.failures) == (0, 3, 0)
    assert encoder(tagger).calls == []
    assert rows(path) == before


def test_rerun_takes_what_is_new_and_what_changed(folder: Path, path: Path, tag: Tag) -> None:
    tag(folder)
    (folder / "d.txt").write_text(SAFETY, encoding="utf-8")
    (folder / "2020" / "b.txt").write_text(EQUITY, encoding="utf-8")
    account = tag(folder)
    assert (account.tagged, account.skipped) == (2, 2)
    assert len(sources(path)) == 4


def test_passage_that_documents_repeat_is_encoded_once(folder: Path, tag: Tag) -> None:
    tagger = toy_tagger()
    tag(folder, tagger=tagger)
    encoded = [text for call in encoder(tagger).calls for text in call]
    assert len(encoded) == len(set(encoded))


def test_same_content_is_read_once_and_has_all_its_places(folder: Path, path: Path, tag: Tag) -> None:
    shutil.copy(folder / "a.md", folder / "z.md")
    account = tag(folder)
    assert (account.tagged, account.skipped) == (3, 1)
    with Store(path, read_only=True) as store:
        places = [len(stored.sources) for stored in store.summaries(store.tagging())]
    assert sorted(places) == [1, 1, 2]


def test_first_of_rows_with_the_same_id_counts_in_every_run(tmp_path: Path, path: Path, tag: Tag) -> None:
    table = tmp_path / "t.csv"
    columns = Columns("text", "id")
    table.write_text(f"id,text\nA,{VALUE}\n", encoding="utf-8")
    tag(table, columns=columns)
    table.write_text(f"id,text\nA,{SAFETY}\nA,{VALUE}\n", encoding="utf-8")
    for _ in range(2):
        account = tag(table, columns=columns)
        assert dict(account.failed) == {"malformed": 1}
        with Store(path, read_only=True) as store:
            (stored,) = store.summaries(store.tagging())
        assert stored.summary.document.text == SAFETY


def test_table_without_its_column_ends_the_run_before_anything_is_done(folder: Path, path: Path, tag: Tag) -> None:
    (folder / "t.csv").write_text(f"id,text\nA,{SAFETY}\n", encoding="utf-8")
    tagger = toy_tagger()
    with pytest.raises(LhsNlpError, match="--text-column"):
        tag(folder, folder / "t.csv", tagger=tagger)
    assert encoder(tagger).calls == []


def test_what_comes_before_a_source_that_cannot_be_searched_is_tagged(folder: Path, path: Path, tag: Tag) -> None:
    with pytest.raises(LhsNlpError, match="cannot be opened"):
        tag(folder, "gopher://x")
    assert len(sources(path)) == 3
    with Store(path, read_only=True) as store:
        assert [run.outcome for run in store.runs()] == ["stopped"]


def test_other_model_leaves_results_alone_unless_it_is_told_to_tag_again(folder: Path, path: Path, tag: Tag) -> None:
    tag(folder)
    (folder / "new.txt").write_text(f"{SAFETY} And more.", encoding="utf-8")
    account = tag(folder, tagger=other_model())
    assert (account.tagged, account.skipped, account.others) == (1, 3, 3)
    assert "--retag" in "\n".join(account.lines())
    shutil.rmtree(folder / "2020")  # what the store holds is not read again
    account = tag(folder, tagger=other_model(), retag=True)
    assert (account.tagged, account.skipped) == (1, 1)
    assert sources(path, "toy-1") == [str(folder / "2020/b.txt"), str(folder / "2020/c.txt"), str(folder / "a.md")]
    assert sources(path, "toy-2") == [str(folder / "a.md"), str(folder / "new.txt")]


def test_rows_of_a_table_are_documents_with_metadata(tmp_path: Path, path: Path, tag: Tag) -> None:
    table = tmp_path / "grants.csv"
    table.write_text(f"id,abstract,year,funder\nG1,{SAFETY},2019,Trust\nG2,{VALUE},2020,\n", encoding="utf-8")
    assert tag(table, columns=Columns("abstract", "id")).tagged == 2
    with Store(path, read_only=True) as store:
        first, second = store.summaries(store.tagging())
    assert (first.summary.document.source, first.metadata) == (f"{table}#G1", {"year": "2019", "funder": "Trust"})
    assert second.metadata == {"year": "2020"}


def test_title_of_a_row_is_what_its_table_says(tmp_path: Path, path: Path, tag: Tag) -> None:
    table = tmp_path / "grants.csv"
    rows = f"Fewer falls,{SAFETY}\nN/A,{VALUE}\n,{SAFETY} {VALUE}\n"
    table.write_text(f"Project Title,abstract\n{rows}", encoding="utf-8")
    assert tag(table, columns=Columns("abstract")).tagged == 3
    with Store(path, read_only=True) as store:
        titles = [each.summary.document.title for each in store.summaries(store.tagging())]
    assert titles == ["Fewer falls", None, None]


def test_full_disk_ends_the_run_and_the_same_call_goes_on(folder: Path, path: Path, tag: Tag) -> None:
    noise = " ".join(f"word{number * 7919 % 100_003}" for number in range(8_000))
    (folder / "zz.txt").write_text(noise, encoding="utf-8")
    with Store(path) as store:
        store.connection.execute(
            f"PRAGMA max_page_count = {store.connection.execute('PRAGMA page_count').fetchone()[0] + 10}"
        )
        with pytest.raises(StoreError, match="disk is full"):
            tag_archive([str(folder)], store, toy_tagger(), Options(workers=1))
    rows(path)
    account = tag(folder)
    assert account.tagged + account.skipped == 4
    assert len(sources(path)) == 4


def test_callbacks_hear_of_failures_and_of_the_account(folder: Path, path: Path) -> None:
    (folder / "bad.txt").write_bytes(b" ")
    failures: list[Failure] = []
    seen: list[int] = []
    with Store(path) as store:
        tag_archive(
            [str(folder)],
            store,
            toy_tagger(),
            Options(workers=1),
            on_failure=failures.append,
            on_progress=lambda account: seen.append(account.seen),
        )
    assert [failure.reason for failure in failures] == ["empty"]
    assert seen == sorted(seen)
    assert seen[-1] == 4


def test_interrupted_run_says_so_and_is_taken_up(folder: Path, path: Path, tag: Tag) -> None:
    def interrupt(account: Account) -> None:
        raise KeyboardInterrupt

    with Store(path) as store, pytest.raises(KeyboardInterrupt):
        tag_archive([str(folder)], store, toy_tagger(), Options(workers=1), on_progress=interrupt)
    tag(folder)
    with Store(path, read_only=True) as store:
        first, second = store.runs()
        assert store.count(store.tagging()) == 3
    assert (first.outcome, second.outcome) == ("interrupted", "finished")


def test_two_runs_at_once_give_what_one_gives(folder: Path, path: Path, tmp_path: Path) -> None:
    for number in range(12):
        (folder / f"{number}.txt").write_text(f"{SAFETY} Number {number}.\n\n{NOTHING}", encoding="utf-8")
    runs = [
        subprocess.Popen([sys.executable, "-m", "tests.archive.killable", folder, path], cwd=Path(__file__).parents[2])
        for _ in range(2)
    ]
    assert [run.wait() for run in runs] == [0, 0]
    with Store(tmp_path / "alone.sqlite") as store:
        tag_archive([str(folder)], store, toy_tagger(), Options(workers=1))
    assert rows(path) == rows(tmp_path / "alone.sqlite")


def test_account_says_what_became_of_everything() -> None:
    account = Account(tagged=1200, skipped=30, others=4, lost=1)
    account.failed.update({"encrypted": 2, "timeout": 1})
    for name in ("a.png", "b.PNG", "c"):
        account.ignore(name)
    assert account.lines() == [
        "Tagged 1,200, skipped 30 (there already, or copies), failed 3.",
        "Failed: encrypted 2, timeout 1.",
        "Of the failed, read in an earlier run: 1; what was found there then is shown no more.",
        "Of the skipped, tagged by another model, or for another framework, alone: 4; "
        "--retag tags them by this one, too.",
        "Left out by their names: .png 2, without a suffix 1.",
    ]
