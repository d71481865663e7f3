"""JSON lines of labels and predictions, each with the place to name when it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from lhs_nlp.errors import GoldError


@dataclass(frozen=True, slots=True)
class Line:
    """One object of a file of JSON lines.

    Attributes
    ----------
    id
        Its `id` as text.
    data
        The whole object.
    place
        File and line, e.g. ``gold.jsonl:12``.
    """

    id: str
    data: dict[str, Any]
    place: str

    def name(self, key: str) -> str:
        """Return an id, text or number, as text; raise GoldError when it is missing or blank."""
        return _name(self.data, key, self.place)

    def mapping(self, key: str) -> dict[str, Any]:
        """Return an object; raise GoldError when it is missing or something else."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise GoldError(f"{self.place}: `{key}` must be an object, not {_shown(self.data, key)}.")
        return value


def read_lines(path: str | Path, leave_out: str | None = None) -> list[Line]:
    """Read a file of JSON lines with unique ids; blank lines are skipped.

    Parameters
    ----------
    path
        The file, UTF-8.
    leave_out
        Objects that have this key are left out.

    Raises
    ------
    GoldError
        The file cannot be read, is empty, or a line is not an object with an `id` of its own.
    """
    with opened(path) as file:
        return parse_lines(file, path, leave_out)


def parse_lines(lines: Iterable[str], path: str | Path, leave_out: str | None = None) -> list[Line]:
    """Parse the lines of an open file as `read_lines` does; the path is for messages."""
    parsed = by_id(_parsed(lines, path, leave_out))
    if not parsed:
        raise GoldError(f"{path}: holds no labels or predictions; it should hold one JSON object a line.")
    return parsed


@contextmanager
def opened(path: str | Path) -> Iterator[TextIO]:
    """Open a file of labels or predictions; raise GoldError when it cannot be read."""
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            yield file
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: is not UTF-8 text.") from error
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror}).") from error


def by_id(lines: Iterable[Line]) -> list[Line]:
    """Return lines; raise GoldError when an id comes twice."""
    found: dict[str, Line] = {}
    for line in lines:
        if line.id in found:
            raise GoldError(f"{line.place}: id {line.id!r} stands in {found[line.id].place} already.")
        found[line.id] = line
    return list(found.values())


def check_known(value: object, known: Sequence[str], what: str, place: str) -> str:
    """Return an id that is one of the known ones; raise GoldError when it is not."""
    if not isinstance(value, str) or value not in known:
        raise GoldError(f"{place}: {what} {value!r} is none of {', '.join(known)}.")
    return value


def _parsed(lines: Iterable[str], path: str | Path, leave_out: str | None) -> Iterator[Line]:
    for number, text in enumerate(lines, 1):
        place = f"{path}:{number}"
        if text.strip() and leave_out not in (data := _object(text, place)):
            yield Line(_name(data, "id", place), data, place)


def _object(text: str, place: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{place}: is not JSON.") from error
    if not isinstance(data, dict):
        raise GoldError(f"{place}: must be an object with an `id`.")
    return data


def _name(data: dict[str, Any], key: str, place: str) -> str:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise GoldError(f"{place}: `{key}` must be text or a whole number, not {_shown(data, key)}.")
    return str(value)


def _shown(data: dict[str, Any], key: str) -> str:
    return f"{str(data[key])[:40]!r}" if key in data else "missing"
