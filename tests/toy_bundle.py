"""A bundle on disk that is complete, tiny and right by construction: it knows a dozen words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from lhs_nlp.bundle import CALIBRATION, ENCODER, HEADS, METRICS, TOKENIZER, write_manifest
from lhs_nlp.framework import Framework, default_framework
from lhs_nlp.heads import Heads, save_heads
from tests.onnx_writer import write_encoder
from tests.toy import toy_calibration

BENEFIT_WORDS = {
    "mortality": "quality",
    "falls": "safety",
    "disparities": "equity",
    "comfort": "patient_satisfaction",
    "trust": "reputation",
    "costs": "value",
}
STATUS_WORDS = {"will": "anticipated", "fell": "achieved", "unchanged": "not_achieved"}
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")

CLAIM = "The project will cut falls among older people on every ward by a third."
RESULT = "After a year the costs of each admission fell by a tenth."
MENTION = "Disparities between districts are described in the second annex."
NOTHING = "The steering group met on Tuesdays in the library."


def write_toy_bundle(folder: Path, most_tokens: int = 64) -> Path:
    """Write the bundle into a new folder and return it."""
    framework = default_framework()
    folder.mkdir(parents=True)
    toy_tokenizer().save(str(folder / TOKENIZER))
    (folder / ENCODER).write_bytes(write_encoder(_table(framework)))
    save_heads(_heads(framework), folder / HEADS)
    (folder / CALIBRATION).write_text(json.dumps(toy_calibration(framework).to_dict()), encoding="utf-8")
    (folder / METRICS).write_text("{}", encoding="utf-8")
    write_manifest(folder, name="toy-1.0.0", framework=framework, most_tokens=most_tokens, training={})
    return folder


def toy_tokenizer() -> Tokenizer:
    """Return a tokenizer of the words, in lower case, between [CLS] and [SEP]."""
    words = (*SPECIAL, *BENEFIT_WORDS, *STATUS_WORDS)
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


def _table(framework: Framework) -> np.ndarray:
    """Return a token's vector: one dimension a benefit, one a status."""
    labels = (*framework.benefit_ids, *framework.status_ids)
    meanings = [None] * len(SPECIAL) + [*BENEFIT_WORDS.values(), *STATUS_WORDS.values()]
    return np.array([[label == meaning for label in labels] for meaning in meanings], np.float32)


def _heads(framework: Framework) -> Heads:
    """Return heads that read those vectors; a benefit has its first key concept, a claim its first stakeholder."""
    b, t, concepts = len(framework.benefits), len(framework.statuses), framework.concept_keys
    benefit, status = np.split(np.eye(b + t, dtype=np.float32) * 12, [b])
    first = {owner: at for at, (owner, _) in reversed(list(enumerate(concepts)))}
    concept_weights = np.zeros((len(concepts), b + t), np.float32)
    concept_weights[[first[owner] for owner in framework.benefit_ids]] = benefit
    context = np.array([6.0 * (status == "context") for status in framework.status_ids], np.float32)
    stakeholders, dimensions = len(framework.stakeholders), len(framework.dimensions)
    return Heads(
        weights={
            "presence": benefit,
            "status": np.tile(status, (b, 1)),
            "dimension": np.zeros((dimensions, b + t), np.float32),
            "concepts": concept_weights,
            "stakeholders": np.zeros((stakeholders, b + t), np.float32),
        },
        biases={
            "presence": np.full(b, -6, np.float32),
            "status": np.tile(context, b),
            "dimension": np.array([3] + [0] * (dimensions - 1), np.float32),
            "concepts": np.full(len(concepts), -6, np.float32),
            "stakeholders": np.array([6] + [-6] * (stakeholders - 1), np.float32),
        },
        benefits=b,
    )
