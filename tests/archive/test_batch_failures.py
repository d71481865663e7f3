from __future__ import annotations

import os
import shutil
from pathlib import Path

from lhs_nlp.archive import Store
from lhs_nlp.archive.sources import Columns
from lhs_nlp.documents import Limits
from tests.archive.conftest import Tag
from tests.archive.filling import SAFETY, VALUE
from tests.archive.places import failures, sources
from tests.archive.readers import DIE, HANG, READ
from tests.documents.word_writer import write_zip
from tests.toy import toy_tagger


def test_file_that_cannot_be_read_is_a_row_and_the_others_go_on(folder: Path, path: Path, tag: Tag) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    shutil.copy(folder / "bad.pdf", folder / "worse.pdf")
    account = tag(folder)
    assert (account.tagged, dict(account.failed)) == (3, {"malformed": 2})
    with Store(path, read_only=True) as store:
        first, second = store.failures()
    assert first.message.startswith(f"{folder / 'bad.pdf'}: a damaged or truncated PDF")
    assert second.message.startswith(f"{folder / 'worse.pdf'}: a damaged or truncated PDF")


def test_failure_is_tried_again_and_ends_when_it_is_mended(folder: Path, path: Path, tag: Tag) -> None:
    (folder / "bad.txt").write_bytes(b" ")
    assert tag(folder).failed == {"empty": 1}
    (folder / "bad.txt").write_text(SAFETY, encoding="utf-8")
    assert tag(folder).tagged == 1
    with Store(path, read_only=True) as store:
        assert list(store.failures()) == []


def test_failure_of_an_archive_ends_when_it_is_mended(folder: Path, path: Path, tag: Tag) -> None:
    whole = write_zip({"in.txt": SAFETY.encode(), "bad.pdf": b"%PDF-1.7"})
    archive = folder / "new.zip"
    archive.write_bytes(whole[:40])
    tag(folder)
    assert failures(path) == [f"{archive}"]
    archive.write_bytes(whole)
    tag(folder)
    assert failures(path) == [f"{archive}/bad.pdf"]
    archive.write_bytes(whole[:40])
    tag(folder)
    assert failures(path) == [f"{archive}", f"{archive}/bad.pdf"]  # which was not looked at
    archive.write_bytes(write_zip({"in.txt": SAFETY.encode()}))
    tag(folder)
    assert failures(path) == []


def test_failure_of_a_table_ends_when_its_column_is_named_well(tmp_path: Path, path: Path, tag: Tag) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"id,abstract\nA,{SAFETY}\nA,{VALUE}\n", encoding="utf-8")
    tag(table, columns=Columns("abstrct", "id"))
    assert failures(path) == [f"{table}"]
    tag(table, columns=Columns("abstract", "id"))
    assert failures(path) == [f"{table}#row 2"]
    table.write_text(f"id,abstract\nA,{SAFETY}\nB,{VALUE}\n", encoding="utf-8")
    tag(table, columns=Columns("abstract", "id"))
    assert failures(path) == []


def test_failure_of_an_empty_folder_ends_when_something_is_in_it(tmp_path: Path, path: Path, tag: Tag) -> None:
    (tmp_path / "new").mkdir()
    tag(f"{tmp_path}/new/")
    assert failures(path) == [f"{tmp_path}/new/"]
    (tmp_path / "new" / "a.txt").write_text(SAFETY, encoding="utf-8")
    tag(f"{tmp_path}/new/")
    assert failures(path) == []


def test_failure_stays_when_a_run_stops_before_its_end(folder: Path, path: Path, tag: Tag) -> None:
    (folder / "old.pdf").write_bytes(b"%PDF-1.7")
    tag(folder)
    (folder / "old.pdf").unlink()
    (folder / "new.pdf").write_bytes(b"%PDF-1.7")
    tag(folder, fail_fast=True)
    assert failures(path) == [f"{folder}/new.pdf", f"{folder}/old.pdf"]
    tag(folder)
    assert failures(path) == [f"{folder}/new.pdf"]


def test_row_that_was_emptied_has_no_result_any_more(tmp_path: Path, path: Path, tag: Tag) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"id,text\nA,{SAFETY}\nB,{VALUE}\n", encoding="utf-8")
    tag(table, columns=Columns("text", "id"))
    table.write_text(f"id,text\nA,\nB,{VALUE}\n", encoding="utf-8")
    tag(table, columns=Columns("text", "id"))
    assert sources(path) == [f"{table}#B"]
    assert failures(path) == [f"{table}#A"]


def test_file_that_grew_over_the_limit_has_no_result_until_it_is_read_again(folder: Path, path: Path, tag: Tag) -> None:
    tag(folder)
    small = toy_tagger()
    small.limits = Limits(megabytes=0.001)
    (folder / "a.md").write_text(f"{SAFETY}\n\n" * 20, encoding="utf-8")
    account = tag(folder, tagger=small)
    assert (account.skipped, dict(account.failed), account.lost) == (2, {"too_large": 1}, 1)
    assert f"{folder}/a.md" not in sources(path)
    assert failures(path) == [f"{folder}/a.md"]
    assert tag(folder).tagged == 1
    assert f"{folder}/a.md" in sources(path)


def test_files_that_hang_or_crash_their_reader_cost_only_themselves(folder: Path, path: Path, tag: Tag) -> None:
    (folder / "0.txt").write_bytes(HANG)
    (folder / "1.txt").write_bytes(DIE)
    account = tag(folder, read=READ, seconds=5, workers=2)
    assert (account.tagged, dict(account.failed)) == (3, {"timeout": 1, "crashed": 1})


def test_first_failure_ends_the_run_when_that_is_wanted(folder: Path, path: Path, tag: Tag) -> None:
    (folder / "0.txt").write_bytes(b" ")
    account = tag(folder, fail_fast=True)
    assert account.failures == 1
    with Store(path, read_only=True) as store:
        (run,) = store.runs()
    assert run.outcome == "stopped"
    assert tag(folder).tagged + account.tagged == 3


def test_folder_that_cannot_be_entered_is_a_failure(folder: Path, tag: Tag) -> None:
    (folder / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(folder / "pipe.txt")
    account = tag(folder)
    assert (account.tagged, dict(account.failed)) == (3, {"not_found": 1, "unsupported": 1})
