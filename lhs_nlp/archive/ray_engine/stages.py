"""What a run does one after the other, each step on any machine: list, load, tag (see `tagging`), write."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias, TypeVar

from lhs_nlp.archive.feed import Known, Repeat, load
from lhs_nlp.archive.ray_engine.contents import Answer
from lhs_nlp.archive.reading import Failed, Task
from lhs_nlp.archive.sources import DEFAULT_BOUNDS, Bounds, Columns, Found, Ignored, Item, find
from lhs_nlp.archive.store.types import Source
from lhs_nlp.documents import Limits
from lhs_nlp.errors import LhsNlpError, ReadError
from lhs_nlp.report.failure import Failure


@dataclass(frozen=True, slots=True)
class Ticket:
    """Something that was found.

    Attributes
    ----------
    number
        The same when the search is done again.
    found
        What it is.
    weight
        Bytes that it carries along.
    """

    number: str
    found: Found
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """What was named cannot be searched at all: the run ends with this message."""

    message: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """A document's result as a row of the output; without the row once it is written."""

    source: Source
    sha256: str
    row: Mapping[str, Any] | None
    passages: int
    pages: int


Entry: TypeAlias = Task | Known | Repeat | Failed | Ignored | Refused
"""What is to be done with something that was found."""

Outcome: TypeAlias = Tagged | Known | Repeat | Failed | Ignored | Refused
"""What became of it."""

Ask: TypeAlias = Callable[[Sequence[tuple[str, str]]], list[Answer]]
"""`Contents.ask`, wherever the contents are."""

T = TypeVar("T")

MOST_THINGS = 16
"""Things of a portion, which one task loads or tags: enough documents to fill the model's batches."""

_MOST_BYTES = 32_000_000


def listed(
    at: int, named: str, columns: Columns, limits: Limits, bounds: Bounds = DEFAULT_BOUNDS
) -> Iterator[Ticket | Refused]:
    """Yield what is found in the source that the user named at this position.

    What can be loaded by any machine (a file, a URL) is not loaded here. Members of archives and
    rows of tables are, as they can only be read from front to back.
    """
    try:
        for number, found in enumerate(find([named], columns, limits, bounds)):
            yield _ticket(f"{at}:{number}", found)
    except LhsNlpError as error:
        yield Refused(str(error))


def _ticket(number: str, found: Found) -> Ticket:
    if not isinstance(found, Item) or found.remote or (not found.is_text and os.path.isfile(found.name)):
        return Ticket(number, found)
    try:
        data = found.load()
    except ReadError as error:
        return Ticket(number, Failure(found.name, error.reason, str(error)))
    return Ticket(number, replace(found, load=partial(_given, data)), len(data))


def _given(data: bytes) -> bytes:
    return data


def loaded(tickets: Iterable[Ticket | Refused], ask: Ask) -> Iterator[Entry]:
    """Load what was found, and decide what is to be done with it."""
    for some in portions(map(_loaded, tickets)):
        asked = [(entry.task.sha256, entry.number) for entry in some if isinstance(entry, _Loaded)]
        answers = iter(ask(asked) if asked else [])
        yield from (_decided(entry.task, next(answers)) if isinstance(entry, _Loaded) else entry for entry in some)


def portions(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield things a few at a time: as many as fill the model's batches, or fewer when they weigh much."""
    some: list[T] = []
    weight = 0
    for thing in things:
        some.append(thing)
        weight += _weight(thing)
        if len(some) == MOST_THINGS or weight >= _MOST_BYTES:
            yield some
            some, weight = [], 0
    if some:
        yield some


def _weight(thing: object) -> int:
    match thing:
        case Ticket(weight=weight):
            return weight
        case _Loaded(task=task) | (Task() as task):
            return len(task.data)
    return 0


@dataclass(frozen=True, slots=True)
class _Loaded:
    number: str
    task: Task


def _loaded(ticket: Ticket | Refused) -> _Loaded | Failed | Ignored | Refused:
    if isinstance(ticket, Refused):
        return ticket
    found = load(ticket.found)
    if not isinstance(found, tuple):
        return found
    item, data = found
    source = Source(item.name, dict(item.metadata))
    return _Loaded(ticket.number, Task(source, data, hashlib.sha256(data).hexdigest(), item.is_text))


def _decided(task: Task, answer: Answer) -> Entry:
    match answer:
        case "new":
            return task
        case "repeat":
            return Repeat(task.source, task.sha256)
        case _:
            return Known(task.source, task.sha256, other=answer == "other")
