"""Documents that wait until there are enough passages to classify together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.archive.reading import Reading
from lhs_nlp.archive.repeats import remembering
from lhs_nlp.archive.store import Source, claims_of
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.documents import Document
from lhs_nlp.finding import Finding
from lhs_nlp.passages import Passage
from lhs_nlp.summary import DocumentSummary, summarise

_MOST_PASSAGES = 4096


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """A document's result, as `Store.add` takes it."""

    source: Source
    summary: DocumentSummary
    claims: NDArray[np.float32]


class WaitingDocuments:
    """Collects documents, and classifies the passages of all of them at once: those of like length side by side.

    Parameters
    ----------
    classifier
        Finds benefits; a passage that was seen lately is not encoded again.
    """

    def __init__(self, classifier: BenefitClassifier) -> None:
        self._classifier = remembering(classifier)
        self._readings: list[Reading] = []
        self.passages = 0

    def add(self, source: Source, document: Document, passages: tuple[Passage, ...]) -> None:
        """Let a document wait."""
        self._readings.append(Reading(source, document, passages))
        self.passages += len(passages)

    def tag(self) -> Iterator[TaggedDocument]:
        """Yield the results of all that wait, in their order; then nothing waits."""
        readings, self._readings, self.passages = self._readings, [], 0
        yield from tagged(readings, self._classifier)


def tagged(readings: Sequence[Reading], classifier: BenefitClassifier) -> Iterator[TaggedDocument]:
    """Yield the results of documents whose passages are classified together."""
    found = _found([passage for reading in readings for passage in reading.passages], classifier)
    framework, bundle = classifier.framework, classifier.bundle
    for reading in readings:
        findings = list(islice(found, len(reading.passages)))
        summary = summarise(reading.document, reading.passages, findings, framework, bundle)
        yield TaggedDocument(reading.source, summary, claims_of(findings, len(framework.benefits)))


def _found(passages: list[Passage], classifier: BenefitClassifier) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings of passages; those of a very long document not all at once."""
    for start in range(0, len(passages), _MOST_PASSAGES):
        yield from classifier.find(passages[start : start + _MOST_PASSAGES])
