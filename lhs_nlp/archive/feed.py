"""Load what was found, and decide what is to be done with it: read it, tag it again, or nothing."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lhs_nlp.archive.reading.pool import Failed, Task
from lhs_nlp.archive.sources import Found, Ignored, Item
from lhs_nlp.archive.store import Source, Store, Tagging
from lhs_nlp.errors import ReadError

_LOADED_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A document that is in the store: tagged by this model, or, when `other`, by others alone."""

    source: Source
    sha256: str
    other: bool = False


@dataclass(frozen=True, slots=True)
class Retag:
    """A document that is in the store, to be tagged by this model too."""

    source: Source
    sha256: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A document that was found before in this run, and is not in the store yet."""

    source: Source
    sha256: str


Entry: TypeAlias = Task | Known | Retag | Repeat | Failed | Ignored


def entries(
    found: Iterable[Found], store: Path, tagging: Tagging, under_way: set[str], *, retag: bool = False
) -> Iterator[Entry]:
    """Yield what is to be done with each thing that was found, in the same order.

    Parameters
    ----------
    found
        Items are loaded here.
    store
        Where results are looked up, by a connection of this iterator's own.
    tagging
        Whose results count.
    under_way
        SHA-256s of documents that are being worked on. They are added here, and taken out by
        whoever has stored the result.
    retag
        Tag again what other models have tagged.
    """
    with Store(store, read_only=True) as known:
        for entry in _loaded(found):
            if not isinstance(entry, tuple):
                yield entry
                continue
            item, data = entry
            source, sha256 = Source(item.name, item.metadata), hashlib.sha256(data).hexdigest()
            # Looked up first among those under way: they leave only after they are in the store.
            if sha256 in under_way:
                yield Repeat(source, sha256)
            elif known.is_tagged(sha256, tagging):
                yield Known(source, sha256)
            elif (stored := known.has_document(sha256)) and not retag:
                yield Known(source, sha256, other=True)
            else:
                under_way.add(sha256)
                yield Retag(source, sha256) if stored else Task(source, data, sha256, item.is_text)


Loaded: TypeAlias = tuple[Item, bytes] | Failed | Ignored
"""An item with its bytes, or why there are none."""


def _loaded(found: Iterable[Found]) -> Iterator[Loaded]:
    """Load items in order, a few ahead of those that a network is waited for."""
    ahead: deque[Future[Loaded]] = deque()
    pool = ThreadPoolExecutor(_LOADED_AHEAD)
    try:
        for entry in found:
            if isinstance(entry, Item) and entry.remote:
                ahead.append(pool.submit(load, entry))
                if len(ahead) < _LOADED_AHEAD:
                    continue
                yield ahead.popleft().result()
                continue
            while ahead:
                yield ahead.popleft().result()
            yield load(entry)
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def load(found: Found) -> Loaded:
    """Load an item, or say why it cannot be; what was left out is passed on."""
    if isinstance(found, Ignored):
        return found
    if not isinstance(found, Item):
        return Failed.of(found)
    try:
        return found, found.load()
    except ReadError as error:
        return Failed(found.name, error.reason, str(error))
