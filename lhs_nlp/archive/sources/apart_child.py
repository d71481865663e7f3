"""The process that reads a table: see `apart`."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from lhs_nlp.archive.reading.confinement import leave_interrupts, limit_memory, own_output, set_alarm
from lhs_nlp.archive.reading.messages import READY, json_from_bytes, json_to_bytes, out_of_memory, receive, send
from lhs_nlp.archive.sources.cells import Cells, reader_of
from lhs_nlp.archive.sources.types import LONGEST_METADATA, Bounds, Columns, File
from lhs_nlp.documents import Limits
from lhs_nlp.documents.cells import cell_text
from lhs_nlp.errors import ReadError

_ROWS = 200
_CHARACTERS = 1_000_000
_PART = 1_000_000


def main() -> None:
    """Read one table, and say what is in its rows, or why it cannot be read."""
    leave_interrupts()
    tasks, answers = sys.stdin.buffer, own_output()
    with contextlib.suppress(EOFError, BrokenPipeError):
        order = json_from_bytes(receive(tasks))
        bounds = Bounds(**order["bounds"])
        with contextlib.suppress(ImportError):  # reading will say so
            _load_libraries(order["path"])
        limit_memory(bounds.megabytes)
        send(answers, READY)
        other = _Other(tasks, answers, bounds.seconds)
        for answer in _answers(order, other, bounds):
            other.say(answer)


class _Other:
    """The program that started this one; while it is waited for, no time is counted."""

    def __init__(self, tasks: BinaryIO, answers: BinaryIO, seconds: float) -> None:
        self._tasks, self._answers, self._seconds = tasks, answers, seconds
        set_alarm(seconds)

    def say(self, answer: object) -> None:
        set_alarm(None)
        send(self._answers, json_to_bytes(answer))
        set_alarm(self._seconds)

    def part(self, at: int, most: int) -> bytes:
        self.say({"at": at, "most": most})
        set_alarm(None)
        part = receive(self._tasks)
        set_alarm(self._seconds)
        return part


class _DistantFile(io.RawIOBase):
    """A file that the other program has open."""

    def __init__(self, other: _Other, size: int) -> None:
        self._other, self._size, self._at = other, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        part = self._other.part(self._at, min(len(buffer), _PART)) if self._at < self._size else b""
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


def _load_libraries(path: str) -> None:
    """Load what is loaded on first use: that is no part of the limit."""
    if not path.lower().endswith(".parquet"):
        import openpyxl  # noqa: F401

        return
    import pyarrow as pa
    import pyarrow.parquet

    # The others reserve more than they need, which counts as taken.
    pa.set_memory_pool(pa.system_memory_pool())


def _answers(order: dict[str, Any], other: _Other, bounds: Bounds) -> Iterator[dict[str, object]]:
    """Yield the rows in portions, then the end, or an error in its place."""
    name, columns, limits = order["name"], Columns(**order["columns"]), Limits(**order["limits"])

    def opened() -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_DistantFile(other, order["size"]), _PART))

    read = reader_of(order["path"])
    assert read is not None  # noqa: S101 - the caller asked `is_table`
    rows = _plain(read(File(name, opened, order["size"]), columns, limits), columns, limits)
    try:
        for portion in _portions(rows):
            yield {"rows": portion}
        yield {"end": True}
    except ReadError as error:
        caused = out_of_memory(name, bounds.megabytes) if isinstance(error.__cause__, MemoryError) else error
        yield _error(caused)
    except MemoryError:
        yield _error(out_of_memory(name, bounds.megabytes))
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:  # damaged tables make the libraries fail in many ways
        why = str(error) or type(error).__name__
        yield _error(ReadError(f"{name}: not read as a table ({why}); save it again.", "malformed"))


def _portions(rows: Iterator[tuple[object, int]]) -> Iterator[list[object]]:
    """Yield the rows in lists, short ones when they are long; also those before an error, then the error."""
    portion: list[object] = []
    weight = 0
    try:
        for row, characters in rows:
            portion.append(row)
            weight += characters
            if len(portion) == _ROWS or weight >= _CHARACTERS:
                yield portion
                portion, weight = [], 0
    except Exception:
        if portion:
            yield portion
        raise
    if portion:
        yield portion


def _plain(rows: Iterator[Cells], columns: Columns, limits: Limits) -> Iterator[tuple[dict[str, str] | list[str], int]]:
    """Yield each row as text, or why it is none, and its length."""
    for cells in rows:
        texts = {column: cell_text(cell) for column, cell in cells.items()}
        wanted = {column: texts.get(column, "") for column in (columns.text, columns.id) if column}
        if max(map(len, wanted.values()), default=0) > limits.characters:
            yield [f"a text of more than {limits.characters:,} characters.", "too_large"], 0
            continue
        others = {column: text.strip()[:LONGEST_METADATA] for column, text in texts.items() if text.strip()}
        row = {**others, **wanted}
        yield row, sum(map(len, row.values()))


def _error(error: ReadError) -> dict[str, object]:
    return {"error": [str(error), error.reason]}
