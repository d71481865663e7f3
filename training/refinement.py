"""A trained network learns on: slowly, from labels, without forgetting what it thought (Li and Hoiem 2016)."""

from __future__ import annotations

import copy
import logging
from pathlib import Path

from training.data import LabelledPassages
from training.finetune import Recipe, finetune, read_tokenizer
from training.network import BenefitNetwork
from training.split import TrainingData
from training.teacher import began_with, opinions

REFINING = Recipe(epochs=2, empties=1.0, encoder_rate=2e-5, head_rate=1e-4, soft=0.5)
"""How a network learns on."""

log = logging.getLogger(__name__)


def refine(
    network: BenefitNetwork, passages: LabelledPassages, base: Path, work: Path, recipe: Recipe = REFINING
) -> BenefitNetwork:
    """Return a network that learned on from these passages; the given one stays as it is.

    A share of the loss, `soft` of the recipe, compares with what the network thought of the passages
    before; the rest with their labels.

    Parameters
    ----------
    network
        A network that has learned from labels, and may have been taught.
    passages
        Passages with labels; none that is held out.
    base
        Folder of the pretrained encoder of the network.
    work
        Folder of checkpoint and opinions, so that a run that was stopped goes on where it was.
    recipe
        How it learns.
    """
    log.info("refining: %d passages", len(passages))
    soft = opinions(base, network, passages.texts, recipe, work / "opinions-refined").as_targets()
    checkpoint = work / f"refined-{began_with([network], passages.texts)}.pt"
    tokenizer = read_tokenizer(base, recipe.most_tokens)
    return finetune(copy.deepcopy(network), tokenizer, passages, recipe, checkpoint, soft=soft)


def passages_to_refine_on(data: TrainingData, seed: int) -> LabelledPassages:
    """Return what is trained on of ``train.jsonl``: its labels are made by the procedure of dev."""
    labelled, shared = data.trained_on(seed), set(data.shared.ids)
    return labelled.where([passage in shared for passage in labelled.ids])
