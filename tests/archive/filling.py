"""Make small stores: texts in, a store of what the toy tagger finds in them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lhs_nlp.archive.store import Source, Store, Tagging, claims_of
from lhs_nlp.documents import Document, read_bytes
from lhs_nlp.passages import split_document
from lhs_nlp.summary import DocumentSummary, summarise
from lhs_nlp.tagger import Tagger
from tests.toy import toy_tagger

SAFETY = "The project will cut falls among older people by a third."
VALUE = "After a year the costs of each admission fell by a tenth."
EQUITY = "Disparities between districts are described in the second annex."
NOTHING = "The steering group met on Tuesdays in the library."


def fill(store: Store, document: Document, tagger: Tagger, tagging: Tagging, run: int, *places: Source) -> None:
    """Tag a document and add the result."""
    summary, findings = tag(tagger, document)
    claims = claims_of(findings, len(tagger.framework.benefits))
    store.add(summary, claims, places or [Source(document.source)], tagging, run)


def other_model() -> Tagger:
    """Return a tagger of another model, which finds the same."""
    tagger = toy_tagger()
    tagger.classifier.bundle = replace(tagger.classifier.bundle, id="toy-2", sha256="1" * 64)
    return tagger


def tag(tagger: Tagger, document: Document) -> tuple[DocumentSummary, list[tuple]]:  # type: ignore[type-arg]
    passages = split_document(document)
    findings = tagger.classifier.find(passages)
    return summarise(document, passages, findings, tagger.framework, tagger.classifier.bundle), findings


def begin(store: Store, tagger: Tagger) -> tuple[int, Tagging]:
    """Begin a run of a tagger."""
    bundle = tagger.classifier.bundle
    return store.begin_run(model=bundle.id, model_sha256=bundle.sha256, framework=tagger.framework)


def small_store(
    path: Path,
    texts: Mapping[str, str],
    metadata: Mapping[str, Mapping[str, str]] | None = None,
    tagger: Tagger | None = None,
) -> Path:
    """Make a store of texts by their names, with what is known of each beside its text; return its path."""
    tagger = tagger or toy_tagger()
    with Store(path) as store:
        run, tagging = begin(store, tagger)
        for name, text in texts.items():
            place = Source(name, (metadata or {}).get(name, {}))
            fill(store, read_bytes(text.encode(), name=name), tagger, tagging, run, place)
        store.end_run(run, "finished", tagged=len(texts), skipped=0, failed=0)
    return path
