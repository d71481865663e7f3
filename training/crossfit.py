"""Train once a fold, and score each passage by the model that saw nothing of its document."""

from __future__ import annotations

import logging
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import torch

from lhs_nlp.framework import Framework
from lhs_nlp.heads import Heads, Logits
from training.data import LabelledPassages, folds_by_document
from training.export import export_heads
from training.finetune import Recipe, embed, finetune, read_tokenizer
from training.network import BenefitNetwork, load_network

log = logging.getLogger(__name__)


def train_network(
    encoder: Path, data: LabelledPassages, framework: Framework, recipe: Recipe, checkpoint: Path
) -> BenefitNetwork:
    """Train a network from the pretrained encoder; resume from the checkpoint when it is there."""
    torch.manual_seed(recipe.seed)
    network = load_network(encoder, framework)
    return finetune(network, read_tokenizer(encoder, recipe.most_tokens), data, recipe, checkpoint)


def score(encoder: Path, network: BenefitNetwork, texts: tuple[str, ...], recipe: Recipe) -> Logits:
    """Return the logits of texts."""
    heads: Heads = export_heads(network)
    return heads(embed(network, read_tokenizer(encoder, recipe.most_tokens), texts))


def out_of_fold(
    encoder: Path, data: LabelledPassages, framework: Framework, recipe: Recipe, folds: int, work: Path
) -> Logits:
    """Return out-of-fold logits of all passages, in their order.

    Folds are by document. Checkpoints and scores are kept in `work`, so that a run that
    was stopped goes on where it was.
    """
    fold_of = folds_by_document(data.docs, folds, recipe.seed)
    parts = []
    for fold in range(folds):
        scores = work / f"fold{fold}.npz"
        rows = np.flatnonzero(fold_of == fold)
        if not scores.exists():
            log.info("fold %d of %d: %d passages left out", fold + 1, folds, len(rows))
            rest = data.take(np.flatnonzero(fold_of != fold))
            own = replace(recipe, seed=recipe.seed + fold)
            network = train_network(encoder, rest, framework, own, work / f"fold{fold}.pt")
            save_logits(score(encoder, network, data.take(rows).texts, recipe), scores)
        parts.append((rows, load_logits(scores)))
    order = np.argsort(np.concatenate([rows for rows, _ in parts]))
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for _, part in parts])[order] for field in fields(Logits)
    }
    return Logits(**columns)


def save_logits(logits: Logits, path: Path) -> None:
    """Save logits as compressed arrays."""
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **{field.name: getattr(logits, field.name) for field in fields(Logits)})
    partial.replace(path)


def load_logits(path: Path) -> Logits:
    """Load what `save_logits` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        return Logits(**{field.name: arrays[field.name] for field in fields(Logits)})
