"""Texts of a pandas table, and verdicts as columns of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lhs_nlp.documents import BLANK
from lhs_nlp.documents.cells import says_no_text
from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import Framework
from lhs_nlp.summary import DocumentSummary

PARTS = {"verdict": "object", "confidence": "float64", "quotation": "object"}
"""What is said of each benefit, and as which type: of objects, so that what is missing is None and never NaN."""
IN_WORDS = "benefits_summary"


def texts_of(frame: pd.DataFrame, column: str, framework: Framework) -> list[str]:
    """Return the texts of a column; "" where one is missing, or says that there is none.

    Raises
    ------
    LhsNlpError
        The table has no such column, or several of that name, or verdicts would take its place.
    TypeError
        It is no table, e.g. a column alone.
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(
            f"Give a table of pandas, not a {type(frame).__name__}: `tag_texts` takes texts, such as a column alone."
        )
    if column not in frame.columns:
        raise LhsNlpError(f"The table has no column {column!r}; it has {', '.join(map(str, frame.columns))}.")
    values = frame[column]
    if values.ndim > 1:
        raise LhsNlpError(f"The table has several columns named {column!r}; rename all but one.")
    if column in verdict_columns(framework):
        raise LhsNlpError(f"Verdicts would take the place of the column {column!r}; rename it.")
    texts = (str(value) if known else "" for value, known in zip(values, values.notna(), strict=True))
    return ["" if says_no_text(text) else text for text in texts]


def add_verdicts(
    frame: pd.DataFrame, summaries: Sequence[DocumentSummary | None], framework: Framework
) -> pd.DataFrame:
    """Return a copy of `frame` with the verdicts of its rows; one without a summary has the reason in their place.

    Columns of earlier verdicts are replaced.
    """
    types = verdict_columns(framework)
    rows = [_row(summary) for summary in summaries]
    columns = {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in types.items()}
    # By position, not by label: an index may hold the same label twice.
    added = pd.DataFrame(columns, index=range(len(frame))).set_axis(frame.index, axis=0)
    return pd.concat([frame.drop(columns=added.columns, errors="ignore"), added], axis=1)


def verdict_columns(framework: Framework) -> dict[str, str]:
    """Return the names of the columns that are added, and their types."""
    types = {f"{benefit}_{part}": dtype for benefit in framework.benefit_ids for part, dtype in PARTS.items()}
    return types | {IN_WORDS: "object"}


def _row(summary: DocumentSummary | None) -> dict[str, object]:
    if summary is None:
        return {IN_WORDS: f"Not tagged: {BLANK}"}
    row: dict[str, object] = {IN_WORDS: summary.text}
    for benefit in summary.benefits:
        row[f"{benefit.benefit}_verdict"] = benefit.verdict
        row[f"{benefit.benefit}_confidence"] = round(benefit.confidence, 4)
        row[f"{benefit.benefit}_quotation"] = benefit.evidence[0].passage.text if benefit.evidence else None
    return row
