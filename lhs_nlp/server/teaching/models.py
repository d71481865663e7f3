"""The models of a store's results, and those that were taught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lhs_nlp.bundle import METRICS, Bundle, load_bundle
from lhs_nlp.errors import BundleError

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Store, Tagging

_TAGGED = """
    SELECT models.name, models.sha256, count(*) AS documents FROM summaries
    JOIN models ON models.id = model_id
    WHERE framework_id = ? AND document_id IN (SELECT document_id FROM sources)
    GROUP BY model_id ORDER BY min(summaries.id)
"""
_ALL = "SELECT count(DISTINCT document_id) FROM sources"


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that has tagged the store, or can.

    Attributes
    ----------
    name, sha256
        Of the bundle.
    tagged
        Documents with its results.
    documents
        Documents in all.
    at_hand
        Whether its bundle is there, so that it can tag what it has not tagged.
    taught
        Whether it has learned from decisions here.
    shown
        Whether the pages show its results.
    """

    name: str
    sha256: str
    tagged: int
    documents: int
    at_hand: bool
    taught: bool
    shown: bool

    @property
    def complete(self) -> bool:
        """Whether it has tagged every document."""
        return self.tagged >= self.documents


def known_models(store: Store, shown: Tagging, folder: Path, base: Path | None) -> list[KnownModel]:
    """Return the models of the store's results, oldest first, and then those that were taught and have tagged nothing.

    Parameters
    ----------
    store
        Its results.
    shown
        Whose results the pages show; other frameworks' are left out.
    folder
        Where taught models are kept.
    base
        Folder of the model that learning starts from; None for the shipped one.
    """
    total = store.connection.execute(_ALL).fetchone()[0]
    tagged = {row["sha256"]: row for row in store.connection.execute(_TAGGED, (shown.framework_id,))}
    taught = {bundle.sha256: bundle.id for bundle in _bundles(folder)}
    at_hand = {**taught, **{bundle.sha256: bundle.id for bundle in _base(base)}}
    names = {sha256: row["name"] for sha256, row in tagged.items()}
    return [
        KnownModel(
            name=name,
            sha256=sha256,
            tagged=tagged[sha256]["documents"] if sha256 in tagged else 0,
            documents=total,
            at_hand=sha256 in at_hand,
            taught=sha256 in taught,
            shown=sha256 == shown.model_sha256,
        )
        for sha256, name in {**names, **taught}.items()
    ]


def bundle_of(folder: Path, sha256: str, *, but: Path | None = None) -> Path | None:
    """Return the folder of a taught model by its hash; None when there is none, other than `but`."""
    left_out = but.absolute() if but else None  # as bundles name their folders
    return next((each.path for each in _bundles(folder) if each.sha256 == sha256 and each.path != left_out), None)


def _bundles(folder: Path) -> Iterator[Bundle]:
    """Yield what was taught; a damaged one is passed over, and complained of by who would use it."""
    places = sorted(folder.glob(f"[!.]*/{METRICS}"))
    for place in places:
        yield from _loaded(place.parent)


def _base(base: Path | None) -> Iterator[Bundle]:
    yield from _loaded(base)


def _loaded(folder: Path | None) -> Iterator[Bundle]:
    try:
        yield load_bundle(folder, verify=False)
    except BundleError:
        return
