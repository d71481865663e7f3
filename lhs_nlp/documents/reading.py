"""Choose the reader by what the bytes are, and turn every failure into a ReadError with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from lhs_nlp.documents import text as plain_text
from lhs_nlp.documents.builder import sha256_of
from lhs_nlp.documents.kinds import kind_of
from lhs_nlp.documents.limits import DEFAULT_LIMITS, Limits, in_megabytes
from lhs_nlp.documents.mail import refuse_mail
from lhs_nlp.documents.office import refuse_legacy_office
from lhs_nlp.documents.types import Document
from lhs_nlp.errors import ReadError

ENTRY_POINTS = "lhs_nlp.readers"
"""Entry-point group under which other packages offer readers; they are asked before ours."""

_BUILT_IN = ("pdf", "docx", "reference_list", "tei", "jats", "html", "markdown", "text")

_ADDRESS = re.compile(r"(https?|ftp|s3|gs|az|abfss?|hdfs|file|memory):/{1,2}(?=[^/])")
"""The head of a URL, also as a path has it, which makes one slash of two."""

_MOST_WORDS, _WORDS_SHOWN = 20, 8
"""Words of a name that is no name but a text, and how many of them say which one."""

BLANK = "the text is missing or blank."
"""Why a text that is no file's content cannot be read: wherever texts come in, it is said in these words."""


class Reader(Protocol):
    """What reads one format; a module with these names is one."""

    @property
    def format(self) -> str:
        """Name of the format, as in `Document.format`."""

    def matches(self, data: bytes, name: str) -> bool:
        """Return whether the bytes are of this format; `name` is a hint, no proof."""

    def read(self, data: bytes, name: str, limits: Limits) -> Document:
        """Read the bytes; raise ReadError when they cannot be read."""


def read(path: str | Path, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a document from a file, its format chosen by content.

    Parameters
    ----------
    path
        A PDF, DOCX, HTML, Markdown, text, JATS or TEI file, whatever its name.
    limits
        How large it may be.

    Returns
    -------
    Document
        Its text in reading order; never without text.

    Raises
    ------
    ReadError
        The file cannot be read; `reason` is one of `lhs_nlp.errors.READ_REASONS`, and the
        message says what to do.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise ReadError(f"{path}: is a folder; name the files in it.", "not_found")
        if path.exists() and not path.is_file():
            raise ReadError(f"{path}: is not a regular file.", "unsupported")
        _refuse_large(path.stat().st_size, str(path), limits)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(_not_opened(str(path), error), "not_found") from error
    except ValueError as error:  # a NUL inside the name
        raise ReadError(f"{str(path)!r}: not a file name.", "not_found") from error
    return read_bytes(data, name=str(path), limits=limits)


def _not_opened(name: str, error: OSError) -> str:
    """Return why a file cannot be opened; what is an address or a text is told what takes such."""
    if address := _ADDRESS.match(name):
        url = f"{address[1]}://{name[address.end() :]}"
        return f"{url}: is an address, not a file; download it, or let `lhs-nlp batch` read it into a store."
    if "\n" in name or len(name.split()) > _MOST_WORDS:
        begin = " ".join(name.split()[:_WORDS_SHOWN])
        return f"{begin} ...: is a text, not the name of a file; `tag_texts` and `read_text` take texts."
    return f"{name}: cannot be opened ({error.strerror or error})."


def read_bytes(data: bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a document from a file's content; `name` stands for its path. Raises ReadError like `read`."""
    _refuse_large(len(data), name, limits)
    try:
        document = _read(data, name, limits)
        _check(document, limits)
    except ReadError as error:
        raise ReadError(f"{name}: {error}", error.reason) from error
    except (RecursionError, MemoryError) as error:
        raise ReadError(f"{name}: nested too deeply or too large to read.", "malformed") from error
    return document


def read_text(text: str, *, name: str = "text", title: str | None = None) -> Document:
    """Make a Document of text that is already at hand.

    Parameters
    ----------
    text
        Plain text; paragraphs, lists and headings are recognised as in a text file.
    name
        Stands for a path.
    title
        The title when it is known: a paragraph at the beginning that is the same is read as one.

    Raises
    ------
    ReadError
        `empty`: the text is blank, as `holds_text` says.
    """
    document = plain_text.parse(text, name=name, sha256=sha256_of(text.encode("utf-8", "replace")), title=title)
    if not document.text:
        raise ReadError(f"{name}: {BLANK}", "empty")
    return document


def holds_text(text: str) -> bool:
    """Return whether `read_text` finds anything to read.

    Spaces, invisible characters and lines that are rules alone (``---``, ``***``, ``___``: what stands
    for "nothing" in many tables) are blank.
    """
    return bool(plain_text.parse(text, name="", sha256="").text)


def _read(data: bytes, name: str, limits: Limits) -> Document:
    if not data.strip():
        raise ReadError("the file is empty.", "empty")
    refuse_legacy_office(data)
    refuse_mail(data)
    for reader in _readers():
        if reader.matches(data, name):
            return reader.read(data, name, limits)
    raise ReadError(f"not a document but {kind_of(data)}.", "unsupported")


def _readers() -> Iterator[Reader]:
    yield from _offered()
    for module in _BUILT_IN:
        reader: Reader = import_module(f"lhs_nlp.documents.{module}")
        yield reader


@cache
def _offered() -> tuple[Reader, ...]:
    return tuple(_load(point.name) for point in entry_points(group=ENTRY_POINTS))


def _load(name: str) -> Reader:
    (point,) = entry_points(group=ENTRY_POINTS, name=name)
    try:
        reader: Reader = point.load()
    except Exception as error:  # another package's import may fail in any way
        raise ReadError(f"the reader {name!r} of another package cannot be loaded ({error}).") from error
    return reader


def _refuse_large(size: int, name: str, limits: Limits) -> None:
    if size > limits.megabytes * 1e6:
        raise ReadError(
            f"{name}: {in_megabytes(size)}, over the limit of {in_megabytes(limits.megabytes * 1e6)}; "
            "raise it with --max-megabytes.",
            "too_large",
        )


def _check(document: Document, limits: Limits) -> None:
    if not document.text:
        raise ReadError("holds no text.", "empty")
    if len(document.text) > limits.characters:
        raise ReadError(
            f"{len(document.text):,} characters, over the limit of {limits.characters:,}; split the file.", "too_large"
        )
