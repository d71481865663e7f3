"""What the columns of a model's outputs are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lhs_nlp.framework import Framework, default_framework


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns of the model's outputs are, in order, and what its calibration counts as claims.

    Attributes
    ----------
    benefits, statuses, dimensions, concepts, stakeholders
        Ids; of a key concept that of its benefit too.
    claims
        Those of the statuses that make a claim; None where a bundle does not tell.
    """

    benefits: tuple[str, ...]
    statuses: tuple[str, ...]
    dimensions: tuple[str, ...]
    concepts: tuple[tuple[str, str], ...]
    stakeholders: tuple[str, ...]
    claims: tuple[str, ...] | None

    @classmethod
    def of(cls, framework: Framework) -> Labels:
        """Return the labels of a model trained for this framework."""
        return cls(
            benefits=framework.benefit_ids,
            statuses=framework.status_ids,
            dimensions=tuple(dimension.id for dimension in framework.dimensions),
            concepts=framework.concept_keys,
            stakeholders=tuple(stakeholder.id for stakeholder in framework.stakeholders),
            claims=framework.claim_ids,
        )

    def claims_like(self, framework: Framework) -> bool:
        """Return whether the same statuses make a claim in a framework; taken to be so where a bundle does not tell."""
        return self.claims is None or {*self.claims} == {*framework.claim_ids}


def labels_from_dict(data: Mapping[str, Any]) -> Labels:
    """Return the labels that a manifest lists; raise KeyError, TypeError or ValueError when they are malformed."""
    shipped = default_framework()
    # Bundles did not always tell; those that did not were made for the shipped framework or for one's own.
    untold = shipped.claim_ids if tuple(data["statuses"]) == shipped.status_ids else None
    return Labels(
        benefits=tuple(data["benefits"]),
        statuses=tuple(data["statuses"]),
        dimensions=tuple(data["dimensions"]),
        concepts=tuple((str(benefit), str(concept)) for benefit, concept in data["concepts"]),
        stakeholders=tuple(data["stakeholders"]),
        claims=tuple(data["claims"]) if data.get("claims") else untold,
    )
