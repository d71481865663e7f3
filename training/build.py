"""Put a trained network and its calibration into a bundle."""

from __future__ import annotations

import json
from pathlib import Path

from lhs_nlp.bundle import CALIBRATION, ENCODER, HEADS, TOKENIZER
from lhs_nlp.calibration import Calibration
from lhs_nlp.heads import save_heads
from training.export import export_encoder, export_heads
from training.finetune import Recipe, read_tokenizer
from training.network import BenefitNetwork


def write_model(folder: Path, base: Path, network: BenefitNetwork, calibration: Calibration, recipe: Recipe) -> None:
    """Write encoder, tokenizer, heads and calibration; the manifest is written last, when all is in place."""
    folder.mkdir(parents=True, exist_ok=True)
    export_encoder(network, folder / ENCODER)
    read_tokenizer(base, recipe.most_tokens).save(str(folder / TOKENIZER))
    save_heads(export_heads(network), folder / HEADS)
    text = json.dumps(calibration.to_dict(), indent=1)
    (folder / CALIBRATION).write_text(text + "\n", encoding="utf-8")
