"""All that turns a model's logits into calibrated probabilities and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration.documents import DocumentCalibration
from lhs_nlp.calibration.platt import Platt
from lhs_nlp.errors import BundleError


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibration of every task, fitted on passages that the model had not seen.

    Attributes
    ----------
    presence, claim
        Per benefit, on the logit of presence and on the log odds of a claim.
    concepts, stakeholders
        Per key concept and per stakeholder.
    status_temperature
        Divides the logits of status before the softmax (Guo et al. 2017).
    presence_thresholds
        Per benefit, float64 [B].
    concept_threshold, stakeholder_threshold
        Common to all concepts, and to all stakeholders.
    document
        The document's confidence and verdict.
    """

    presence: Platt
    claim: Platt
    concepts: Platt
    stakeholders: Platt
    status_temperature: float
    presence_thresholds: NDArray[np.float64]
    concept_threshold: float
    stakeholder_threshold: float
    document: DocumentCalibration

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, for JSON."""
        platts = ("presence", "claim", "concepts", "stakeholders")
        data: dict[str, Any] = {name: _platt_to_dict(getattr(self, name)) for name in platts}
        data |= {
            "status_temperature": self.status_temperature,
            "presence_thresholds": self.presence_thresholds.tolist(),
            "concept_threshold": self.concept_threshold,
            "stakeholder_threshold": self.stakeholder_threshold,
            "document": {
                "weights": self.document.weights.tolist(),
                "intercept": self.document.intercept,
                "review": self.document.review,
                "claimed": self.document.claimed,
            },
        }
        return data


def calibration_from_dict(data: dict[str, Any]) -> Calibration:
    """Build a calibration from what `Calibration.to_dict` gave; raise BundleError when it is malformed."""
    try:
        document = data["document"]
        return Calibration(
            presence=_platt(data["presence"]),
            claim=_platt(data["claim"]),
            concepts=_platt(data["concepts"]),
            stakeholders=_platt(data["stakeholders"]),
            status_temperature=float(data["status_temperature"]),
            presence_thresholds=np.array(data["presence_thresholds"], np.float64),
            concept_threshold=float(data["concept_threshold"]),
            stakeholder_threshold=float(data["stakeholder_threshold"]),
            document=DocumentCalibration(
                weights=np.array(document["weights"], np.float64),
                intercept=float(document["intercept"]),
                review=float(document["review"]),
                claimed=float(document["claimed"]),
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"The bundle's calibration is malformed: {error!r}.") from error


def _platt(data: dict[str, list[float]]) -> Platt:
    return Platt(np.array(data["slope"], np.float64), np.array(data["intercept"], np.float64))


def _platt_to_dict(platt: Platt) -> dict[str, list[float]]:
    return {"slope": platt.slope.tolist(), "intercept": platt.intercept.tolist()}
