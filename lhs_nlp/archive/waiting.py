"""Documents that wait until there are enough passages to classify together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.archive.repeats import RememberingEncoder
from lhs_nlp.archive.store import Source, claims_of
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.documents import Document
from lhs_nlp.finding import Finding
from lhs_nlp.passages import Passage
from lhs_nlp.summary import DocumentSummary, summarise

_MOST_PASSAGES = 4096


@dataclass(frozen=True, slots=True)
class Tagged:
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
        encoder = RememberingEncoder(classifier.encoder)
        self._classifier = BenefitClassifier(classifier.bundle, classifier.framework, encoder)
        self._documents: list[tuple[Source, Document, tuple[Passage, ...]]] = []
        self.passages = 0

    def add(self, source: Source, document: Document, passages: tuple[Passage, ...]) -> None:
        """Let a document wait."""
        self._documents.append((source, document, passages))
        self.passages += len(passages)

    def tag(self) -> Iterator[Tagged]:
        """Yield the results of all that wait, in their order; then nothing waits."""
        documents, self._documents, self.passages = self._documents, [], 0
        found = self._found([passage for _, _, passages in documents for passage in passages])
        framework, bundle = self._classifier.framework, self._classifier.bundle
        for source, document, passages in documents:
            findings = list(islice(found, len(passages)))
            summary = summarise(document, passages, findings, framework, bundle)
            yield Tagged(source, summary, claims_of(findings, len(framework.benefits)))

    def _found(self, passages: list[Passage]) -> Iterator[tuple[Finding, ...]]:
        """Yield the findings of passages; those of a very long document not all at once."""
        for start in range(0, len(passages), _MOST_PASSAGES):
            yield from self._classifier.find(passages[start : start + _MOST_PASSAGES])
