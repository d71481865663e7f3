"""Lists of references in XML: many publications, which are no document; what reads them is said."""

from __future__ import annotations

from lhs_nlp.documents.article_xml import root_of
from lhs_nlp.documents.limits import Limits
from lhs_nlp.documents.types import Document
from lhs_nlp.errors import ReadError

format = "references"

_PUBMED = ("PubmedArticleSet", "PubmedArticle", "PubmedBookArticle", "MedlineCitationSet")
_BEGINNING = 8192


def matches(data: bytes, name: str) -> bool:
    """Return whether the bytes are XML of PubMed, EndNote or Zotero."""
    return _kind(data) is not None


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Refuse the list.

    Raises
    ------
    ReadError
        `unsupported`: always.
    """
    advice = "`lhs-nlp review add PROJECT FILE` reads it reference by reference, `lhs-nlp review tag PROJECT` tags them"
    raise ReadError(f"a list of references ({_kind(data)}); {advice}.", "unsupported")


def _kind(data: bytes) -> str | None:
    root = root_of(data)
    if root in _PUBMED:
        return "PubMed XML"
    if root == "xml" and b"<records" in data[:_BEGINNING]:
        return "EndNote XML"
    return "Zotero RDF" if root == "RDF" and b"zotero.org" in data[:_BEGINNING] else None
