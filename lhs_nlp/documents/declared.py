"""Decode bytes that declare their encoding, as pages and XML do; many declare a wrong one."""

from __future__ import annotations

import codecs

from lhs_nlp.documents.text import decode

_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Declared by habit: what says so is UTF-8 or Windows-1252, whose dashes and quotes are no characters of the others."""
_ASCII = rb"\n \u0041 +AGE-"
"""Reads differently in encodings that are no supersets of ASCII; a declaration that was found in ASCII names none."""


def decode_declared(data: bytes, label: bytes | None) -> str:
    """Decode bytes as their declaration says, or as `decode` does where there is none or it cannot be true."""
    try:
        encoding = codecs.lookup((label or b"").decode("ascii")).name
        if encoding not in _WESTERN and _ASCII.decode(encoding) == _ASCII.decode("ascii"):
            return data.decode(encoding)
    except (LookupError, UnicodeError):
        pass  # a wrong declaration: go by the bytes
    return decode(data)
