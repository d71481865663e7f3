"""A model on disk: manifest with hashes, encoder, tokenizer, heads, calibration, metrics, card."""

from lhs_nlp.bundle.files import CALIBRATION, CARD, ENCODER, HEADS, MANIFEST, METRICS, TOKENIZER, hash_file
from lhs_nlp.bundle.general import GENERAL_NAME, GeneralEncoder, general_encoder
from lhs_nlp.bundle.labels import Labels
from lhs_nlp.bundle.loading import DEFAULT_NAME, MODEL_VARIABLE, default_bundle_path, load_bundle
from lhs_nlp.bundle.manifest import write_manifest, write_manifest_like
from lhs_nlp.bundle.types import Bundle

__all__ = [
    "CALIBRATION",
    "CARD",
    "DEFAULT_NAME",
    "ENCODER",
    "GENERAL_NAME",
    "HEADS",
    "MANIFEST",
    "METRICS",
    "MODEL_VARIABLE",
    "TOKENIZER",
    "Bundle",
    "GeneralEncoder",
    "Labels",
    "default_bundle_path",
    "general_encoder",
    "hash_file",
    "load_bundle",
    "write_manifest",
    "write_manifest_like",
]
