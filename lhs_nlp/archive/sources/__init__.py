"""From what the user named (folders, archives, tables, URLs) to the documents in it."""

from lhs_nlp.archive.sources.finding import find
from lhs_nlp.archive.sources.types import DEFAULT_BOUNDS, NO_COLUMNS, Bounds, Columns, File, Found, Ignored, Item

__all__ = ["DEFAULT_BOUNDS", "NO_COLUMNS", "Bounds", "Columns", "File", "Found", "Ignored", "Item", "find"]
