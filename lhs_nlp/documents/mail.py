"""Tell e-mails, and web pages that browsers save as such, from text: theirs is encoded in parts."""

from __future__ import annotations

import re

from lhs_nlp.errors import ReadError

_BEGINNING = 65536
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_FIELDS = re.compile(rb"\s*[\w-]+:")
_VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_ENCODED = re.compile(
    rb"^Content-(?:Type:\s*multipart/|Transfer-Encoding:\s*(?:quoted-printable|base64)\b)", re.IGNORECASE | re.MULTILINE
)


def refuse_mail(data: bytes) -> None:
    """Raise ReadError when the bytes are an e-mail whose text is encoded: read as it is, words would be broken."""
    fields = _BLANK_LINE.split(data[:_BEGINNING].lstrip(), maxsplit=1)[0]
    if _FIELDS.match(fields) and _VERSION.search(fields) and _ENCODED.search(fields):
        raise ReadError(
            "an e-mail, or a web page saved as a single file (.mhtml); save it as HTML or PDF.", "unsupported"
        )
