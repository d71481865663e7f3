"""Train once a fold, score each passage by the model that saw nothing of its document, and average the models."""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from lhs_nlp.framework import Framework
from lhs_nlp.heads import Heads, Logits
from training.data import Folds, LabelledPassages, concatenate, folds_by_document
from training.export import export_heads
from training.finetune import Recipe, embed, finetune, read_tokenizer
from training.network import BenefitNetwork, load_network

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrossFit:
    """What training with documents left out gives.

    Attributes
    ----------
    rows
        The passages that one of the networks had not seen, in order, [n].
    logits
        Their logits by that network, [n, ...].
    networks
        One network a fold that was left out.
    """

    rows: NDArray[np.int64]
    logits: Logits
    networks: tuple[BenefitNetwork, ...]


def crossfit(
    encoder: Path,
    data: LabelledPassages,
    always: LabelledPassages,
    framework: Framework,
    recipe: Recipe,
    folds: Folds,
    work: Path,
) -> CrossFit:
    """Train one network for each fold of documents that is left out.

    Checkpoints and scores are kept in `work`, so that a run that was stopped goes on where it
    was. All networks begin with the same weights, so that they can be averaged.

    Parameters
    ----------
    encoder
        Folder of the pretrained encoder.
    data
        Passages, left out fold by fold.
    always
        Passages that every network trains on.
    framework, recipe
        What is learned, and how.
    folds
        How many folds there are, and how many of them are left out in turn.
    work
        Folder for checkpoints and scores.
    """
    fold_of = folds_by_document(data.docs, folds.count, recipe.seed)
    parts, networks = [], []
    for fold in range(folds.left_out):
        rows, scores = np.flatnonzero(fold_of == fold), work / f"fold{fold}.npz"
        log.info("fold %d of %d: %d passages left out", fold + 1, folds.count, len(rows))
        rest = concatenate([data.take(np.flatnonzero(fold_of != fold)), always])
        network = train_network(encoder, rest, framework, recipe, work / f"fold{fold}.pt", order=fold)
        if not scores.exists():
            save_logits(score(encoder, network, data.take(rows).texts, recipe), scores)
        parts.append((rows, load_logits(scores)))
        networks.append(network)
    rows = np.concatenate([rows for rows, _ in parts])
    order = np.argsort(rows)
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for _, part in parts])[order] for field in fields(Logits)
    }
    return CrossFit(rows[order], Logits(**columns), tuple(networks))


def train_network(
    encoder: Path, data: LabelledPassages, framework: Framework, recipe: Recipe, checkpoint: Path, order: int = 0
) -> BenefitNetwork:
    """Train a network from the pretrained encoder; resume from the checkpoint when it is there.

    The recipe's seed decides the heads' first weights, together with `order` the order of batches and dropout.
    """
    torch.manual_seed(recipe.seed)
    network = load_network(encoder, framework)
    return finetune(network, read_tokenizer(encoder, recipe.most_tokens), data, recipe, checkpoint, order)


def average(networks: Sequence[BenefitNetwork]) -> BenefitNetwork:
    """Return a network whose weights are the mean of all networks' (Wortsman et al. 2022, "Model soups").

    They must have begun with the same weights.
    """
    states = [network.state_dict() for network in networks]
    mean = {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
    averaged = copy.deepcopy(networks[0])
    averaged.load_state_dict(mean)
    return averaged


def score(encoder: Path, network: BenefitNetwork, texts: tuple[str, ...], recipe: Recipe) -> Logits:
    """Return the logits of texts."""
    heads: Heads = export_heads(network)
    return heads(embed(network, read_tokenizer(encoder, recipe.most_tokens), texts))


def save_logits(logits: Logits, path: Path) -> None:
    """Save logits as compressed arrays."""
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **{field.name: getattr(logits, field.name) for field in fields(Logits)})
    partial.replace(path)


def load_logits(path: Path) -> Logits:
    """Load what `save_logits` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        return Logits(**{field.name: arrays[field.name] for field in fields(Logits)})
