"""A bundle that has learned, written whole or not at all."""

from __future__ import annotations

import json
import math
import shutil
import tempfile
from pathlib import Path
from typing import Any

from lhs_nlp.bundle import CALIBRATION, CARD, HEADS, METRICS, TOKENIZER, Bundle, write_manifest_like
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.explanation import load_examples, write_passages
from lhs_nlp.heads import save_heads
from lhs_nlp.learn.corrections import Corrections
from lhs_nlp.learn.learning import Learned
from lhs_nlp.learn.relabelling import relabelled
from lhs_nlp.wording import counted

_WRITTEN = (HEADS, CALIBRATION, METRICS, CARD)


def learned_id(bundle: Bundle, corrections: Corrections) -> str:
    """Return the id of a bundle that learned from corrections: the id before, and a hash of them."""
    joint = "." if "+" in bundle.id else "+corrections."
    return f"{bundle.id}{joint}{corrections.sha256[:8]}"


def has_learned(bundle: Bundle) -> bool:
    """Return whether a bundle was made by `save_learned`."""
    training = bundle.manifest.get("training")
    return isinstance(training, dict) and "corrections" in training


def save_learned(folder: Path, bundle: Bundle, corrections: Corrections, learned: Learned) -> str:
    """Write a bundle: the encoder as it was, with new heads, calibration, metrics, card and manifest.

    Labelled passages that the bundle carries get the labels of corrections of the same text.

    Parameters
    ----------
    folder
        A folder that does not exist or is empty.
    bundle
        What was learned on top of.
    corrections, learned
        From what, and the result.

    Returns
    -------
    str
        The id of the new bundle.

    Raises
    ------
    LhsNlpError
        The folder holds something, or cannot be written.
    """
    check_free(folder)
    examples = load_examples(bundle.path)
    changed = relabelled(examples, corrections) if examples else {}
    name, record = learned_id(bundle, corrections), _record(bundle, corrections, learned, len(changed))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".lhs-nlp-") as scratch:
            partial = Path(scratch) / "bundle"
            partial.mkdir()
            for file in bundle.manifest["files"]:
                if file not in _WRITTEN:
                    shutil.copyfile(bundle.path / file, partial / file)
            save_heads(learned.refit.model.heads, partial / HEADS)
            # The library that writes them lets nobody else read them.
            shutil.copymode(bundle.path / TOKENIZER, partial / HEADS)
            _write_json(partial / CALIBRATION, learned.refit.model.calibration.to_dict())
            if examples and changed:
                write_passages(partial, (changed.get(at, each) for at, each in enumerate(examples.passages)))
            _write_json(partial / METRICS, _metrics(record, learned))
            (partial / CARD).write_text(_card(name, bundle, record), encoding="utf-8")
            write_manifest_like(partial, bundle, name=name, training=record)
            partial.replace(folder)
    except OSError as error:
        raise LhsNlpError(f"{folder}: cannot be written ({error.strerror}).") from error
    return name


def check_free(folder: Path) -> None:
    """Raise LhsNlpError when something is in the way of a new folder, or it could not be written."""
    try:
        if not (folder.is_dir() and not any(folder.iterdir())) and (folder.exists() or folder.is_symlink()):
            raise LhsNlpError(f"{folder}: is there already; name a folder that does not exist.")
        nearest = next(parent for parent in folder.absolute().parents if parent.exists())
        tempfile.TemporaryDirectory(dir=nearest, prefix=".lhs-nlp-").cleanup()
    except OSError as error:
        raise LhsNlpError(f"{folder}: cannot be written ({error.strerror}).") from error


def _record(bundle: Bundle, corrections: Corrections, learned: Learned, relabelled: int) -> dict[str, Any]:
    return {
        "base": {"id": bundle.id, "sha256": bundle.sha256, "training": bundle.manifest.get("training")},
        "corrections": {
            "passages": len(corrections.passages),
            "documents": corrections.documents,
            "repeated": corrections.repeated,
            "contradicted": len(corrections.contradicted),
            "sha256": corrections.sha256,
        },
        "examples": learned.background,
        "examples_relabelled": relabelled,
        "strengths": {"presence": _finite(learned.refit.presence), "status": _finite(learned.refit.status)},
    }


def _metrics(record: dict[str, Any], learned: Learned) -> dict[str, Any]:
    """Return what was measured: nothing of the model before, whose numbers are not this one's."""
    measured = {"corrections_out_of_fold": learned.comparison, "checked": learned.checked}
    return {
        "learned_from": record["corrections"],
        "base": record["base"]["id"],
        **{name: scores and scores.to_dict() for name, scores in measured.items()},
    }


def _card(name: str, bundle: Bundle, record: dict[str, Any]) -> str:
    passages, documents = record["corrections"]["passages"], record["corrections"]["documents"]
    return (
        f"# {name}\n\n"
        f"Learned from {counted(passages, 'corrected passage')} of {counted(documents, 'document')} on top of "
        f"{bundle.id} (SHA-256 {bundle.sha256}).\n"
        "The encoder is that of the model before; heads of presence and status, calibration and thresholds of\n"
        "passages are new. Key concepts, stakeholders, dimension and the calibration of documents are as before.\n"
        "Labelled passages that it carries have their new labels where they were corrected: "
        f"{record['examples_relabelled']:,}.\n\n"
        "`metrics.json` has the scores before and after, each document scored by a model that had not seen its\n"
        "corrections. `manifest.json` says what it was made from.\n"
    )


def _finite(strength: float) -> float | None:
    """Return a number for JSON; None for a head that stayed as it was."""
    return None if math.isinf(strength) else strength


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
