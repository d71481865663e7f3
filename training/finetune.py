"""Fine-tune the encoder and its heads together; keep a checkpoint after every epoch."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from lhs_nlp.errors import LhsNlpError
from training.data import LabelledPassages
from training.network import BenefitNetwork, LossWeights, SoftTargets, Targets, loss, soft_loss

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a training run, so that a seed repeats it.

    Attributes
    ----------
    epochs, batch
        How often the data are gone through, and passages of a step.
    empties
        Share of the passages without a benefit that an epoch sees, another draw each epoch: most
        passages carry none, and soon have little left to teach. The calibration, fitted on all,
        undoes the shift of the prior.
    networks
        Networks that are trained, with the data in different orders, and averaged.
    encoder_rate, head_rate
        Highest learning rates, of the encoder's top layer and of the heads.
    layer_decay
        Of the learning rate, from each layer of the encoder to the one below it.
    weight_decay
        Of AdamW, on all weights.
    warmup
        Share of the steps in which the rates rise to their highest, before they fall to 0.
    most_tokens
        Longer passages are cut after this many tokens.
    seed
        Of what is held out, the heads' first weights, the order of the data and dropout.
    frozen
        So many of the encoder's lowest layers stay as they were, and its embeddings with them; 0: all learn.
    soft
        Share of the loss that compares with a teacher's probabilities instead of the labels.
    bf16
        Learn in bfloat16 where the processor computes in it: twice as fast there, and many times slower elsewhere.
    losses
        Weights of the tasks.
    """

    epochs: int = 3
    batch: int = 32
    empties: float = 0.5
    networks: int = 1
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.1
    most_tokens: int = 256
    seed: int = 20240
    bf16: bool = True
    frozen: int = 0
    soft: float = 0.0
    losses: LossWeights = field(default_factory=LossWeights)


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids of a few passages, padded, and the rows that they are."""

    rows: NDArray[np.int64]
    input_ids: torch.Tensor
    attention_mask: torch.Tensor


def read_tokenizer(encoder: Path, most_tokens: int) -> Tokenizer:
    """Read the encoder's tokenizer with our own truncation and no padding built in."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(most_tokens)
    return tokenizer


def finetune(
    network: BenefitNetwork,
    tokenizer: Tokenizer,
    data: LabelledPassages,
    recipe: Recipe,
    checkpoint: Path,
    order: int = 0,
    soft: SoftTargets | None = None,
) -> BenefitNetwork:
    """Train the weights of a network in place, and return it; resume from the checkpoint when it is there.

    AdamW with linear warm-up and decay; layers nearer the input learn more slowly by
    `layer_decay` a layer (Howard and Ruder 2018).

    Parameters
    ----------
    network
        What learns.
    tokenizer
        The encoder's.
    data
        What is learned; passages of weight 0 from the teacher alone.
    recipe
        How it is learned.
    checkpoint
        File of weights, optimiser, schedule and random state, replaced after every epoch.
    order
        With the recipe's seed, decides the order of the batches and dropout.
    soft
        What a teacher thinks, one row a passage: then a part of the loss, `soft` of the recipe, compares with it.

    Raises
    ------
    LhsNlpError
        The checkpoint is of another recipe: with another seed, it may have been trained on what is held out now.
    """
    torch.manual_seed(recipe.seed + order)
    _freeze(network, recipe.frozen)
    ids = tokenise(tokenizer, data.texts)
    optimiser = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.weight_decay)
    epochs = [_training_rows(data, recipe, order, epoch) for epoch in range(recipe.epochs)]
    steps = sum(-(-len(rows) // recipe.batch) for rows in epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps, recipe.warmup))
    first = _resume(checkpoint, network, optimiser, schedule, recipe)
    for epoch, rows in list(enumerate(epochs))[first:]:
        start, losses = time.monotonic(), []
        network.train()
        for batch in _training_batches(ids, rows, recipe, order, epoch):
            value = _loss(network, batch, data, recipe, soft)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            losses.append(float(value.detach()))
            if len(losses) % 50 == 0:
                log.info("epoch %d step %d loss %.3f", epoch + 1, len(losses), np.mean(losses[-50:]))
        log.info("epoch %d loss %.3f in %.0f s", epoch + 1, np.mean(losses), time.monotonic() - start)
        _save(checkpoint, network, optimiser, schedule, epoch + 1, recipe)
    return network


@torch.inference_mode()
def embed(
    network: BenefitNetwork, tokenizer: Tokenizer, texts: tuple[str, ...], size: int = 64, bf16: bool = False
) -> NDArray[np.float32]:
    """Return the pooled vectors, float32 [n, width], without dropout; in full precision unless `bf16`."""
    network.eval()
    ids = tokenise(tokenizer, texts)
    order = np.argsort([len(row) for row in ids], kind="stable")
    vectors = np.zeros((len(ids), network.presence.in_features), np.float32)
    for start in range(0, len(order), size):
        batch = _batch(ids, order[start : start + size])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16 and computes_bf16()):
            pooled = network.pool(batch.input_ids, batch.attention_mask)
        vectors[batch.rows] = pooled.float().numpy()
    return vectors


def computes_bf16() -> bool:
    """Return whether this processor multiplies matrices of bfloat16 itself."""
    known = torch.cpu.get_capabilities()
    return any(known.get(name) for name in ("avx512_bf16", "amx_bf16", "bf16"))


def tokenise(tokenizer: Tokenizer, texts: tuple[str, ...]) -> list[list[int]]:
    """Return the token ids of each text, truncated, not padded."""
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def _training_rows(data: LabelledPassages, recipe: Recipe, order: int, epoch: int) -> NDArray[np.int64]:
    """Return the rows that an epoch sees, shuffled, the same for the same seed, order and epoch."""
    random = np.random.default_rng([recipe.seed, order, epoch])
    empty = random.permutation(np.flatnonzero(~data.presence.any(1)))
    kept = empty[: round(recipe.empties * len(empty))]
    return random.permutation(np.concatenate([np.flatnonzero(data.presence.any(1)), kept]))


def _training_batches(
    ids: list[list[int]], rows: NDArray[np.int64], recipe: Recipe, order: int, epoch: int
) -> Iterator[Batch]:
    """Yield the passages of an epoch in random batches of like length."""
    pool = recipe.batch * 40
    batches = []
    for start in range(0, len(rows), pool):
        chunk = sorted(rows[start : start + pool], key=lambda row: len(ids[row]))
        batches += [np.array(chunk[at : at + recipe.batch]) for at in range(0, len(chunk), recipe.batch)]
    for at in np.random.default_rng([recipe.seed, order, epoch, 1]).permutation(len(batches)):
        yield _batch(ids, batches[at])


def _batch(ids: list[list[int]], rows: NDArray[np.int64]) -> Batch:
    # Lengths in steps of eight: the kernels for each new shape are compiled anew.
    longest = -(-max(len(ids[row]) for row in rows) // 8) * 8
    input_ids = torch.zeros((len(rows), longest), dtype=torch.long)
    mask = torch.zeros_like(input_ids)
    for at, row in enumerate(rows):
        input_ids[at, : len(ids[row])] = torch.tensor(ids[row])
        mask[at, : len(ids[row])] = 1
    return Batch(rows, input_ids, mask)


def _targets(data: LabelledPassages, rows: NDArray[np.int64]) -> Targets:
    return Targets(
        presence=torch.from_numpy(data.presence[rows]),
        status=torch.from_numpy(data.status[rows]),
        dimension=torch.from_numpy(data.dimension[rows]),
        concepts=torch.from_numpy(data.concepts[rows]),
        stakeholders=torch.from_numpy(data.stakeholders[rows]),
        weight=torch.from_numpy(data.weight[rows]),
    )


def _loss(
    network: BenefitNetwork, batch: Batch, data: LabelledPassages, recipe: Recipe, soft: SoftTargets | None
) -> torch.Tensor:
    """Return the mean loss of a batch: by its labels, and with `soft` by what a teacher thinks, too."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bf16 and computes_bf16()):
        outputs = network(batch.input_ids, batch.attention_mask)
    each = loss(outputs, _targets(data, batch.rows), recipe.losses)
    if soft is not None:
        taught = soft_loss(outputs, soft.take(torch.from_numpy(batch.rows)))
        each = (1 - recipe.soft) * each + recipe.soft * taught
    return each.mean()


def _freeze(network: BenefitNetwork, layers: int) -> None:
    if layers:
        for part in (network.encoder.embeddings, *network.encoder.encoder.layer[:layers]):
            part.requires_grad_(False)


def _groups(network: BenefitNetwork, recipe: Recipe) -> list[dict[str, object]]:
    """Group the weights by learning rate: heads fast, lower layers of the encoder slowly."""
    layers = int(network.encoder.config.num_hidden_layers)
    groups: dict[float, list[torch.nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        if not name.startswith("encoder."):
            rate = recipe.head_rate
        elif ".layer." in name:
            depth = int(name.split(".layer.")[1].split(".")[0])
            rate = recipe.encoder_rate * recipe.layer_decay ** (layers - 1 - depth)
        else:
            rate = recipe.encoder_rate * recipe.layer_decay**layers
        groups.setdefault(rate, []).append(weight)
    return [{"params": weights, "lr": rate} for rate, weights in groups.items()]


def _rate(step: int, steps: int, warmup: float) -> float:
    rise = max(1, int(steps * warmup))
    return (step + 1) / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def _save(
    path: Path,
    network: BenefitNetwork,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    epochs: int,
    recipe: Recipe,
) -> None:
    state = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
        "random": torch.get_rng_state(),
        "epochs": epochs,
        "recipe": asdict(recipe),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _resume(
    path: Path,
    network: BenefitNetwork,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    recipe: Recipe,
) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    if state["recipe"] != asdict(recipe):
        raise LhsNlpError(f"{path}: was trained by another recipe; move it away, or name another folder to work in.")
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    torch.set_rng_state(state["random"])
    return int(state["epochs"])
