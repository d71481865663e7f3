"""A toy model that is right by construction: it looks for the framework's cue words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.bundle import Bundle, Labels
from lhs_nlp.calibration import Calibration, DocumentCalibration, Platt
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.framework import Framework, default_framework
from lhs_nlp.heads import Heads
from lhs_nlp.tagger import Tagger

STATUS_WORDS = {"anticipated": " will ", "achieved": " fell ", "not_achieved": " no change "}


class ToyEncoder:
    """One number a cued benefit, one a cued concept, one a status word."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.calls: list[list[str]] = []

    @property
    def width(self) -> int:
        return len(self.framework.benefits) + len(self.framework.concept_keys) + len(self.framework.statuses)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(list(texts))
        return np.array([self._vector(text) for text in texts], np.float32).reshape(len(texts), self.width)

    def _vector(self, text: str) -> list[float]:
        concepts = [
            float(self.framework.concept(benefit, concept).is_cued_by(text))
            for benefit, concept in self.framework.concept_keys
        ]
        benefits = [
            max(found for found, (owner, _) in zip(concepts, self.framework.concept_keys, strict=True) if owner == b)
            for b in self.framework.benefit_ids
        ]
        found = [status for status, word in STATUS_WORDS.items() if word in text] or ["context"]
        return benefits + concepts + [float(status in found) for status in self.framework.status_ids]


def toy_heads(framework: Framework) -> Heads:
    """Return heads that read the toy encoder's vectors."""
    b, c, t = len(framework.benefits), len(framework.concept_keys), len(framework.statuses)
    width = b + c + t
    eye = np.eye(width, dtype=np.float32) * 12
    d, s = len(framework.dimensions), len(framework.stakeholders)
    weights = {
        "presence": eye[:b],
        "concepts": eye[b : b + c],
        "status": np.tile(eye[b + c :], (b, 1)),
        "dimension": np.zeros((d, width), np.float32),
        "stakeholders": np.zeros((s, width), np.float32),
    }
    biases = {
        "presence": np.full(b, -6, np.float32),
        "concepts": np.full(c, -6, np.float32),
        "status": np.zeros(b * t, np.float32),
        "dimension": np.array([3] + [0] * (d - 1), np.float32),
        "stakeholders": np.array([6] + [-6] * (s - 1), np.float32),
    }
    return Heads(weights, biases, benefits=b)


def identity(columns: int) -> Platt:
    """Return a calibration that changes nothing."""
    return Platt(np.ones(columns), np.zeros(columns))


def toy_calibration(framework: Framework) -> Calibration:
    """Return a calibration with every threshold at one half."""
    b = len(framework.benefits)
    return Calibration(
        presence=identity(b),
        claim=identity(b),
        concepts=identity(len(framework.concept_keys)),
        stakeholders=identity(len(framework.stakeholders)),
        status_temperature=1.0,
        presence_thresholds=np.full(b, 0.5),
        concept_threshold=0.5,
        stakeholder_threshold=0.5,
        document=DocumentCalibration(np.array([1.0, 0.0, 0.0]), 0.0, review=0.2, claimed=0.6),
    )


def toy_bundle(framework: Framework | None = None) -> Bundle:
    """Return a bundle that lives in memory alone."""
    framework = framework or default_framework()
    return Bundle(
        path=Path("/nowhere"),
        id="toy-1",
        sha256="0" * 64,
        labels=Labels.of(framework),
        most_tokens=256,
        heads=toy_heads(framework),
        calibration=toy_calibration(framework),
        manifest={},
    )


def toy_tagger(framework: Framework | None = None) -> Tagger:
    """Return a tagger that finds cue words; `classifier.encoder.calls` records what was encoded."""
    learned = default_framework()
    return Tagger(BenefitClassifier(toy_bundle(learned), framework or learned, encoder=ToyEncoder(learned)))
