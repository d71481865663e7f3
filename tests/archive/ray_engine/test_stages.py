from __future__ import annotations

import hashlib
import pickle
import zipfile
from pathlib import Path

from lhs_nlp.archive.feed import Known, Repeat
from lhs_nlp.archive.ray_engine.contents import Contents, keys_of
from lhs_nlp.archive.ray_engine.stages import Refused, Ticket, listed, loaded, portions
from lhs_nlp.archive.reading import Failed, Task
from lhs_nlp.archive.sources import NO_COLUMNS, Columns, Ignored
from lhs_nlp.archive.store import Source
from lhs_nlp.documents import DEFAULT_LIMITS
from tests.archive.filling import SAFETY, VALUE


def entries(named: Path, contents: Contents | None = None, columns: Columns = NO_COLUMNS) -> list[object]:
    contents = contents or Contents(keys_of([]), keys_of([]))
    return list(loaded(listed(0, str(named), columns, DEFAULT_LIMITS), contents.ask))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_everything_in_a_folder_becomes_a_task_or_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAFETY)
    (tmp_path / "b.txt").write_text(SAFETY)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    task, repeat, failed, ignored = entries(tmp_path)
    assert isinstance(task, Task)
    assert (task.source.name, task.data, task.sha256) == (str(tmp_path / "a.txt"), SAFETY.encode(), sha256(SAFETY))
    assert isinstance(repeat, Repeat)
    assert repeat.sha256 == task.sha256
    assert isinstance(failed, Failed)
    assert failed.reason == "not_found"
    assert isinstance(ignored, Ignored)


def test_content_that_was_tagged_before_is_no_task(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAFETY)
    (tmp_path / "b.txt").write_text(VALUE)
    known, other = entries(tmp_path, Contents(keys_of([sha256(SAFETY)]), keys_of([sha256(VALUE)])))
    assert isinstance(known, Known)
    assert not known.other
    assert isinstance(other, Known)
    assert other.other


def test_file_is_loaded_by_the_task_that_needs_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SAFETY)
    (ticket,) = listed(0, str(path), NO_COLUMNS, DEFAULT_LIMITS)
    path.write_text(VALUE)
    (task,) = loaded([ticket], Contents(keys_of([]), keys_of([])).ask)
    assert isinstance(task, Task)
    assert task.data == VALUE.encode()


def test_member_of_an_archive_goes_to_another_machine_with_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/a.txt", SAFETY)
    (ticket,) = [pickle.loads(pickle.dumps(each)) for each in listed(0, str(path), NO_COLUMNS, DEFAULT_LIMITS)]  # noqa: S301
    path.unlink()
    (task,) = loaded([ticket], Contents(keys_of([]), keys_of([])).ask)
    assert isinstance(task, Task)
    assert (task.source.name, task.data) == (f"{path}/in/a.txt", SAFETY.encode())


def test_row_of_a_table_keeps_its_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id,text,year\nx,{SAFETY},2020\n")
    (task,) = entries(path, columns=Columns("text", "id"))
    assert isinstance(task, Task)
    assert (task.source.name, task.source.metadata, task.is_text) == (f"{path}#x", {"year": "2020"}, True)


def test_number_of_a_ticket_is_the_same_when_the_search_is_done_again(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(SAFETY)
    first, again = (list(listed(3, str(tmp_path), NO_COLUMNS, DEFAULT_LIMITS)) for _ in range(2))
    numbers = [ticket.number for ticket in first if isinstance(ticket, Ticket)]
    assert numbers == [ticket.number for ticket in again if isinstance(ticket, Ticket)] == ["3:0", "3:1", "3:2"]


def test_table_without_a_text_column_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n")
    (refused,) = entries(path)
    assert isinstance(refused, Refused)
    assert "--text-column" in refused.message


def test_portion_holds_a_few_things_and_fewer_that_weigh_much() -> None:
    light = Ignored("picture.png")
    heavy = Task(Source("a.txt"), bytes(20_000_000), "0" * 64)
    assert [len(some) for some in portions([light] * 20)] == [16, 4]
    assert [len(some) for some in portions([heavy] * 5)] == [2, 2, 1]
