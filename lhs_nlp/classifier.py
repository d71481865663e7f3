"""Passages to findings: which benefits a passage speaks of, and in which status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.bundle import ENCODER, TOKENIZER, Bundle, Labels
from lhs_nlp.errors import BundleError, FrameworkError
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Concept, Framework, default_framework
from lhs_nlp.passages import Passage
from lhs_nlp.scores import Scores, calibrate

if TYPE_CHECKING:
    from lhs_nlp.encoders import Encoder


class BenefitClassifier:
    """Find benefits in passages, in the manner of a scikit-learn multi-label classifier.

    Parameters
    ----------
    bundle
        The model.
    framework
        What to look for; None for the framework that ships with the library. Its benefits,
        statuses, dimensions and stakeholders must be those that the model has learned; its
        key concepts may differ: those that the model does not know are found by their cues. So may
        which statuses make a claim: probabilities of claims are then not calibrated by themselves.
    encoder
        Another encoder of the same vectors; None for the bundle's own.
    threads
        Threads of the bundle's encoder; None leaves the choice to ONNX Runtime.

    Raises
    ------
    FrameworkError
        The model was trained for other benefits, statuses, dimensions or stakeholders.
    """

    def __init__(
        self,
        bundle: Bundle,
        framework: Framework | None = None,
        encoder: Encoder | None = None,
        threads: int | None = None,
    ) -> None:
        self.bundle = bundle
        self.framework = framework or default_framework()
        self._encoder, self._threads = encoder, threads
        _check_fit(self.framework, bundle.labels)
        self._claim_statuses = self.framework.claim_indices

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the bundle's encoder, which cannot be pickled once it is loaded: the copy loads its own."""
        return {name: value for name, value in self.__dict__.items() if name != "encoder"}

    @property
    def classes_(self) -> NDArray[np.str_]:
        """Ids of the benefits: the columns of what is predicted."""
        return np.array(self.framework.benefit_ids)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded when it is first needed; raises BundleError when it does not fit the heads."""
        from lhs_nlp.encoders import OnnxEncoder

        folder = self.bundle.path
        encoder = self._encoder or OnnxEncoder(
            folder / ENCODER, folder / TOKENIZER, self.bundle.most_tokens, self._threads
        )
        width = self.bundle.heads.width
        if encoder.width != width:
            raise BundleError(f"{folder}: the heads read {width} numbers a vector, the encoder makes {encoder.width}.")
        return encoder

    def scores(self, texts: Iterable[str]) -> Scores:
        """Return all calibrated probabilities of passages; a text seen twice is encoded once.

        Raises TypeError for a single text or a table in place of several texts, and for what is no text, e.g. a
        missing value.
        """
        texts = list_of_texts(texts)
        unique = list(dict.fromkeys(texts))
        row = {text: at for at, text in enumerate(unique)}
        vectors = self.encoder.encode(unique)[[row[text] for text in texts]]
        scores = calibrate(self.bundle.heads(vectors), self.bundle.calibration, self._claim_statuses)
        fitted = self.bundle.labels.claims_like(self.framework)
        return scores if fitted else scores.claiming(self._claim_statuses)

    def predict_proba(self, texts: Iterable[str]) -> NDArray[np.float64]:
        """Return the probability that each passage speaks of each benefit, [n, B]."""
        return self.scores(texts).presence

    def predict(self, texts: Iterable[str]) -> NDArray[np.int64]:
        """Return 1 where a passage speaks of a benefit, else 0, [n, B]; in a blank text it finds nothing."""
        return (self.predict_proba(texts) >= self.bundle.calibration.presence_thresholds).astype(np.int64)

    def find(self, passages: Iterable[Passage]) -> list[tuple[Finding, ...]]:
        """Return one finding a benefit for each passage, present or not, in the framework's order."""
        passages = list(passages)
        scores = self.scores([passage.text for passage in passages])
        return [self._findings(passage, scores, row) for row, passage in enumerate(passages)]

    def _findings(self, passage: Passage, scores: Scores, row: int) -> tuple[Finding, ...]:
        return tuple(self._finding(passage, scores, row, at) for at in range(len(self.framework.benefits)))

    def _finding(self, passage: Passage, scores: Scores, row: int, at: int) -> Finding:
        benefit, statuses = self.framework.benefits[at], scores.status[row, at]
        status = self.framework.statuses[int(statuses.argmax())]
        present = bool(scores.presence[row, at] >= self.bundle.calibration.presence_thresholds[at])
        claimed = present and status.claim
        return Finding(
            passage=passage,
            benefit=benefit.id,
            probability=float(scores.presence[row, at]),
            present=present,
            status=status.id,
            status_probabilities=dict(zip(self.framework.status_ids, map(float, statuses), strict=True)),
            claim_probability=float(scores.claim[row, at]),
            claimed=claimed,
            dimension=self.framework.dimensions[int(scores.dimension[row].argmax())].id if claimed else None,
            concepts=self._concepts(passage.text, benefit.id, scores.concepts[row]) if present else (),
            stakeholders=self._stakeholders(scores.stakeholders[row]) if claimed else (),
        )

    def _concepts(self, text: str, benefit: str, probabilities: NDArray[np.float64]) -> tuple[str, ...]:
        learned = dict(zip(self.bundle.labels.concepts, probabilities, strict=True))
        threshold = self.bundle.calibration.concept_threshold

        def probability(concept: Concept) -> float:
            key = (benefit, concept.id)
            return learned[key] if key in learned else float(concept.is_cued_by(text))

        concepts = self.framework.benefit(benefit).concepts
        return tuple(concept.id for concept in concepts if probability(concept) >= threshold)

    def _stakeholders(self, probabilities: NDArray[np.float64]) -> tuple[str, ...]:
        threshold = self.bundle.calibration.stakeholder_threshold
        pairs = zip(self.bundle.labels.stakeholders, probabilities, strict=True)
        return tuple(stakeholder for stakeholder, probability in pairs if probability >= threshold)


def list_of_texts(texts: Iterable[str]) -> list[str]:
    """Return texts as a list, as a generator can be read but once.

    Raises TypeError for one text in place of several, which is a sequence of letters, for a table, which is one of the
    names of its columns, and for what is no text.
    """
    if isinstance(texts, str):
        raise TypeError("Give a list of texts: [text] for a single one.")
    if isinstance(texts, Mapping) or hasattr(texts, "columns"):
        raise TypeError("Give a list of texts: of a table the one column that holds them, or use `tag_frame`.")
    texts = list(texts)
    for at, text in enumerate(texts, 1):
        if not isinstance(text, str):
            raise TypeError(f"Text {at} is a {type(text).__name__}; leave out what is missing, or use `tag_frame`.")
    return texts


def _check_fit(framework: Framework, learned: Labels) -> None:
    wanted = Labels.of(framework)
    for part in ("benefits", "statuses", "dimensions", "stakeholders"):
        own, models = getattr(wanted, part), getattr(learned, part)
        if own != models:
            what_to_do = (
                "These are the same in another order: put them into the model's."
                if sorted(own) == sorted(models)
                else "Key concepts may differ, these may not: name the model's own framework, or train a model for "
                "this one."
            )
            raise FrameworkError(
                f"The framework {framework.id!r} has the {part} {', '.join(own)}; "
                f"the model was trained for {', '.join(models)}. {what_to_do}"
            )
