"""One reader a format; `read` picks by content and returns a Document."""

from lhs_nlp.documents.kinds import kind_of
from lhs_nlp.documents.limits import DEFAULT_LIMITS, Limits
from lhs_nlp.documents.reading import BLANK, Reader, holds_text, read, read_bytes, read_text
from lhs_nlp.documents.text import blocks_of
from lhs_nlp.documents.types import Block, BlockKind, Document

__all__ = [
    "BLANK",
    "DEFAULT_LIMITS",
    "Block",
    "BlockKind",
    "Document",
    "Limits",
    "Reader",
    "blocks_of",
    "holds_text",
    "kind_of",
    "read",
    "read_bytes",
    "read_text",
]
