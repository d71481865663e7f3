"""Results of many documents in one SQLite file: see `schema.sql` for what is in it."""

from lhs_nlp.archive.store.columns import claims_of
from lhs_nlp.archive.store.store import Store
from lhs_nlp.archive.store.types import Run, Source, StoredFailure, StoredSummary, Tagging

__all__ = ["Run", "Source", "Store", "StoredFailure", "StoredSummary", "Tagging", "claims_of"]
