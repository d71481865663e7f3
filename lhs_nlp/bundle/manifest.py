"""Write the manifest of a bundle: what it is, what it was made from, and the hashes of its files."""

from __future__ import annotations

import json
from pathlib import Path

from lhs_nlp.bundle.files import MANIFEST, hash_file, identity_of
from lhs_nlp.bundle.labels import Labels
from lhs_nlp.bundle.types import Bundle
from lhs_nlp.framework import Framework

SCHEMA = "lhs-nlp/bundle/1"


def write_manifest(folder: Path, *, name: str, framework: Framework, most_tokens: int, training: object) -> None:
    """Write the manifest of a bundle whose other files are in place.

    Parameters
    ----------
    folder
        The bundle; all its files but the manifest are listed with their hashes.
    name
        Name and version of the model.
    framework
        What the model was trained for.
    most_tokens
        Longer passages are cut after this many tokens.
    training
        What it was made from and how, for the record.
    """
    made_for = {"id": framework.id, "version": framework.version, "sha256": framework.sha256}
    _write_manifest(folder, name, made_for, Labels.of(framework), most_tokens, training)


def write_manifest_like(folder: Path, bundle: Bundle, *, name: str, training: object) -> None:
    """Write the manifest of a bundle that was made from another one, for the same framework and with its labels."""
    _write_manifest(folder, name, bundle.manifest.get("framework"), bundle.labels, bundle.most_tokens, training)


def _write_manifest(
    folder: Path, name: str, made_for: object, labels: Labels, most_tokens: int, training: object
) -> None:
    files = {path.name: hash_file(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    manifest = {
        "schema": SCHEMA,
        "id": name,
        "sha256": identity_of(files),
        "framework": made_for,
        "most_tokens": most_tokens,
        "labels": {field: getattr(labels, field) for field in Labels.__slots__},
        "training": training,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
