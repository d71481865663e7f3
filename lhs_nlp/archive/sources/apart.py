"""Read a table in a process of its own, with limits of time and memory."""

from __future__ import annotations

import contextlib
import io
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from lhs_nlp.archive.reading.messages import json_from_bytes, json_to_bytes, receive, send
from lhs_nlp.archive.reading.process import deadline, death, greet, pipes, spawned
from lhs_nlp.archive.sources.cells import Cells
from lhs_nlp.archive.sources.types import Bounds, Columns, File
from lhs_nlp.documents import Limits
from lhs_nlp.errors import ReadError

_DYING = 2.0


def cells_apart(table: File, columns: Columns, limits: Limits, bounds: Bounds) -> Iterator[Cells | ReadError]:
    """Yield the rows of a table, cells as text; the process asks for the parts of the file that it needs.

    Raises
    ------
    ReadError
        The table is damaged, or took more time or memory than it may.
    LhsNlpError
        No process can be started.
    """
    with _opened(table, limits) as file:
        order = {
            "name": table.name,
            "path": table.path,
            "size": file.seek(0, io.SEEK_END),
            "columns": asdict(columns),
            "limits": asdict(limits),
            "bounds": asdict(bounds),
        }
        process = spawned("lhs_nlp.archive.sources.apart_child")
        try:
            greet(process, json_to_bytes(order))
            yield from _answers(process, file, table.name, bounds.seconds)
        finally:
            process.kill()
            with contextlib.suppress(OSError):
                process.communicate()


def _opened(table: File, limits: Limits) -> BinaryIO:
    """Open a table to be read from any place: of Parquet parts will do, of a workbook all is needed."""
    return table.seekable() if table.path.lower().endswith(".parquet") else io.BytesIO(table.load(limits))


def _answers(
    process: subprocess.Popen[bytes], file: BinaryIO, name: str, seconds: float
) -> Iterator[Cells | ReadError]:
    tasks, _ = pipes(process)
    while True:
        match _answer(process, name, seconds):
            case {"at": int(at), "most": int(most)}:
                file.seek(at)
                part = file.read(most)
                try:
                    send(tasks, part)
                except OSError:
                    continue  # it has died: the next answer says of what
            case {"rows": list(rows)}:
                yield from (ReadError(*row) if isinstance(row, list) else row for row in rows)
            case {"error": [str(message), str(reason)]}:
                raise ReadError(message, reason)
            case _:
                return


def _answer(process: subprocess.Popen[bytes], name: str, seconds: float) -> Any:  # noqa: ANN401
    """Return what a process says next; raise ReadError when it dies of the table, or takes too long."""
    late = False

    def give_up() -> None:
        nonlocal late
        late = True
        process.kill()

    with deadline(seconds, give_up):
        try:
            answer = json_from_bytes(receive(pipes(process)[1]))
        except (EOFError, OSError, ValueError):
            answer = None
    if answer is None or late:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_DYING)  # so that what it died of is told, and not that it was killed here
        process.kill()
        process.wait()
        raise death(process, name, seconds if late else None)
    return answer
