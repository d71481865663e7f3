"""Stores of the summaries that the reports are tested with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from lhs_nlp.archive import Source, Store
from lhs_nlp.summary import DocumentSummary
from tests.report import examples


def store_of(
    path: Path, summaries: Iterable[DocumentSummary], metadata: Mapping[str, Mapping[str, str]] | None = None
) -> Path:
    """Make a store of summaries, each in the place that it names, with what is known of it; return its path."""
    with Store(path) as store:
        for summary in summaries:
            run, tagging = store.begin_run(
                model=summary.model_id, model_sha256=summary.model_sha256, framework=summary.framework
            )
            place = Source(summary.document.source, (metadata or {}).get(summary.document.source, {}))
            store.add(summary, claims_of(summary), [place], tagging, run)
    return path


def claims_of(summary: DocumentSummary) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return claim probabilities that agree with the findings; 0.01 where nothing was found."""
    claims = np.full((len(summary.passages), len(summary.benefits)), 0.01, np.float32)
    for finding in summary.findings:
        at = summary.framework.benefit_ids.index(finding.benefit)
        claims[finding.passage.index, at] = finding.claim_probability
    return claims


def varied_store(path: Path) -> Path:
    """Make a store of a proposal, a document in other scripts, a hostile one and one without text."""
    made = (examples.proposal(), examples.non_latin(), examples.hostile(), examples.empty())
    return store_of(path, made, {examples.proposal().document.source: {"year": "2021", "=Funder": "@X"}})
