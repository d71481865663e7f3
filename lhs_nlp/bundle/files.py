"""The files of a bundle: their names and hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from lhs_nlp.errors import BundleError

MANIFEST = "manifest.json"
ENCODER, TOKENIZER, HEADS, CALIBRATION = "encoder.onnx", "tokenizer.json", "heads.safetensors", "calibration.json"
METRICS, CARD = "metrics.json", "README.md"
REQUIRED = (ENCODER, TOKENIZER, HEADS, CALIBRATION)


def verify_files(folder: Path, files: Mapping[str, str], required: Sequence[str] = REQUIRED) -> None:
    """Raise BundleError when a required file is not listed, a listed one is missing or its SHA-256 is another."""
    missing = [name for name in required if name not in files]
    if missing:
        raise BundleError(f"{folder}: the manifest does not list {missing[0]}.")
    for name, expected in files.items():
        if Path(name).name != name:
            raise BundleError(f"{folder}: the manifest lists {name!r}, which is not a plain file name.")
        if not (folder / name).is_file():
            raise BundleError(f"{folder}: {name} is missing; get the bundle again.")
        if hash_file(folder / name) != expected:
            raise BundleError(
                f"{folder}: {name} was changed (its SHA-256 is not the manifest's); get the bundle again."
            )


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def identity_of(files: Mapping[str, str]) -> str:
    """Return one SHA-256 for a bundle with these files, whatever their order.

    Metrics and card are left out: a model that is measured again is the same, and what it found stays valid.
    """
    deciding = sorted(set(files) - {METRICS, CARD})
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in deciding).encode()).hexdigest()
