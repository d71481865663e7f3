"""Find the bundle in use, and load a bundle."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from lhs_nlp.bundle.files import CALIBRATION, HEADS, MANIFEST, identity_of, verify_files
from lhs_nlp.bundle.labels import labels_from_dict
from lhs_nlp.bundle.manifest import SCHEMA
from lhs_nlp.bundle.shapes import check_shapes
from lhs_nlp.bundle.types import Bundle
from lhs_nlp.calibration import calibration_from_dict
from lhs_nlp.errors import BundleError
from lhs_nlp.heads import load_heads

DEFAULT_NAME = "lhs-benefits-minilm"
MODEL_VARIABLE = "LHS_NLP_MODEL"
"""Environment variable that names the folder of another bundle."""


def default_bundle_path() -> Path:
    """Return the folder of the model in use.

    The environment variable `LHS_NLP_MODEL` wins; else the bundle inside the installed
    package; else, in a checkout, the one in `models/`.
    """
    named = os.environ.get(MODEL_VARIABLE)
    if named:
        return Path(named)
    folder = model_folder(DEFAULT_NAME)
    if folder is not None:
        return folder
    raise BundleError(f"No model found: install the wheel, or set {MODEL_VARIABLE} to a bundle's folder.")


def model_folder(name: str) -> Path | None:
    """Return the folder of a model that comes with the package; None where it is missing."""
    package = Path(__file__).parents[1]
    folders = (package / "_models" / name, package.parent / "models" / name)
    return next((folder for folder in folders if (folder / MANIFEST).exists()), None)


def load_bundle(path: str | Path | None = None, *, verify: bool = True) -> Bundle:
    """Load a bundle and check that its files are the ones that the manifest lists.

    Parameters
    ----------
    path
        The bundle's folder; None for the model in use (see `default_bundle_path`).
    verify
        Check the SHA-256 of each file, about 0.1 s for 30 MB.

    Raises
    ------
    BundleError
        A file is missing, changed or malformed; the message names it.
    """
    folder = default_bundle_path() if path is None else Path(path)
    # Which also answers where a path cannot be asked, as its name is too long or a folder is closed.
    if not os.path.isfile(folder / MANIFEST):
        named = f" {MODEL_VARIABLE} names this folder." if path is None and os.environ.get(MODEL_VARIABLE) else ""
        raise BundleError(f"{folder}: no model bundle is there; it would hold a {MANIFEST}.{named}")
    manifest = read_json(folder / MANIFEST)
    if manifest.get("schema") != SCHEMA:
        raise BundleError(f"{folder}: the schema is {manifest.get('schema')!r}; this version reads {SCHEMA!r}.")
    try:
        files, labels = dict(manifest["files"]), labels_from_dict(manifest["labels"])
        name, most_tokens = str(manifest["id"]), int(manifest["most_tokens"])
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"{folder / MANIFEST}: malformed ({error!r}).") from error
    if verify:
        verify_files(folder, files)
    heads = load_heads(folder / HEADS)
    calibration = calibration_from_dict(read_json(folder / CALIBRATION))
    check_shapes(folder, labels, heads, calibration)
    # Absolute, as the encoder is read from there later, when the working directory may be another.
    return Bundle(folder.absolute(), name, identity_of(files), labels, most_tokens, heads, calibration, manifest)


def read_json(path: Path) -> dict[str, Any]:
    """Return what a file of a model says; raise BundleError when it cannot be read or holds no JSON object."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(f"{path}: cannot be read ({error}).") from error
    if not isinstance(data, dict):
        raise BundleError(f"{path}: must hold a JSON object.")
    return data
