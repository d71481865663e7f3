"""The pretrained encoder as it comes, with logistic regressions on its vectors."""

from __future__ import annotations

from pathlib import Path

from lhs_nlp.encoders import SentenceTransformerEncoder
from lhs_nlp.heads import Logits
from training.baselines.regression import regress
from training.data import LabelledPassages

STRENGTH = 10.0
"""Of the regressions on the encoder's vectors, which have length one."""


def frozen(train: LabelledPassages, texts: tuple[str, ...], encoder: Path) -> Logits:
    """Return logits of logistic regressions on the vectors of the encoder in this folder."""
    model = SentenceTransformerEncoder(str(encoder))
    return regress(model.encode(train.texts), train, model.encode(texts), STRENGTH)
