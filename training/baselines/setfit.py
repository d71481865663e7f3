"""SetFit (Tunstall et al. 2022), by the library of that name: an encoder that is tuned on a few pairs of passages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import LhsNlpError
from lhs_nlp.heads import Logits
from training.baselines.frozen import frozen
from training.data import LabelledPassages

FEW = 32
"""Passages of each benefit, and as many of none, from which pairs are made."""
PAIRS = 20
"""Like pairs, and as many unlike ones, for each of these passages: the number that the authors chose."""


def setfit(
    train: LabelledPassages, texts: tuple[str, ...], encoder: Path, seed: int, few: int = FEW, pairs: int = PAIRS
) -> Logits:
    """Tune the encoder in this folder on a few passages a benefit; return logits of regressions on all passages.

    Parameters
    ----------
    train, texts
        What is learned from, and what is scored.
    encoder
        Folder of a pretrained encoder.
    seed
        Decides which passages are drawn, and their order.
    few, pairs
        Passages a benefit, and pairs of each kind a passage.

    Raises
    ------
    LhsNlpError
        The library is not installed.
    """
    with TemporaryDirectory() as folder:
        tuned = Path(folder) / "tuned"
        _tune(encoder, train.take(few_of_each(train, few, seed)), seed, pairs, tuned)
        return frozen(train, texts, tuned)


def few_of_each(train: LabelledPassages, few: int, seed: int) -> NDArray[np.int64]:
    """Return the rows of so many passages of each benefit and of none, or of all where there are fewer."""
    random = np.random.default_rng(seed)
    groups = [np.flatnonzero(group) for group in with_none(train).T]
    return np.unique(np.concatenate([random.permutation(group)[:few] for group in groups]))


def with_none(passages: LabelledPassages) -> NDArray[np.int64]:
    """Return presence with a last column that says that there is no benefit, [n, B + 1].

    Without it, two passages of no benefit would count as unlike.
    """
    return np.column_stack([passages.presence, ~passages.presence.any(1)])


def _tune(encoder: Path, passages: LabelledPassages, seed: int, pairs: int, output: Path) -> None:
    try:
        from setfit import SetFitModel, Trainer, TrainingArguments
    except ImportError as error:
        raise LhsNlpError("SetFit is missing: pip install 'lhs-nlp[baselines]', or run `make baselines`.") from error
    from sentence_transformers import SentenceTransformer

    model = SetFitModel(model_body=SentenceTransformer(str(encoder)), multi_target_strategy="one-vs-rest")
    arguments = TrainingArguments(
        output_dir=str(output.parent),
        num_iterations=pairs,
        num_epochs=1,
        seed=seed,
        report_to="none",
        save_strategy="no",
    )
    trainer = Trainer(model=model, args=arguments)
    trainer.train_embeddings(list(passages.texts), with_none(passages).tolist(), args=arguments)
    model.model_body.save(str(output), create_model_card=False)
