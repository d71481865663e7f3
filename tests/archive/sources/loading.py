"""Load what is found, as a run does: each item before the next is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lhs_nlp.archive.sources import DEFAULT_BOUNDS, Bounds, Columns, Ignored, Item, find
from lhs_nlp.documents import DEFAULT_LIMITS, Limits
from lhs_nlp.errors import ReadError


@dataclass(slots=True)
class Loaded:
    """What was found in sources: contents and metadata by name, reasons of failures, and what was left out."""

    contents: dict[str, bytes] = field(default_factory=dict)
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def load(
    *named: str | Path,
    text: str | None = None,
    id: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Loaded:
    """Find and load; names are those after the last slash of what was named."""
    loaded = Loaded()
    for found in find([str(name) for name in named], Columns(text, id), limits, bounds):
        if isinstance(found, Ignored):
            loaded.ignored.append(short(found.name, named))
        elif isinstance(found, Item):
            name = short(found.name, named)
            try:
                loaded.contents[name] = found.load()
                loaded.metadata[name] = dict(found.metadata)
            except ReadError as error:
                loaded.reasons[name] = error.reason
                loaded.messages.append(str(error))
        else:
            loaded.reasons[short(found.source, named)] = found.reason
            loaded.messages.append(found.message)
    return loaded


def short(name: str, named: Iterable[str | Path]) -> str:
    """Return a name without the folder that everything of a test lies in."""
    for each in named:
        folder = str(each).rsplit("/", 1)[0] + "/"
        if name.startswith(folder):
            return name.removeprefix(folder)
    return name
