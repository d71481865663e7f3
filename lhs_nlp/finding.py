"""What is found: one benefit in one passage, and in which status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lhs_nlp.passages import Passage

if TYPE_CHECKING:
    from lhs_nlp.explanation.types import Explanation


@dataclass(frozen=True, slots=True)
class Finding:
    """One benefit in one passage.

    Attributes
    ----------
    passage
        The passage that speaks of the benefit.
    benefit
        Id of the benefit.
    probability
        Calibrated probability that the passage speaks of the benefit.
    present
        Whether `probability` reaches the benefit's threshold.
    status
        The most probable status id, given that the benefit is present.
    status_probabilities
        Probability of each status, given that the benefit is present; sums to 1.
    claim_probability
        Probability that the passage claims the benefit: present, and in a status of a claim. It is calibrated
        by itself where the framework counts the same statuses as claims as the model's calibration.
    claimed
        Whether the benefit is present in a status of a claim.
    dimension
        Where a claim stands (`project`, `collaboration`, `program`); None when nothing is claimed.
    concepts
        Ids of the benefit's key concepts in the passage.
    stakeholders
        Ids of those to whom the passage offers the benefit; () when nothing is claimed.
    explanation
        Why; None unless it was asked for (see `lhs_nlp.explanation`).
    """

    passage: Passage
    benefit: str
    probability: float
    present: bool
    status: str
    status_probabilities: Mapping[str, float]
    claim_probability: float
    claimed: bool
    dimension: str | None
    concepts: tuple[str, ...]
    stakeholders: tuple[str, ...]
    explanation: Explanation | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return all but the passage and the benefit as plain values, probabilities to 4 decimals or more."""
        return {
            "probability": _rounded(self.probability),
            "present": self.present,
            "status": self.status,
            "status_probabilities": {status: round(p, 4) for status, p in self.status_probabilities.items()},
            "claim_probability": _rounded(self.claim_probability),
            "claimed": self.claimed,
            "dimension": self.dimension,
            "concepts": list(self.concepts),
            "stakeholders": list(self.stakeholders),
        }


def _rounded(probability: float) -> float:
    """Round to 4 decimals, near 0 and 1 to as many more as tell its odds: verdicts of documents follow from them."""
    rare = min(probability, 1 - probability)
    return round(probability, 4 if rare >= 0.01 else 7)
