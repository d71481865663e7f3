"""What can go wrong with a decision."""

from __future__ import annotations

from lhs_nlp.errors import LhsNlpError


class CorrectionError(LhsNlpError):
    """A decision does not fit the document or the framework."""


class NotBlindError(CorrectionError):
    """A reviewer has seen what others decided on the document, and would review it blind; nothing was written."""


class ConflictError(CorrectionError):
    """Somebody decided on the same passage after it was shown; nothing was written."""
