"""What networks think of passages, and a small network that is taught by it (Hinton et al. 2015)."""

from __future__ import annotations

import copy
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import softmax

from lhs_nlp.calibration import logit, sigmoid
from lhs_nlp.framework import Framework
from training.corpora.documents import Row
from training.data import LabelledPassages, concatenate, to_targets
from training.finetune import Recipe, finetune, read_tokenizer
from training.fitting import score, train_network
from training.network import BenefitNetwork, SoftTargets

TEACHER = Recipe(epochs=2, empties=0.2, encoder_rate=6e-5, frozen=4, most_tokens=192)
"""How the teacher learns from labels: two hours for each 45,000 passages on two cores."""

TAUGHT = (
    Recipe(epochs=2, encoder_rate=6e-5, head_rate=5e-4, soft=0.7),
    Recipe(epochs=3, encoder_rate=6e-5, head_rate=5e-4, soft=0.7),
    Recipe(epochs=3, encoder_rate=6e-5, head_rate=5e-4, soft=0.7),
)
"""How the small network, which has learned from labels, is taught: a recipe for each round."""

CHUNK = 4_000
"""Passages whose opinions are kept in one file."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opinions:
    """What a network thinks of n passages: probabilities of presence and, where present, of each status."""

    presence: NDArray[np.float64]  # [n, B]
    status: NDArray[np.float64]  # [n, B, T]

    def as_targets(self) -> SoftTargets:
        """Return them as what the loss compares with."""
        return SoftTargets(torch.from_numpy(self.presence).float(), torch.from_numpy(self.status).float())


def teach(
    pupil: BenefitNetwork,
    teacher: Path,
    labelled: LabelledPassages,
    unlabelled: Sequence[Row],
    framework: Framework,
    base: Path,
    work: Path,
    learning: Recipe = TEACHER,
    teaching: Sequence[Recipe] = TAUGHT,
) -> BenefitNetwork:
    """Return a small network that was taught by a larger one, trained on the same labels, and by itself.

    The targets are the mean of what both think: on passages that neither has seen, that mean is
    better than either. Passages without a label are learned from it alone. In each further round the
    small network starts from what it has become, and its new opinion takes the place of the old one.

    Parameters
    ----------
    pupil
        The small network, trained on `labelled`; it stays as it is.
    teacher, base
        Folders of the pretrained encoders of the teacher and of the pupil.
    labelled, unlabelled
        Passages with labels, and rows of others, with `id`, `doc`, `kind` and `text`.
    framework
        The columns of the targets.
    work
        Folder of checkpoints and opinions, so that a run that was stopped goes on where it was; for other labels,
        another one. A round's checkpoint is named by the networks and texts that it began with: what another network
        became is never taken for it.
    learning
        How the teacher learns.
    teaching
        How the pupil is taught, a recipe for each round.
    """
    log.info("teacher: %d passages", len(labelled))
    larger = train_network(teacher, labelled, framework, learning, work / "teacher.pt")
    texts = (*labelled.texts, *(row["text"] for row in unlabelled))
    taught = pupil
    for turn, recipe in enumerate(teaching):
        thought = average(
            [
                opinions(teacher, larger, texts, learning, work / "opinions-teacher"),
                opinions(base, taught, texts, recipe, work / "opinions-pupil"),
            ]
        )
        known = concatenate([labelled, _without_labels(unlabelled, thought, len(labelled), framework)])
        log.info("round %d of %d: %d passages", turn + 1, len(teaching), len(known))
        soft = thought.as_targets()
        checkpoint = work / f"taught-{turn + 1}-{began_with([larger, taught], texts)}.pt"
        tokenizer = read_tokenizer(base, recipe.most_tokens)
        taught = finetune(copy.deepcopy(taught), tokenizer, known, recipe, checkpoint, turn, soft)
    return taught


def opinions(encoder: Path, network: BenefitNetwork, texts: Sequence[str], recipe: Recipe, folder: Path) -> Opinions:
    """Return what a network thinks of texts; what is known of each few thousand is kept in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = _digest(network)
    presence, status = [], []
    for start in range(0, len(texts), CHUNK):
        chunk = tuple(texts[start : start + CHUNK])
        path = folder / f"{hashlib.sha256(weights + repr(chunk).encode()).hexdigest()[:16]}.npz"
        if not path.exists():
            logits = score(encoder, network, chunk, recipe, bf16=recipe.bf16)
            partial = path.with_suffix(".partial.npz")
            np.savez(partial, presence=logits.presence, status=logits.status)
            partial.replace(path)
            log.info("%s: %d of %d", folder.name, min(start + CHUNK, len(texts)), len(texts))
        with np.load(path) as kept:
            presence.append(sigmoid(kept["presence"]))
            status.append(softmax(kept["status"].astype(np.float64), axis=2))
    return Opinions(np.concatenate(presence), np.concatenate(status))


def average(several: Sequence[Opinions]) -> Opinions:
    """Return the mean of several networks' opinions: of log odds for presence, of probabilities for status."""
    return Opinions(
        presence=sigmoid(np.mean([logit(each.presence) for each in several], axis=0)),
        status=np.mean([each.status for each in several], axis=0),
    )


def began_with(networks: Sequence[BenefitNetwork], texts: Sequence[str]) -> str:
    """Return 16 hexadecimal digits of weights and texts: what others became is never taken for what these became."""
    return hashlib.sha256(b"".join(map(_digest, networks)) + repr(tuple(texts)).encode()).hexdigest()[:16]


def _digest(network: BenefitNetwork) -> bytes:
    """Return a hash of the weights, so that what another network thought is never taken for this one's opinion."""
    digest = hashlib.sha256()
    for weights in network.state_dict().values():
        digest.update(weights.contiguous().numpy().tobytes())
    return digest.digest()


def _without_labels(rows: Sequence[Row], thought: Opinions, first: int, framework: Framework) -> LabelledPassages:
    """Return unlabelled passages, of weight 0; whether a benefit is present is what is thought, to tell empty ones."""
    blank = to_targets([row | {"labels": {}, "place": row["id"]} for row in rows], framework)
    presence = (thought.presence[first:] >= 0.5).astype(np.int64)
    return replace(blank, presence=presence, weight=np.zeros(len(rows), np.float32))
