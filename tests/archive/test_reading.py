from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from lhs_nlp.archive.reading import Failed, Order, Reading, ReadingProcess, Task, readings
from lhs_nlp.archive.reading.messages import answer_from_bytes, answer_to_bytes
from lhs_nlp.archive.store import Source
from lhs_nlp.documents import Limits, read_bytes, read_text
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.passages import split_document
from tests.archive.filling import SAFETY, VALUE
from tests.archive.readers import DIE, EAT, FAIL, HANG, READ, VANISH
from tests.report.examples import hostile, proposal

ORDER = Order(READ, Limits(), seconds=120, megabytes=2000)


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    process = ReadingProcess(ORDER)
    yield process
    process.close()


def task(name: str, data: bytes, sha256: str = "0" * 64) -> Task:
    return Task(Source(name), data, sha256)


@pytest.mark.parametrize("example", [proposal, hostile])
def test_answer_survives_the_way(example: object) -> None:
    summary = example()  # type: ignore[operator]
    document = replace(summary.document, metadata=dict(summary.document.metadata))
    assert answer_from_bytes(answer_to_bytes((document, summary.passages))) == (document, summary.passages)


def test_document_is_read_as_in_this_process(process: ReadingProcess) -> None:
    data = f"# Aims\n\n{SAFETY}\n\n{VALUE}".encode()
    document = read_bytes(data, name="a.md")
    assert process.read(data, "a.md") == (document, split_document(document))


def test_text_of_a_row_is_read_as_plain_text(process: ReadingProcess) -> None:
    text = f"<html><body>{SAFETY}"
    answer = process.read(text.encode(), "t.csv#1", is_text=True)
    assert not isinstance(answer, ReadError)
    assert answer[0] == read_text(text, name="t.csv#1")


def test_name_that_is_not_utf8_is_told(process: ReadingProcess) -> None:
    answer = process.read(b"\x89PNG\r\n\x1a\n" + bytes(40), "caf\udce9.pdf")
    assert isinstance(answer, ReadError)
    assert str(answer) == "caf\udce9.pdf: not a document but a PNG picture."
    assert answer.reason == "unsupported"


@pytest.mark.parametrize(
    ("mark", "reason", "says"),
    [
        (DIE, "crashed", "the reader died on it"),
        (EAT, "out_of_memory", "needs more than 2,000 MB"),
        (VANISH, "out_of_memory", "the system ran out of memory"),
        (FAIL, "crashed", "the reader failed on it .KeyError"),
    ],
)
def test_file_that_hurts_its_reader_is_a_reason_and_the_next_is_read(
    process: ReadingProcess, mark: bytes, reason: str, says: str
) -> None:
    answer = process.read(mark, "evil.txt")
    assert isinstance(answer, ReadError)
    assert answer.reason == reason
    with pytest.raises(ReadError, match=f"evil.txt: {says}"):
        raise answer
    assert not isinstance(process.read(SAFETY.encode(), "good.txt"), ReadError)


def test_file_that_hangs_is_given_up_and_the_next_is_read() -> None:
    process = ReadingProcess(replace(ORDER, seconds=2))
    try:
        answer = process.read(HANG, "evil.txt")
        assert isinstance(answer, ReadError)
        assert (answer.reason, str(answer)) == (
            "timeout",
            "evil.txt: not read within 2 seconds; raise the limit with --timeout.",
        )
        process._order = ORDER  # that a slow machine has the time to start another one
        assert not isinstance(process.read(SAFETY.encode(), "good.txt"), ReadError)
    finally:
        process.close()


def test_process_that_cannot_start_is_a_sentence() -> None:
    process = ReadingProcess(replace(ORDER, read="tests.archive.no_such_module:read"))
    with pytest.raises(LhsNlpError, match="No process can read documents"):
        process.read(b"x", "a.txt")


def test_all_tasks_are_answered_and_the_rest_is_passed_on() -> None:
    feed: list[object] = [task(f"{at}.txt", f"{SAFETY} Number {at}.".encode()) for at in range(8)]
    feed[3:3] = [task("bad.txt", DIE), "not a task"]
    with readings(feed, ORDER, workers=2) as outcomes:
        answers = [outcome for outcome in outcomes if outcome is not None]
    read = [answer.source.name for answer in answers if isinstance(answer, Reading)]
    assert sorted(read) == [f"{at}.txt" for at in range(8)]
    assert [answer.reason for answer in answers if isinstance(answer, Failed)] == ["crashed"]
    assert "not a task" in answers


def test_feed_that_fails_is_heard_of() -> None:
    def feed() -> Iterator[object]:
        yield "first"
        raise LhsNlpError("No such column.")

    with readings(feed(), ORDER, workers=1) as outcomes, pytest.raises(LhsNlpError, match="No such column"):
        list(outcomes)


def test_leaving_early_ends_feed_and_processes() -> None:
    drawn = []

    def feed() -> Iterator[object]:
        for at in range(1_000_000):
            drawn.append(at)
            yield task(f"{at}.txt", SAFETY.encode())

    before = threading.active_count()
    with readings(feed(), ORDER, workers=1) as outcomes:
        assert next(outcome for outcome in outcomes if outcome is not None)
    assert len(drawn) < 1_000_000
    while threading.active_count() > before:
        time.sleep(0.01)
