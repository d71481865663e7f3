"""The errors of the library: one root, each message a sentence that says what to do."""

from __future__ import annotations


class LhsNlpError(Exception):
    """Root of every error that this library raises on purpose."""


def how_to_install(extra: str) -> str:
    """Return what installs one of the package's extras: from its own folder, as no package index has it."""
    return f"in the folder of lhs_nlp, pip install -e '.[{extra}]'"


class FrameworkError(LhsNlpError):
    """A framework file is malformed, or does not fit the model."""


class ReadError(LhsNlpError):
    """A document cannot be read.

    Attributes
    ----------
    reason
        One of the reasons in `READ_REASONS`: what a program may count by.
    """

    def __init__(self, message: str, reason: str = "malformed") -> None:
        super().__init__(message)
        self.reason = reason


READ_REASONS = {
    "not_found": "no such file, or no permission to read it",
    "unsupported": "not a document of a format that is read",
    "empty": "holds no text",
    "encrypted": "protected by a password",
    "scanned": "pages are pictures without a text layer",
    "malformed": "damaged, truncated or not what it claims to be",
    "too_large": "over the limit of size, pages or characters",
}


class BundleError(LhsNlpError):
    """A model bundle is missing, damaged, of another schema, or does not fit the framework."""


class GoldError(LhsNlpError):
    """A labelled file or a file of predictions is malformed or does not match."""


class ReferencesError(LhsNlpError):
    """A file of bibliographic references cannot be read or written.

    Attributes
    ----------
    reason
        One of the reasons in `READ_REASONS`: what a program may count by.
    """

    def __init__(self, message: str, reason: str = "malformed") -> None:
        super().__init__(message)
        self.reason = reason


class ReviewError(LhsNlpError):
    """A review project cannot be opened or written, or does not hold what was asked for."""
