"""Split a document into passages of one to three sentences, each with its place in the text."""

from lhs_nlp.passages.language import looks_english
from lhs_nlp.passages.splitting import split_document
from lhs_nlp.passages.types import Passage

__all__ = ["Passage", "looks_english", "split_document"]
