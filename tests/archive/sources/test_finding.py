from __future__ import annotations

import os
from pathlib import Path

import pytest

from lhs_nlp.archive.sources import Ignored, find
from lhs_nlp.documents import Limits
from lhs_nlp.errors import LhsNlpError
from tests.archive.sources.loading import load
from tests.documents.word_writer import write_zip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for name in ("b/2.html", "b/1.TXT", "a.md", ".hidden.txt", ".git/3.txt", "~$open.docx", "picture.png", "table.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def test_folder_gives_its_documents_in_order_and_says_what_it_leaves_out(folder: Path) -> None:
    loaded = load(folder)
    assert list(loaded.contents) == ["archive/a.md", "archive/b/1.TXT", "archive/b/2.html"]
    assert loaded.contents["archive/a.md"] == b"a.md"
    assert loaded.ignored == ["archive/picture.png", "archive/table.csv"]
    assert loaded.reasons == {}


def test_pattern_gives_what_it_matches(folder: Path) -> None:
    assert list(load(f"{folder}/**/*.html").contents.values()) == [b"b/2.html"]
    loaded = load(f"{folder}/b/*", f"{folder}/*")
    assert list(loaded.contents.values()) == [b"b/1.TXT", b"b/2.html", b"a.md"]
    assert loaded.ignored == ["b", "picture.png", "table.csv"]


def test_pattern_that_matches_folders_alone_says_how_to_name_what_is_in_them(folder: Path) -> None:
    named = f"{folder}/[b]"
    assert load(named).messages == [f"{named}: matches folders alone; for the files in them, put /** behind it."]
    assert list(load(f"{named}/**").contents.values()) == [b"b/1.TXT", b"b/2.html"]


def test_file_named_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "[draft]*.txt").write_bytes(b"x")
    assert list(load(tmp_path / "[draft]*.txt").contents) == ["[draft]*.txt"]


def test_file_named_by_itself_is_tried_whatever_its_suffix(folder: Path) -> None:
    assert load(folder / "picture.png").contents == {"picture.png": b"picture.png"}


def test_archives_in_a_folder_are_opened(folder: Path) -> None:
    (folder / "old.zip").write_bytes(write_zip({"x/1.txt": b"one", "2.png": b"two"}))
    loaded = load(folder)
    assert loaded.contents["archive/old.zip/x/1.txt"] == b"one"
    assert "archive/old.zip/2.png" in loaded.ignored


def test_tables_in_a_folder_are_read_when_their_column_is_named(folder: Path) -> None:
    (folder / "table.csv").write_text("id,text\nA,one\n", encoding="utf-8")
    assert load(folder, text="text").contents["archive/table.csv#1"] == b"one"


def test_table_named_without_its_column_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(LhsNlpError, match=r"table\.csv: is a table; name the column .* with --text-column"):
        load(folder / "table.csv")


def test_json_in_one_piece_is_no_table_and_no_document_beside_the_column_of_a_table(folder: Path) -> None:
    (folder / "rows.json").write_text('[{"text": "Falls fell."}]', encoding="utf-8")
    loaded = load(folder / "rows.json", text="text")
    assert (loaded.contents, loaded.reasons) == ({}, {"rows.json": "unsupported"})
    assert "save it as JSON lines (.jsonl)" in loaded.messages[0]
    assert "archive/rows.json" in load(folder, text="text").ignored


@pytest.mark.parametrize("name", ["none.pdf", "none/", "no*thing", "none.zip", "none.csv", "none.json"])
def test_what_is_not_there_is_a_failure(tmp_path: Path, name: str) -> None:
    loaded = load(f"{tmp_path}/{name}", text="text")
    assert list(loaded.reasons.values()) in (["not_found"], ["empty"])


def test_source_without_documents_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    loaded = load(tmp_path)
    assert list(loaded.reasons.values()) == ["empty"]
    assert "holds no documents (.pdf, .docx," in loaded.messages[0]


def test_large_file_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "zeros.txt").open("wb") as file:
        file.truncate(1 << 40)
    loaded = load(folder)
    assert loaded.reasons == {"archive/zeros.txt": "too_large"}
    assert "1,099,511.628 MB, over the limit of 100 MB; raise it with --max-megabytes" in loaded.messages[0]


def test_file_that_grows_after_it_was_found_is_refused(folder: Path) -> None:
    items = find([str(folder / "a.md")], limits=Limits(megabytes=0.001))
    item = next(items)
    (folder / "a.md").write_bytes(bytes(2000))
    with pytest.raises(Exception, match="over the limit"):
        item.load()  # type: ignore[union-attr]


def test_pipes_devices_and_broken_links_are_failures(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    assert load(folder).reasons == {
        "archive/pipe.txt": "unsupported",
        "archive/zero.txt": "unsupported",
        "archive/gone.txt": "not_found",
        "archive/loop.txt": "not_found",
    }


def test_several_sources_come_one_after_the_other(folder: Path) -> None:
    assert list(load(folder / "b", folder / "a.md").contents) == ["b/1.TXT", "b/2.html", "a.md"]


@pytest.mark.parametrize("name", ["a::b.txt", "x:y.txt", "memory::b.txt"])
def test_file_whose_name_looks_like_a_url_is_a_file(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / name).write_bytes(b"Falls fell.")
    assert load(name).contents == {name: b"Falls fell."}


def test_folder_that_a_pattern_matches_beside_files_is_told(folder: Path) -> None:
    assert Ignored(f"{folder}/b", is_folder=True) in list(find([f"{folder}/*"]))
    assert not any(isinstance(each, Ignored) and each.is_folder for each in find([f"{folder}/**"]))
