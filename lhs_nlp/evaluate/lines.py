"""JSON lines of labels and predictions, each with the place to name when it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    lines: dict[str, Line] = {}
    for line in _lines(Path(path), leave_out):
        if line.id in lines:
            raise GoldError(f"{line.place}: id {line.id!r} stands in {lines[line.id].place} already.")
        lines[line.id] = line
    if not lines:
        raise GoldError(f"{path}: holds no labels or predictions; it should hold one JSON object a line.")
    return list(lines.values())


def check_known(value: object, known: Sequence[str], what: str, place: str) -> str:
    """Return an id that is one of the known ones; raise GoldError when it is not."""
    if not isinstance(value, str) or value not in known:
        raise GoldError(f"{place}: {what} {value!r} is none of {', '.join(known)}.")
    return value


def _lines(path: Path, leave_out: str | None) -> Iterator[Line]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, text in enumerate(file, 1):
                place = f"{path}:{number}"
                if text.strip() and leave_out not in (data := _object(text, place)):
                    yield Line(_name(data, "id", place), data, place)
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: is not UTF-8 text.") from error
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror}).") from error


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
