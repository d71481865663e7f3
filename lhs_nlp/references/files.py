"""Read and write files of references, the format chosen by content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from lhs_nlp.documents.office import is_zip, refuse_legacy_office
from lhs_nlp.documents.text import GUESSED, decode_and_name, is_binary
from lhs_nlp.errors import ReadError, ReferencesError, how_to_install
from lhs_nlp.references.citing import WITH_KEYS
from lhs_nlp.references.conversion import fields_in
from lhs_nlp.references.formats import format_named, format_of, format_of_suffix
from lhs_nlp.references.parsed import Content, Parsed
from lhs_nlp.references.types import Reference, ReferenceFile
from lhs_nlp.references.values import reference_of

MOST_MEGABYTES = 1000
"""Largest file that is read, in MB (1,000,000 bytes)."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_XML = ("pubmed", "endnote", "zotero")
_DECLARED = re.compile(r"\s*<\?xml[^>]*?encoding=[\"']([\w.-]+)[\"']")


def read_references(path: str | Path) -> ReferenceFile:
    """Read a file of references, its format chosen by content.

    Parameters
    ----------
    path
        RIS, nbib, BibTeX, PubMed XML, EndNote XML, Zotero RDF, CSL-JSON, CSV or XLSX, whatever its name.

    Returns
    -------
    ReferenceFile
        All records, and everything that belongs to none with its line and the reason.

    Raises
    ------
    ReferencesError
        Nothing can be read of the file; `reason` is one of `lhs_nlp.errors.READ_REASONS`.
    """
    path = Path(path)
    data = _bytes_of(path)
    try:
        return _read(path, data)
    except (ReferencesError, ReadError) as error:
        raise ReferencesError(f"{path}: {error}", error.reason) from error
    except ModuleNotFoundError as error:
        raise ReferencesError(f"{path}: {_ask_for(error)}", "unsupported") from error
    except (RecursionError, MemoryError) as error:
        raise ReferencesError(f"{path}: nested too deeply or too large to read.") from error


def _bytes_of(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ReferencesError(f"{path}: not a file; name the files in it.", "not_found")
        if path.stat().st_size > MOST_MEGABYTES * 1e6:
            raise ReferencesError(f"{path}: over the limit of {MOST_MEGABYTES:,} MB; split the file.", "too_large")
        return path.read_bytes()
    except OSError as error:
        raise ReferencesError(f"{path}: cannot be opened ({error.strerror or error}).", "not_found") from error
    except ValueError as error:  # a NUL inside the name
        raise ReferencesError(f"{str(path)!r}: not a file name.", "not_found") from error


def _ask_for(error: ModuleNotFoundError) -> str:
    return f"needs the library {error.name!r}; to install it: {how_to_install('review')}"


def _read(path: Path, data: bytes) -> ReferenceFile:
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ReferencesError("the file is empty.", "empty")
    refuse_legacy_office(data)
    if is_zip(data):
        return _file(path, "xlsx", "binary", format_named("xlsx").read(Content(data, "")), [])
    text, encoding = _decoded(data)
    text, controls = _CONTROLS.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    content = Content(data, text)
    name = format_of(content, path.suffix)
    declared = _DECLARED.match(content.text) if name in _XML else None  # XML names its encoding itself
    warnings: list[str] = []
    if declared is None and encoding == GUESSED:
        warnings.append("The encoding of the bytes was guessed: check letters with accents.")
    if controls and name not in _XML:  # which is read from the bytes
        warnings.append(f"Control characters, which stand for no text, were left out; there were {controls:,}.")
    parsed = format_named(name).read(content)
    return _file(path, name, declared[1].lower() if declared else encoding, parsed, warnings)


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"%PDF", b"{\\rtf")):
        raise ReferencesError("a document, not references; export them as RIS.", "unsupported")
    if is_binary(data):
        raise ReferencesError("binary data, not references; export them as RIS.", "unsupported")
    return decode_and_name(data)


def _file(path: Path, name: str, encoding: str, parsed: Parsed, warnings: Sequence[str]) -> ReferenceFile:
    if not parsed.records:
        why = f" ({parsed.skipped[0].reason} Line {parsed.skipped[0].line}.)" if parsed.skipped else ""
        raise ReferencesError(f"holds no references{why}; export them again.", "empty")
    values = format_named(name).values
    return ReferenceFile(
        path=path,
        format=name,
        encoding=encoding,
        records=tuple(reference_of(name, fields, values(fields)) for fields in parsed.records),
        skipped=parsed.skipped,
        columns=parsed.columns,
        warnings=(*warnings, *parsed.warnings),
    )


def write_references(references: Iterable[Reference], path: str | Path, format: str | None = None) -> None:
    """Write references to a file.

    Fields of references of the same format are written as they were; those of others are converted, see `converted`.

    Parameters
    ----------
    references
        Records of any formats.
    path
        Is replaced when it exists.
    format
        One of `FORMATS`; by the suffix of the path when not given.

    Raises
    ------
    ReferencesError
        The format is not known or cannot hold the references, or the file cannot be written.
    """
    path = Path(path)
    try:
        name = format or format_of_suffix(path.suffix)
        path.write_bytes(reference_bytes(list(references), name))
    except OSError as error:
        raise ReferencesError(f"{path}: cannot be written ({error.strerror or error}).", "not_found") from error
    except ReferencesError as error:
        raise ReferencesError(f"{path}: {error}", error.reason) from error
    except ModuleNotFoundError as error:
        raise ReferencesError(f"{path}: {_ask_for(error)}", "unsupported") from error


def reference_bytes(references: Sequence[Reference], format: str) -> bytes:
    """Return the file that `write_references` would write."""
    module = format_named(format)
    records = [fields_in(format, reference) for reference in references]
    if format in WITH_KEYS:
        converted = [reference.format != format for reference in references]
        records = import_module(f"lhs_nlp.references.{format}").with_numbered_keys(records, converted)
    return module.write(records)
