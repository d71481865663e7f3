"""A finished screening as a file: its references, and a field of them that says what was decided."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import ReviewError
from lhs_nlp.references import files, read_references
from lhs_nlp.references.types import Reference

INCLUDED = ("i", "include", "included", "yes", "true", "relevant", "y")
"""Labels that mean included; without any of them in the column, ``1`` does."""

_CHUNK = 1_000_000
"""Bytes that are unpacked together."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Decisions that were read from a column.

    Parameters
    ----------
    rows
        Numbers of the references that have a label, from 0.
    included
        Whether each of them was included, [len(rows)].
    included_as, excluded_as
        Which values were taken for what.
    """

    rows: tuple[int, ...]
    included: NDArray[np.bool_]
    included_as: tuple[str, ...]
    excluded_as: tuple[str, ...]


def read_labels(references: Sequence[Reference], column: str, included: str | None = None) -> Labels:
    """Return the decisions in a field of the references; those without a value are left out.

    Parameters
    ----------
    references
        Records of a file.
    column
        Name of the field: a column of a table, a tag of RIS.
    included
        The value that means included; None to take it from those that are usual.

    Raises
    ------
    ReviewError
        No reference has such a field, or all labels are alike.
    """
    values = {
        row: value.strip()
        for row, reference in enumerate(references)
        for tag, value in reference.fields
        if tag == column and value.strip()
    }
    if not values:
        known = ", ".join(sorted({tag for reference in references[:100] for tag, _ in reference.fields}))
        raise ReviewError(f"No record has a value in a field {column!r}; there are {known or 'no fields'}.")
    found = set(values.values())
    usual = {value for value in found if value.casefold() in INCLUDED} or found & {"1"}
    chosen = {included} if included is not None else usual
    labels = np.array([value in chosen for value in values.values()], bool)
    if labels.all() or not labels.any():
        raise ReviewError(
            f"The field {column!r} holds {', '.join(sorted(found)[:10])}; say which value means included, "
            "and see that others are there: --included VALUE."
        )
    return Labels(tuple(values), labels, tuple(sorted(chosen & found)), tuple(sorted(found - chosen)))


def read_screened(path: Path) -> Sequence[Reference]:
    """Return the references of a file, which may be compressed by gzip.

    Raises
    ------
    LhsNlpError
        It cannot be read or unpacked, or unpacks to more than is read.
    """
    if path.suffix != ".gz":
        return read_references(path).records
    with TemporaryDirectory() as folder:
        plain = Path(folder) / path.stem
        try:
            with gzip.open(path) as packed, plain.open("wb") as file:
                while chunk := packed.read(_CHUNK):
                    if file.tell() + len(chunk) > files.MOST_MEGABYTES * 1_000_000:
                        raise ReviewError(f"{path}: unpacks to more than {files.MOST_MEGABYTES:,} MB; split the file.")
                    file.write(chunk)
        except (OSError, EOFError, zlib.error) as error:
            raise ReviewError(f"{path}: cannot be unpacked ({error}).") from error
        return read_references(plain).records
