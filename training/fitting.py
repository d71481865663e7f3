"""Train networks with documents held out, average them, and score what none of them has seen."""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from pathlib import Path

import torch

from lhs_nlp.framework import Framework
from lhs_nlp.heads import Heads, Logits
from training.data import LabelledPassages
from training.export import export_heads
from training.finetune import Recipe, embed, finetune, read_tokenizer
from training.network import BenefitNetwork, load_network

log = logging.getLogger(__name__)


def train_networks(
    encoder: Path, data: LabelledPassages, framework: Framework, recipe: Recipe, work: Path
) -> dict[str, BenefitNetwork]:
    """Train networks that differ in the order of the data; of several, their average comes last, named `averaged`.

    Checkpoints are kept in `work`, so that a run that was stopped goes on where it was.
    """
    networks = {}
    for order in range(recipe.networks):
        log.info("network %d of %d: %d passages", order + 1, recipe.networks, len(data))
        checkpoint = work / f"network-{order + 1}.pt"
        networks[f"network {order + 1}"] = train_network(encoder, data, framework, recipe, checkpoint, order)
    return networks if len(networks) == 1 else networks | {"averaged": average(list(networks.values()))}


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


def score(encoder: Path, network: BenefitNetwork, texts: tuple[str, ...], recipe: Recipe, bf16: bool = False) -> Logits:
    """Return the logits of texts; in full precision unless `bf16`."""
    heads: Heads = export_heads(network)
    return heads(embed(network, read_tokenizer(encoder, recipe.most_tokens), texts, bf16=bf16))
