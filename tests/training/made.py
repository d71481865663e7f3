"""Made-up passages that a tiny network learns in seconds, and the tiny encoder that it starts from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from training.finetune import Recipe

BENEFITS = {
    "mortality": "quality",
    "falls": "safety",
    "disparities": "equity",
    "comfort": "patient_satisfaction",
    "trust": "reputation",
    "costs": "value",
}
STATUSES = {"will": "anticipated", "fell": "achieved", "unchanged": "not_achieved", "common": "context"}
FILLER = ("the", "ward", "of", "a", "hospital", "in", "year", "and", "staff", "weekly")
WORDS = (*BENEFITS, *STATUSES, *FILLER)

QUICK = Recipe(networks=2, epochs=16, batch=8, encoder_rate=4e-3, head_rate=5e-2, most_tokens=16, bf16=False)
"""A recipe that learns the passages in a second."""

EXPORT_WARNINGS = ("ignore:Converting a tensor", "ignore:Exporting aten", "ignore::DeprecationWarning")
"""What the exporter says of code that it cannot trace; that the vectors stay the same is tested."""


def write_base(folder: Path, hidden_size: int = 32) -> Path:
    """Write a BERT of two small layers with random weights, as Hugging Face lays it out."""
    vocabulary = {word: at for at, word in enumerate(("[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(1)
    # Wide enough in between for weights that export stores as float16.
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=hidden_size,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=320,
        max_position_embeddings=32,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def passages(documents: int, prefix: str) -> list[dict[str, Any]]:
    """Return four passages a document: three of one benefit in different statuses, and one of none."""
    rows = []
    for number in range(documents):
        word = list(BENEFITS)[number % len(BENEFITS)]
        doc = f"{prefix}{number}"
        for at, status in enumerate((*list(STATUSES)[number % 2 : number % 2 + 3], None)):
            fill = " ".join(FILLER[(number + at + step) % len(FILLER)] for step in range(3 + number % 4))
            labels = {BENEFITS[word]: STATUSES[status]} if status else {}
            text = f"{fill} {word} {status} {fill}" if status else f"{fill} {fill}"
            rows.append({"id": f"{doc}#{at}", "doc": doc, "kind": "grant", "text": text, "labels": labels})
    return rows


def write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Write rows as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_authored(folder: Path, documents: int = 2) -> Path:
    """Write authored documents, every other one for the test."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        rows = passages(1, f"authored{number}-")
        more: dict[str, Any] = {"concepts": {}, "stakeholders": []}
        document = {
            "id": f"authored{number}",
            "title": f"Strategy {number}",
            "kind": "strategy",
            "split": ("train", "test")[number % 2],
            "passages": [{"text": row["text"], "labels": row["labels"]} | more for row in rows],
        }
        (folder / f"authored{number}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder
