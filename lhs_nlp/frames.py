"""Verdicts as columns of a pandas table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lhs_nlp.framework import Framework
from lhs_nlp.summary import DocumentSummary


def add_verdicts(
    frame: pd.DataFrame, known: pd.Series[bool], summaries: Sequence[DocumentSummary], framework: Framework
) -> pd.DataFrame:
    """Return a copy of `frame` with the verdicts of the rows where `known` is true; others are missing.

    Columns of earlier verdicts are replaced.
    """
    rows = [_row(summary) for summary in summaries]
    index = frame.index[known.to_numpy()]
    columns = [
        f"{benefit}_{part}" for benefit in framework.benefit_ids for part in ("verdict", "confidence", "quotation")
    ]
    added = pd.DataFrame(rows, index=range(len(index)), columns=[*columns, "benefits_summary"])
    # By position, not by label: an index may hold the same label twice.
    positions = known.to_numpy().nonzero()[0]
    added = added.set_axis(positions, axis=0).reindex(range(len(frame))).set_axis(frame.index, axis=0)
    return pd.concat([frame.drop(columns=added.columns, errors="ignore"), added], axis=1)


def _row(summary: DocumentSummary) -> dict[str, object]:
    row: dict[str, object] = {"benefits_summary": summary.text}
    for benefit in summary.benefits:
        row[f"{benefit.benefit}_verdict"] = benefit.verdict
        row[f"{benefit.benefit}_confidence"] = round(benefit.confidence, 4)
        row[f"{benefit.benefit}_quotation"] = benefit.evidence[0].passage.text if benefit.evidence else None
    return row
