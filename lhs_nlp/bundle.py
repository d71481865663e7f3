"""A model on disk: manifest with hashes, encoder, tokenizer, heads, calibration, metrics, card."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lhs_nlp.calibration import Calibration, calibration_from_dict
from lhs_nlp.errors import BundleError
from lhs_nlp.framework import Framework, default_framework
from lhs_nlp.heads import Heads, load_heads

SCHEMA = "lhs-nlp/bundle/1"
DEFAULT_NAME = "lhs-benefits-minilm"
MODEL_VARIABLE = "LHS_NLP_MODEL"
"""Environment variable that names the folder of another bundle."""

MANIFEST = "manifest.json"
ENCODER, TOKENIZER, HEADS, CALIBRATION = "encoder.onnx", "tokenizer.json", "heads.safetensors", "calibration.json"
METRICS, CARD = "metrics.json", "README.md"
REQUIRED = (ENCODER, TOKENIZER, HEADS, CALIBRATION)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns of the model's outputs are, in order, and what its calibration counts as claims.

    Attributes
    ----------
    benefits, statuses, dimensions, concepts, stakeholders
        Ids; of a key concept that of its benefit too.
    claims
        Those of the statuses that make a claim; None where a bundle does not tell.
    """

    benefits: tuple[str, ...]
    statuses: tuple[str, ...]
    dimensions: tuple[str, ...]
    concepts: tuple[tuple[str, str], ...]
    stakeholders: tuple[str, ...]
    claims: tuple[str, ...] | None

    @classmethod
    def of(cls, framework: Framework) -> Labels:
        """Return the labels of a model trained for this framework."""
        return cls(
            benefits=framework.benefit_ids,
            statuses=framework.status_ids,
            dimensions=tuple(dimension.id for dimension in framework.dimensions),
            concepts=framework.concept_keys,
            stakeholders=tuple(stakeholder.id for stakeholder in framework.stakeholders),
            claims=framework.claim_ids,
        )

    def claims_like(self, framework: Framework) -> bool:
        """Return whether the same statuses make a claim in a framework; taken to be so where a bundle does not tell."""
        return self.claims is None or {*self.claims} == {*framework.claim_ids}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified model bundle.

    Attributes
    ----------
    path
        Its folder.
    id
        Name and version, e.g. `lhs-benefits-minilm-1.0.0`.
    sha256
        Hash over the hashes of all files: one number for the whole model.
    labels
        What the columns of the outputs are.
    most_tokens
        Longer passages are cut after this many tokens.
    heads, calibration
        Loaded; the encoder is loaded on demand from `path`.
    manifest
        All that the manifest says.
    """

    path: Path
    id: str
    sha256: str
    labels: Labels
    most_tokens: int
    heads: Heads
    calibration: Calibration
    manifest: Mapping[str, Any]

    @property
    def metrics(self) -> dict[str, Any] | None:
        """Metrics measured when the model was made; None when the bundle has none."""
        path = self.path / METRICS
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def default_bundle_path() -> Path:
    """Return the folder of the model in use.

    The environment variable `LHS_NLP_MODEL` wins; else the bundle inside the installed
    package; else, in a checkout, the one in `models/`.
    """
    named = os.environ.get(MODEL_VARIABLE)
    if named:
        return Path(named)
    package = Path(__file__).parent
    for folder in (package / "_models" / DEFAULT_NAME, package.parent / "models" / DEFAULT_NAME):
        if (folder / MANIFEST).exists():
            return folder
    raise BundleError(f"No model found: install the wheel, or set {MODEL_VARIABLE} to a bundle's folder.")


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
        raise BundleError(f"{folder}: no model bundle is there; it would hold a {MANIFEST}.")
    manifest = _read_json(folder / MANIFEST)
    if manifest.get("schema") != SCHEMA:
        raise BundleError(f"{folder}: the schema is {manifest.get('schema')!r}; this version reads {SCHEMA!r}.")
    try:
        files, labels = dict(manifest["files"]), _labels(manifest["labels"])
        name, most_tokens = str(manifest["id"]), int(manifest["most_tokens"])
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"{folder / MANIFEST}: malformed ({error!r}).") from error
    if verify:
        verify_files(folder, files)
    heads = load_heads(folder / HEADS)
    calibration = calibration_from_dict(_read_json(folder / CALIBRATION))
    _check_shapes(folder, labels, heads, calibration)
    return Bundle(folder, name, _hash_of_hashes(files), labels, most_tokens, heads, calibration, manifest)


def verify_files(folder: Path, files: Mapping[str, str]) -> None:
    """Raise BundleError when a listed file is missing or its SHA-256 is another."""
    missing = [name for name in REQUIRED if name not in files]
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
        "sha256": _hash_of_hashes(files),
        "framework": made_for,
        "most_tokens": most_tokens,
        "labels": {field: getattr(labels, field) for field in Labels.__slots__},
        "training": training,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_of_hashes(files: Mapping[str, str]) -> str:
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(f"{path}: cannot be read ({error}).") from error
    if not isinstance(data, dict):
        raise BundleError(f"{path}: must hold a JSON object.")
    return data


def _labels(data: dict[str, Any]) -> Labels:
    shipped = default_framework()
    # Bundles did not always tell; those that did not were made for the shipped framework or for one's own.
    untold = shipped.claim_ids if tuple(data["statuses"]) == shipped.status_ids else None
    return Labels(
        benefits=tuple(data["benefits"]),
        statuses=tuple(data["statuses"]),
        dimensions=tuple(data["dimensions"]),
        concepts=tuple((str(benefit), str(concept)) for benefit, concept in data["concepts"]),
        stakeholders=tuple(data["stakeholders"]),
        claims=tuple(data["claims"]) if data.get("claims") else untold,
    )


def _check_shapes(folder: Path, labels: Labels, heads: Heads, calibration: Calibration) -> None:
    benefits = len(labels.benefits)
    expected = {
        "presence": benefits,
        "status": benefits * len(labels.statuses),
        "dimension": len(labels.dimensions),
        "concepts": len(labels.concepts),
        "stakeholders": len(labels.stakeholders),
    }
    fitted = {
        "presence": len(calibration.presence.slope),
        "concepts": len(calibration.concepts.slope),
        "stakeholders": len(calibration.stakeholders.slope),
    }
    for task, count in expected.items():
        if len(heads.biases[task]) != count or fitted.get(task, count) != count:
            raise BundleError(f"{folder}: heads or calibration of {task!r} do not fit the labels in the manifest.")
