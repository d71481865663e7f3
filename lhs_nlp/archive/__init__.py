"""Many documents: find and read them, tag them, keep the results."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.archive.account import Account
    from lhs_nlp.archive.batch import Options, tag_archive
    from lhs_nlp.archive.errors import REASONS, StoreError
    from lhs_nlp.archive.export import Table, frames, table_of
    from lhs_nlp.archive.portfolio import Portfolio, portfolio_of, portfolio_to_html
    from lhs_nlp.archive.ray_engine import fill_store, tag_on_ray
    from lhs_nlp.archive.store import Run, Source, Store, StoredFailure, StoredSummary, Tagging, claims_of

_HOMES = {
    "account": ("Account",),
    "batch": ("Options", "tag_archive"),
    "errors": ("REASONS", "StoreError"),
    "export": ("Table", "frames", "table_of"),
    "portfolio": ("Portfolio", "portfolio_of", "portfolio_to_html"),
    "ray_engine": ("fill_store", "tag_on_ray"),
    "store": ("Run", "Source", "Store", "StoredFailure", "StoredSummary", "Tagging", "claims_of"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "REASONS",
    "Account",
    "Options",
    "Portfolio",
    "Run",
    "Source",
    "Store",
    "StoreError",
    "StoredFailure",
    "StoredSummary",
    "Table",
    "Tagging",
    "claims_of",
    "fill_store",
    "frames",
    "portfolio_of",
    "portfolio_to_html",
    "table_of",
    "tag_archive",
    "tag_on_ray",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `lhs-nlp --help` starts at once."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'lhs_nlp.archive' has no attribute {name!r}")
    return getattr(import_module(f"lhs_nlp.archive.{_HOME_OF[name]}"), name)
