from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from lhs_nlp.documents import DEFAULT_LIMITS, Document, Limits, holds_text, read, read_bytes, read_text, reading
from lhs_nlp.errors import READ_REASONS, ReadError
from lhs_nlp.passages import split_document
from tests.documents.pdf_writer import lines, write_pdf
from tests.documents.samples import NAMES, PROSE, SAMPLES
from tests.shared import needs_shared, real_files

UNREADABLE: dict[str, tuple[bytes | None, Limits]] = {
    "not_found": (None, DEFAULT_LIMITS),
    "unsupported": (b"\x89PNG\r\n\x1a\n" + bytes(100), DEFAULT_LIMITS),
    "empty": (b" \n", DEFAULT_LIMITS),
    "encrypted": (write_pdf([lines(PROSE)], encrypted=True), DEFAULT_LIMITS),
    "scanned": (write_pdf([[]]), DEFAULT_LIMITS),
    "malformed": (SAMPLES["docx"][:-30], DEFAULT_LIMITS),
    "too_large": (b"word " * 1000, Limits(megabytes=0.001)),
}


def reason_of(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(ReadError) as raised:
        read(path, limits=limits)
    assert str(raised.value).endswith((".", "...", "`."))
    return raised.value.reason


def test_every_reason_is_tested() -> None:
    assert set(UNREADABLE) == set(READ_REASONS)


@pytest.mark.parametrize("reason", UNREADABLE)
def test_file_that_cannot_be_read_has_a_reason(reason: str, tmp_path: Path) -> None:
    data, limits = UNREADABLE[reason]
    path = tmp_path / "plan.pdf"
    if data is not None:
        path.write_bytes(data)
    assert reason_of(path, limits) == reason


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", SAMPLES)
def test_format_is_chosen_by_content_whatever_the_name(format: str, name: str) -> None:
    document = read_bytes(SAMPLES[format], name=name)
    assert document.format == format
    assert document.source == name
    assert PROSE in document.text


def test_file_and_its_bytes_give_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_bytes(SAMPLES["markdown"])
    assert read(path) == read_bytes(SAMPLES["markdown"], name=str(path)) == read(str(path))


def test_what_is_no_document_is_called_by_its_name() -> None:
    with pytest.raises(ReadError, match=r"plan.pdf: not a document but a PNG picture\.$") as raised:
        read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4000), name="plan.pdf")
    assert raised.value.reason == "unsupported"


def test_rich_text_is_no_plain_text() -> None:
    with pytest.raises(ReadError, match="save it as DOCX") as raised:
        read_bytes(b"{\\rtf1 Falls fell.}", name="plan.rtf")
    assert raised.value.reason == "unsupported"


def test_folder_pipe_and_impossible_names_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert reason_of(tmp_path) == "not_found"
    assert reason_of(tmp_path / "pipe") == "unsupported"
    assert reason_of("nul\x00name") == "not_found"
    assert reason_of("\ud800") == "not_found"
    assert reason_of("x" * 5000) == "not_found"


def test_limits_of_size_and_characters_are_kept_and_say_how_to_raise_them(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(SAMPLES["text"])
    assert reason_of(path, Limits(characters=10)) == "too_large"
    with pytest.raises(ReadError, match="--max-megabytes"):
        read(path, limits=Limits(megabytes=0.00001))
    path.write_bytes(b"word " * 240_001)
    with pytest.raises(ReadError, match=r"1\.2 MB, over the limit of 1\.1 MB"):
        read(path, limits=Limits(megabytes=1.1))
    with pytest.raises(ReadError, match="--max-pages"):
        read_bytes(SAMPLES["pdf"], name="plan.pdf", limits=Limits(pages=0))


def test_text_at_hand_becomes_a_document() -> None:
    assert read_text(PROSE, title="Plan").title == "Plan"
    assert read_text(f"{PROSE}\ud800").text == PROSE


@pytest.mark.parametrize(
    "title",
    [
        "Fewer falls",
        "Checklists against falls in the wards of nine hospitals of the north: a stepped-wedge trial",
        "Do checklists lower the number of falls in the wards of nine hospitals of the north, and what do they cost?",
    ],
)
def test_title_that_a_text_begins_with_is_no_part_of_its_first_passage(title: str) -> None:
    document = read_text(f"{title}\n\n{PROSE}", title=title)
    assert document.text == f"{title}\n\n{PROSE}"
    assert [passage.text for passage in split_document(document)] == [PROSE]


def test_title_alone_and_a_title_that_stands_nowhere_are_read() -> None:
    (passage,) = split_document(read_text("Fewer falls", title="Fewer falls"))
    assert passage.text == "Fewer falls"
    assert read_text(PROSE, title="Fewer falls").text == PROSE
    with pytest.raises(ReadError):
        read_text("---", title="---")


@pytest.mark.parametrize("blank", ["", " \n", " \u200b ", "---", " ***\n", "___\n\n===", "---\n---", "~~~\n~~~\n~~~"])
def test_spaces_invisible_characters_and_rules_are_blank(blank: str) -> None:
    assert not holds_text(blank)
    with pytest.raises(ReadError, match=r"^text: the text is missing or blank\.$") as raised:
        read_text(blank)
    assert raised.value.reason == "empty"


@pytest.mark.parametrize("text", ["x", "-", "--", "n/a", "- - -", "Falls\n---", "---\nFalls\n---"])
def test_what_is_more_than_rules_is_text(text: str) -> None:
    assert holds_text(text)
    assert read_text(text).text


class ShoutReader:
    """A reader of another package, for text that begins with an exclamation mark."""

    format = "shout"

    def matches(self, data: bytes, name: str) -> bool:
        return data.startswith(b"!")

    def read(self, data: bytes, name: str, limits: Limits) -> Document:
        return read_text(data[1:].decode().upper(), name=name)


class TestReadersOfOtherPackages:
    @pytest.fixture(autouse=True)
    def forgotten(self) -> Iterator[None]:
        """Look for readers anew in each test, and after the last."""
        reading._offered.cache_clear()
        yield
        reading._offered.cache_clear()

    def offer(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        point = EntryPoint("shout", value, reading.ENTRY_POINTS)
        monkeypatch.setattr(reading, "entry_points", lambda **_: (point,))

    def test_they_are_asked_before_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reader = ShoutReader()
        self.offer(monkeypatch, "shout:reader")
        monkeypatch.setattr(EntryPoint, "load", lambda _: reader)
        assert read_bytes(b"!falls fell", name="x.txt").text == "FALLS FELL"
        assert read_bytes(SAMPLES["text"], name="x.txt").format == "text"

    def test_one_that_cannot_be_loaded_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.offer(monkeypatch, "no_such_package:reader")
        with pytest.raises(ReadError, match="reader 'shout' of another package cannot be loaded"):
            read_bytes(SAMPLES["text"], name="x.txt")


class TestRealFiles:
    pytestmark = needs_shared

    @pytest.mark.parametrize("path", real_files("docx", "html", "jats"), ids=lambda path: path.name)
    def test_real_file_is_recognised_without_its_name(self, path: Path) -> None:
        assert read_bytes(path.read_bytes(), name="file").format == path.parent.name


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("https://example.org/a.pdf", "https://example.org/a.pdf: is an address, not a file; download it, or let"),
        (Path("s3://bucket/a.pdf"), "s3://bucket/a.pdf: is an address, not a file;"),
        ("We will cut falls by a third. " * 9, "We will cut falls by a third. We ...: is a text, not the name of a"),
        ("We will cut falls.\nAnd waits.", "We will cut falls. And waits. ...: is a text"),
        ("C:/reports/a.pdf", "C:/reports/a.pdf: cannot be opened (No such file or directory)."),
        ("a report of last year.pdf", "a report of last year.pdf: cannot be opened (No such file or directory)."),
    ],
)
def test_what_is_no_file_is_told_what_takes_it(named: str | Path, said: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(named)
    assert str(refused.value).startswith(said)
    assert refused.value.reason == "not_found"
