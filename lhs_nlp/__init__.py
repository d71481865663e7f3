"""Find which benefits of a learning health system a document claims, with quotations.

>>> import lhs_nlp
>>> tagger = lhs_nlp.load()
>>> summary = tagger.tag("proposal.pdf")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.bundle import Bundle, load_bundle
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.documents import Block, Document, Limits, read, read_bytes, read_text
    from lhs_nlp.encoders import Encoder, OnnxEncoder, SentenceTransformerEncoder
    from lhs_nlp.errors import (
        READ_REASONS,
        BundleError,
        FrameworkError,
        GoldError,
        LhsNlpError,
        ReadError,
        ReferencesError,
        ReviewError,
    )
    from lhs_nlp.finding import Finding
    from lhs_nlp.framework import (
        Benefit,
        Concept,
        Dimension,
        Framework,
        Stakeholder,
        Status,
        default_framework,
        read_framework,
    )
    from lhs_nlp.passages import Passage, split_document
    from lhs_nlp.scores import Scores
    from lhs_nlp.summary import BenefitSummary, DocumentSummary
    from lhs_nlp.tagger import Tagger, load

    __version__: str

_HOMES = {
    "bundle": ("Bundle", "load_bundle"),
    "classifier": ("BenefitClassifier",),
    "documents": ("Block", "Document", "Limits", "read", "read_bytes", "read_text"),
    "encoders": ("Encoder", "OnnxEncoder", "SentenceTransformerEncoder"),
    "errors": (
        *("READ_REASONS", "BundleError", "FrameworkError", "GoldError", "LhsNlpError"),
        *("ReadError", "ReferencesError", "ReviewError"),
    ),
    "finding": ("Finding",),
    "framework": (
        *("Benefit", "Concept", "Dimension", "Framework", "Stakeholder", "Status"),
        *("default_framework", "read_framework"),
    ),
    "passages": ("Passage", "split_document"),
    "scores": ("Scores",),
    "summary": ("BenefitSummary", "DocumentSummary"),
    "tagger": ("Tagger", "load"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "READ_REASONS",
    "Benefit",
    "BenefitClassifier",
    "BenefitSummary",
    "Block",
    "Bundle",
    "BundleError",
    "Concept",
    "Dimension",
    "Document",
    "DocumentSummary",
    "Encoder",
    "Finding",
    "Framework",
    "FrameworkError",
    "GoldError",
    "LhsNlpError",
    "Limits",
    "OnnxEncoder",
    "Passage",
    "ReadError",
    "ReferencesError",
    "ReviewError",
    "Scores",
    "SentenceTransformerEncoder",
    "Stakeholder",
    "Status",
    "Tagger",
    "__version__",
    "default_framework",
    "load",
    "load_bundle",
    "read",
    "read_bytes",
    "read_framework",
    "read_text",
    "split_document",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `lhs-nlp --help` starts at once."""
    if name == "__version__":
        return _version()
    if name not in _HOME_OF:
        raise AttributeError(f"module 'lhs_nlp' has no attribute {name!r}")
    return getattr(import_module(f"lhs_nlp.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lhs-nlp")
    except PackageNotFoundError:  # a checkout that was never installed
        return "0+unknown"
