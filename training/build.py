"""Put a trained network and its calibration into a bundle."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.bundle import CALIBRATION, ENCODER, HEADS, TOKENIZER
from lhs_nlp.calibration import Calibration
from lhs_nlp.explanation import Example, save_examples
from lhs_nlp.framework import Framework
from lhs_nlp.heads import save_heads
from training.data import LabelledPassages
from training.export import export_encoder, export_heads
from training.finetune import Recipe, embed, read_tokenizer
from training.network import BenefitNetwork


def write_model(folder: Path, base: Path, network: BenefitNetwork, calibration: Calibration, recipe: Recipe) -> None:
    """Write encoder, tokenizer, heads and calibration; the caller writes the manifest when all is in place."""
    folder.mkdir(parents=True, exist_ok=True)
    export_encoder(network, folder / ENCODER)
    read_tokenizer(base, recipe.most_tokens).save(str(folder / TOKENIZER))
    save_heads(export_heads(network), folder / HEADS)
    text = json.dumps(calibration.to_dict(), indent=1)
    (folder / CALIBRATION).write_text(text + "\n", encoding="utf-8")


def write_examples(
    folder: Path,
    base: Path,
    network: BenefitNetwork,
    passages: LabelledPassages,
    framework: Framework,
    recipe: Recipe,
) -> None:
    """Put labelled passages into the bundle, to be shown beside what is like them; they must be ours to give away."""
    examples = [
        Example(passage_id, text, _labels(status, framework))
        for passage_id, text, status in zip(passages.ids, passages.texts, passages.status, strict=True)
    ]
    save_examples(folder, examples, embed(network, read_tokenizer(base, recipe.most_tokens), passages.texts))


def _labels(status: NDArray[np.int64], framework: Framework) -> dict[str, str]:
    return {
        benefit: framework.status_ids[at]
        for benefit, at in zip(framework.benefit_ids, status.tolist(), strict=True)
        if at >= 0
    }
