"""What can go wrong with an archive beyond what can go wrong with one file."""

from __future__ import annotations

from lhs_nlp.errors import READ_REASONS, LhsNlpError

REASONS = {
    **READ_REASONS,
    "timeout": "took longer to read than the limit allows",
    "crashed": "the process that read it died",
    "out_of_memory": "needed more memory to read than the limit allows",
    "unsafe": "its name, or a link, leads out of the archive that holds it",
}
"""Why a document of an archive has no summary: the reasons of `ReadError`, and those of many files."""


class StoreError(LhsNlpError):
    """A store cannot be opened or written, or does not hold what was asked for."""
