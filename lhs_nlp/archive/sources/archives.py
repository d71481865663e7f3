"""Members of ZIP and TAR archives, with limits; nothing is ever unpacked to a disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, BinaryIO, Self, cast

from lhs_nlp.archive.sources.folders import is_hidden
from lhs_nlp.archive.sources.types import File, failure
from lhs_nlp.errors import ReadError
from lhs_nlp.report.failure import Failure

ZIP_SUFFIXES = (".zip",)
TAR_SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")

DEEPEST = 3
"""Archives inside of archives, at most so deep."""

_MOST_MEMBERS = 100_000
_LARGEST_RATIO = 200
_SMALL = 100_000_000
_LARGEST_HEADER = 1_000_000
_LOCKED = 1
_UTF_8 = 1 << 11
"""Flags of a member of a ZIP archive."""
_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|\Z)")
_LONGEST_END = 1_000_000
_LONGEST_MAGIC = 10
_COMPRESSIONS: tuple[tuple[re.Pattern[bytes], Callable[[BinaryIO], object]], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), lambda file: gzip.GzipFile(fileobj=file)),
    (re.compile(rb"BZh.1AY&SY"), bz2.BZ2File),  # all of it: a file in an archive may be called so far
    (re.compile(rb"\xfd7zXZ\0|\x5d\0\0\x80"), lzma.LZMAFile),
)
_EXTENDED_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


@dataclass(slots=True)
class Budget:
    """How much an archive, with all archives in it, may unpack to.

    Attributes
    ----------
    name
        The outermost archive.
    bytes, members
        What is left.
    """

    name: str
    bytes: int
    members: int = _MOST_MEMBERS

    @classmethod
    def of(cls, archive: File) -> Self:
        """Return the budget of an archive by its size."""
        return cls(archive.name, max(_SMALL, _LARGEST_RATIO * (archive.size or 0)))

    def spend(self, size: int) -> None:
        """Take a member of this size; raise ReadError when it is too much."""
        self.bytes -= size
        self.members -= 1
        if self.bytes < 0 or self.members < 0:
            what = f"more than {_MOST_MEMBERS:,} members" if self.members < 0 else "far more than a document would"
            raise ReadError(f"{self.name}: unpacks to {what}; if you trust it, unpack it yourself.", "too_large")


def is_archive(name: str) -> bool:
    """Return whether a file's name is an archive's."""
    return name.lower().endswith((*ZIP_SUFFIXES, *TAR_SUFFIXES))


def members(archive: File, budget: Budget) -> Iterator[File | Failure]:
    """Yield the files in an archive, and a failure for each that is refused.

    A member is to be loaded before the next is asked for. Hidden members are left out. An
    archive that is damaged gives what comes before the damage, then a failure.
    """
    read = _zip_members if archive.path.lower().endswith(ZIP_SUFFIXES) else _tar_members
    empty = True
    try:
        with archive.seekable() as file:
            for member in read(archive.name, file, budget):
                empty = False
                yield member
        if empty:
            yield Failure(archive.name, "empty", f"{archive.name}: the archive holds no files.")
    except ReadError as error:
        yield failure(archive.name, error)
    except Exception as error:  # damaged archives make the standard library fail in many ways
        yield Failure(archive.name, "malformed", f"{archive.name}: damaged or truncated ({_why(error)}); get it again.")


def _zip_members(name: str, file: BinaryIO, budget: Budget) -> Iterator[File | Failure]:
    with zipfile.ZipFile(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        # All at once, before anything is read: the sizes of a bomb are known from its directory.
        for entry in entries:
            budget.spend(entry.file_size)
        for entry in entries:
            member = _name_of(entry)
            full = f"{name}/{member}"
            if _is_hidden(member):
                continue
            if _leads_out(member) or stat.S_ISLNK(entry.external_attr >> 16):
                yield _unsafe(full)
            elif entry.flag_bits & _LOCKED:
                message = f"{full}: protected by a password; unpack the archive, and give the files in it."
                yield Failure(full, "encrypted", message)
            else:
                yield File(full, partial(_open_zip_member, archive, entry, full), entry.file_size)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; macOS writes UTF-8 and does not mark it, and so it is read as the letters of DOS."""
    if entry.flag_bits & _UTF_8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _open_zip_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> BinaryIO:
    try:
        with archive.open(entry) as member:
            # Read here, so that what is wrong with a member is told from what is wrong with its archive.
            return io.BytesIO(member.read())
    except ReadError:
        raise  # the archive is out of reach, which is no damage
    except Exception as error:
        raise ReadError(f"{name}: damaged in its archive ({_why(error)}).", "malformed") from error


class _Header(tarfile.TarInfo):
    """A header of a TAR archive; names of megabytes are refused before they are read.

    An archive ends with a block of zeros: whatever else is no header is damage, which tarfile takes for the end.
    """

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if len(buf) == tarfile.BLOCKSIZE and not buf.strip(b"\0"):
                raise
            raise tarfile.ReadError(str(error)) from error
        if header.type in _EXTENDED_HEADERS and header.size > _LARGEST_HEADER:
            raise ReadError("holds a header of more than 1 MB, as no archive of documents does.", "too_large")
        return header


def _tar_members(name: str, file: BinaryIO, budget: Budget) -> Iterator[File | Failure]:
    with tarfile.open(fileobj=_unpacked(file), mode="r|", tarinfo=_Header) as archive:
        for header in archive:
            # tarfile would remember each header for ever.
            archive.members = []  # type: ignore[attr-defined]
            full = f"{name}/{header.name}"
            if header.isdir() or _is_hidden(header.name):
                continue
            budget.spend(header.size)
            if _leads_out(header.name) or not header.isreg():
                yield _unsafe(full)
            else:
                yield File(full, partial(_open_tar_member, archive, header, full), header.size)
        # Blocks of zeros fill it up; they are read to the end so that the compression's checksum is, too.
        if cast(IO[bytes], archive.fileobj).read(_LONGEST_END).strip(b"\0"):
            raise tarfile.ReadError("more follows after its end")


def _unpacked(file: BinaryIO) -> BinaryIO:
    """Return what a TAR archive was before it was compressed, of one part or of several."""
    head = file.read(_LONGEST_MAGIC)
    file.seek(0)
    return cast(BinaryIO, next((unpack(file) for magic, unpack in _COMPRESSIONS if magic.match(head)), file))


def _open_tar_member(archive: tarfile.TarFile, header: tarfile.TarInfo, name: str) -> BinaryIO:
    try:
        return io.BytesIO(cast(IO[bytes], archive.extractfile(header)).read())
    except ReadError:
        raise  # the archive is out of reach, which is no damage
    except Exception as error:
        raise ReadError(f"{name}: damaged in its archive ({_why(error)}).", "malformed") from error


def _is_hidden(name: str) -> bool:
    return any(is_hidden(part) for part in _parts(name) if part not in (".", ".."))


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in _parts(name) or bool(_DRIVE.match(name))


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _unsafe(name: str) -> Failure:
    message = f"{name}: leads out of its archive, or is a link, which is refused; unpack it yourself if you trust it."
    return Failure(name, "unsafe", message)


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
