"""Open Office files safely: what kind they are, and that they are no bombs."""

from __future__ import annotations

import io
import struct
import zipfile

from lhs_nlp.documents.limits import Limits
from lhs_nlp.errors import ReadError

_LARGEST_RATIO = 200
_SMALL = 10_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of old Microsoft Office begin, and those that a password protects."""
LEGACY = "a file of old Microsoft Office (.doc, .xls, .ppt); save it as DOCX, XLSX or PDF"
_LOCKED = 1
"""Flag of a member of a ZIP archive."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_zip(data: bytes) -> bool:
    """Return whether the bytes begin as a ZIP archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def refuse_legacy_office(data: bytes) -> None:
    """Raise ReadError when the bytes are an OLE file: an old or a password-protected Office document."""
    if not data.startswith(OLE):
        return
    if _ENCRYPTED in data:
        raise ReadError("protected by a password; open it in an office program and save it without one.", "encrypted")
    raise ReadError(f"{LEGACY}.", "unsupported")


def members(data: bytes, limits: Limits) -> list[str]:
    """Return the names in a ZIP archive after checking that it unpacks to a bearable size.

    Raises
    ------
    ReadError
        `malformed`: damaged; `encrypted`: by a password; `too_large`: it would unpack beyond the limit.
    """
    entries = _entries(data)
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise ReadError("protected by a password; unpack it, or save it without one.", "encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.megabytes * 1e6 or (unpacked > _SMALL and unpacked > _LARGEST_RATIO * len(data)):
        raise ReadError(
            f"unpacks to {unpacked / 1e6:,.0f} MB, over the limit; raise the limit if you trust it.", "too_large"
        )
    return [entry.filename for entry in entries]


def names(data: bytes) -> list[str]:
    """Return the names in a ZIP archive; none when it is damaged."""
    try:
        return [entry.filename for entry in _entries(data)]
    except ReadError:
        return []


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise ReadError("damaged or truncated; get the file again.", "malformed") from error
