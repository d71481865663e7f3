"""What a run would do, without reading a document or writing to the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lhs_nlp.archive.errors import StoreError
from lhs_nlp.archive.feed import Entry, entries
from lhs_nlp.archive.reading import Failed
from lhs_nlp.archive.sources import Found, Ignored, Item
from lhs_nlp.archive.store import Store, Tagging
from lhs_nlp.tagger import Tagger

_NO_KEY = -1


def plan(found: Iterable[Found], store: Path | None, tagger: Tagger, *, retag: bool = False) -> Iterator[Entry | Item]:
    """Yield what would become of everything that was found.

    With a store, documents are loaded to see whether it holds them; without one all would be
    tagged, and each Item is given as it was found.
    """
    if store is None or not store.exists():
        for entry in found:
            yield entry if isinstance(entry, Item | Ignored) else Failed.of(entry)
        return
    yield from entries(found, store, _tagging(store, tagger), set(), retag=retag)


def _tagging(path: Path, tagger: Tagger) -> Tagging:
    bundle = tagger.classifier.bundle
    with Store(path, read_only=True) as store:
        try:
            return store.tagging(bundle.sha256, tagger.framework.sha256)
        except StoreError:
            return Tagging(_NO_KEY, _NO_KEY, bundle.id, bundle.sha256, tagger.framework)
