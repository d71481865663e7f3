"""The network: a small encoder, mean pooling, and linear heads that share its vector."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel

from lhs_nlp.framework import Framework


@dataclass(frozen=True, slots=True)
class LossWeights:
    """Weight of each task in the loss; presence and status decide, the others help."""

    presence: float = 1.0
    status: float = 1.0
    concepts: float = 0.5
    stakeholders: float = 0.25
    dimension: float = 0.25


@dataclass(frozen=True, slots=True)
class Outputs:
    """Logits of a batch of n passages."""

    presence: Tensor  # [n, B]
    status: Tensor  # [n, B, T]
    dimension: Tensor  # [n, D]
    concepts: Tensor  # [n, C]
    stakeholders: Tensor  # [n, S]


@dataclass(frozen=True, slots=True)
class Targets:
    """Targets of a batch, as in `LabelledPassages`; -1 is ignored."""

    presence: Tensor
    status: Tensor
    dimension: Tensor
    concepts: Tensor
    stakeholders: Tensor
    weight: Tensor


@dataclass(frozen=True, slots=True)
class SoftTargets:
    """What a teacher thinks of n passages: probabilities of presence and, where present, of each status."""

    presence: Tensor  # [n, B]
    status: Tensor  # [n, B, T]

    def take(self, rows: Tensor) -> SoftTargets:
        """Return those of these passages."""
        return SoftTargets(self.presence[rows], self.status[rows])


class BenefitNetwork(nn.Module):
    """Encoder, mean over tokens, dropout, and one linear head a task.

    The status head is the sum of a part shared by all benefits and a part of each
    benefit's own, so that a benefit with few labels borrows what the others know about
    claims; export folds the sum into one linear map.
    """

    def __init__(self, encoder: nn.Module, width: int, framework: Framework, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.benefits, self.statuses = len(framework.benefits), len(framework.statuses)
        self.dropout = nn.Dropout(dropout)
        self.presence = nn.Linear(width, self.benefits)
        self.status_shared = nn.Linear(width, self.statuses)
        self.status_own = nn.Linear(width, self.benefits * self.statuses)
        self.dimension = nn.Linear(width, len(framework.dimensions))
        self.concepts = nn.Linear(width, len(framework.concept_keys))
        self.stakeholders = nn.Linear(width, len(framework.stakeholders))
        nn.init.zeros_(self.status_own.weight)
        nn.init.zeros_(self.status_own.bias)

    def pool(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return the mean of the token vectors of each passage, [n, width]."""
        tokens = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
        return (tokens * mask).sum(1) / mask.sum(1).clamp(min=1.0)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Outputs:
        """Return the logits of every task."""
        return self.heads(self.dropout(self.pool(input_ids, attention_mask)))

    def heads(self, vectors: Tensor) -> Outputs:
        """Return the logits of pooled vectors, [n, width]."""
        own = self.status_own(vectors).view(-1, self.benefits, self.statuses)
        return Outputs(
            presence=self.presence(vectors),
            status=own + self.status_shared(vectors).unsqueeze(1),
            dimension=self.dimension(vectors),
            concepts=self.concepts(vectors),
            stakeholders=self.stakeholders(vectors),
        )

    def linear_heads(self) -> dict[str, Tensor]:
        """Return each head as one linear map: ``<task>.weight`` [k, width], ``<task>.bias`` [k]."""
        shared, own = self.status_shared, self.status_own
        heads = {
            "status.weight": own.weight + shared.weight.repeat(self.benefits, 1),
            "status.bias": own.bias + shared.bias.repeat(self.benefits),
        }
        for task in ("presence", "dimension", "concepts", "stakeholders"):
            head: nn.Linear = getattr(self, task)
            heads |= {f"{task}.weight": head.weight, f"{task}.bias": head.bias}
        return {name: tensor.detach().float().contiguous() for name, tensor in heads.items()}


def load_network(encoder: Path, framework: Framework) -> BenefitNetwork:
    """Put fresh heads on a pretrained encoder in this folder (Hugging Face layout)."""
    model = AutoModel.from_pretrained(str(encoder), local_files_only=True, add_pooling_layer=False)
    return BenefitNetwork(model, model.config.hidden_size, framework)


def loss(outputs: Outputs, targets: Targets, weights: LossWeights) -> Tensor:
    """Return the weighted sum of the tasks' losses for each passage, [n].

    Binary cross-entropy for presence, concepts and stakeholders; cross-entropy for the
    status of each benefit that is present and for the dimension of each claim. Presence
    and status together are the likelihood of one distribution over absent and statuses.
    """
    presence = F.binary_cross_entropy_with_logits(
        outputs.presence.float(), targets.presence.float(), reduction="none"
    ).sum(1)
    status = F.cross_entropy(
        outputs.status.float().transpose(1, 2), targets.status, ignore_index=-1, reduction="none"
    ).sum(1)
    dimension = F.cross_entropy(outputs.dimension.float(), targets.dimension, ignore_index=-1, reduction="none")
    total = (
        weights.presence * presence
        + weights.status * status
        + weights.dimension * dimension
        + weights.concepts * _masked_bce(outputs.concepts, targets.concepts)
        + weights.stakeholders * _masked_bce(outputs.stakeholders, targets.stakeholders)
    )
    return total * targets.weight


def soft_loss(outputs: Outputs, soft: SoftTargets) -> Tensor:
    """Return the cross-entropy of the teacher's distributions for each passage, [n] (Hinton et al. 2015).

    For each benefit that is one distribution over absent and the statuses, as in `loss`.
    """
    presence = F.binary_cross_entropy_with_logits(outputs.presence.float(), soft.presence, reduction="none")
    status = -(soft.status * F.log_softmax(outputs.status.float(), dim=2)).sum(2)
    return (presence + soft.presence * status).sum(1)


def _masked_bce(logits: Tensor, targets: Tensor) -> Tensor:
    known = targets >= 0
    each = F.binary_cross_entropy_with_logits(logits.float(), targets.clamp(min=0).float(), reduction="none")
    return (each * known).sum(1)
