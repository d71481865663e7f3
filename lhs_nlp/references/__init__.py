"""Bibliographic references: a reader and a writer a format; nothing of a record is lost between them."""

from lhs_nlp.references.citing import WITH_KEYS, citable, citation, under_key
from lhs_nlp.references.conversion import converted, reference_from, with_fields, with_tags
from lhs_nlp.references.files import read_references, reference_bytes, write_references
from lhs_nlp.references.formats import FORMATS, format_of_suffix
from lhs_nlp.references.readings import doi_in
from lhs_nlp.references.types import Reference, ReferenceFile, SkippedText

__all__ = [
    "FORMATS",
    "WITH_KEYS",
    "Reference",
    "ReferenceFile",
    "SkippedText",
    "citable",
    "citation",
    "converted",
    "doi_in",
    "format_of_suffix",
    "read_references",
    "reference_bytes",
    "reference_from",
    "under_key",
    "with_fields",
    "with_tags",
    "write_references",
]
