"""A model on disk: manifest with hashes, encoder, tokenizer, heads, calibration, metrics, card."""

from lhs_nlp.bundle.files import CALIBRATION, CARD, ENCODER, HEADS, MANIFEST, METRICS, TOKENIZER, hash_file
from lhs_nlp.bundle.labels import Labels
from lhs_nlp.bundle.loading import DEFAULT_NAME, MODEL_VARIABLE, default_bundle_path, load_bundle
from lhs_nlp.bundle.manifest import write_manifest, write_manifest_like
from lhs_nlp.bundle.types import Bundle

__all__ = [
    "CALIBRATION",
    "CARD",
    "DEFAULT_NAME",
    "ENCODER",
    "HEADS",
    "MANIFEST",
    "METRICS",
    "MODEL_VARIABLE",
    "TOKENIZER",
    "Bundle",
    "Labels",
    "default_bundle_path",
    "hash_file",
    "load_bundle",
    "write_manifest",
    "write_manifest_like",
]
