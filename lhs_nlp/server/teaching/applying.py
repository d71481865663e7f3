"""Tag a store once more, with a model that has learned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.types import Source
from lhs_nlp.framework import Framework
from lhs_nlp.server.teaching.child import Report

if TYPE_CHECKING:
    from lhs_nlp.archive.runs import OpenRun
    from lhs_nlp.archive.store import Store
    from lhs_nlp.classifier import BenefitClassifier

_PASSAGES_PER_CALL = 256
"""Passages that are classified at once: it shows how far it is, and others can write meanwhile."""

_MISSING = """
    SELECT sha256, min(sources.name) AS source FROM documents JOIN sources ON sources.document_id = documents.id
    WHERE NOT EXISTS (
        SELECT 1 FROM summaries
        WHERE summaries.document_id = documents.id AND model_id = ? AND framework_id = ?
    )
    GROUP BY documents.id ORDER BY source
"""


@dataclass(frozen=True, slots=True)
class Application:
    """A store to be tagged for a framework, and the folder of the model that does it."""

    store: Path
    framework: Framework
    bundle: Path


def tag_again(application: Application, report: Report) -> str:
    """Tag all documents of a store with a model, from the text that the store holds; other results stay.

    Returns
    -------
    str
        Hash of the model.

    Raises
    ------
    LhsNlpError
        The model is missing, or does not fit the framework, or the store cannot be written.
    """
    from lhs_nlp.archive.runs import recorded_run
    from lhs_nlp.archive.store import Store
    from lhs_nlp.tagger import load

    classifier = load(application.bundle, application.framework).classifier
    bundle = classifier.bundle
    with Store(application.store, create=False) as store:
        counts = {"tagged": 0, "skipped": 0, "failed": 0}
        with recorded_run(
            store, lambda: counts, model=bundle.id, model_sha256=bundle.sha256, framework=classifier.framework
        ) as run:
            for done, total in _tagged(store, classifier, run):
                counts["tagged"] = done
                report(done, total)
    return bundle.sha256


def _tagged(store: Store, classifier: BenefitClassifier, run: OpenRun) -> Iterator[tuple[int, int]]:
    """Tag what the model has not tagged yet; yield how many documents are done, and of how many."""
    from lhs_nlp.archive.waiting import WaitingDocuments

    missing = store.connection.execute(_MISSING, (run.tagging.model_id, run.tagging.framework_id)).fetchall()
    waiting = WaitingDocuments(classifier)
    done = 0
    yield done, len(missing)
    for at, (sha256, source) in enumerate(missing, start=1):
        stored = store.document(sha256, source)
        if stored is not None:  # it is: documents are never deleted
            waiting.add(Source(source), *stored)
        if waiting.passages < _PASSAGES_PER_CALL and at < len(missing):
            continue
        for tagged in waiting.tag():
            # Where it lies is known already.
            store.add(tagged.summary, tagged.claims, (), run.tagging, run.id)
            done += 1
        yield done, len(missing)
