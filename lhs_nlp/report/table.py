"""Results as one tidy table: a row a benefit of a document, or a row a finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lhs_nlp.printing import printable
from lhs_nlp.report.failure import Failure, Result, each
from lhs_nlp.report.json_report import rounded
from lhs_nlp.spreadsheet import is_formula

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding
    from lhs_nlp.summary import BenefitSummary

Row = dict[str, object]
"""Column to value; None where a value is unknown."""

_DOCUMENT = ("document_id", "title", "source", "format", "pages", "words")


def to_csv(results: Result | Iterable[Result], *, passages: bool = False) -> str:
    """Return results as CSV (RFC 4180) that is safe to open in a spreadsheet.

    Parameters
    ----------
    results
        One result or several; a document that could not be read has a row with `error` and `error_message`.
    passages
        Give one row a finding or quotation instead of one row a benefit of a document.

    Returns
    -------
    str
        The table, lines ended by CRLF. Lists are joined by ``;``, unknown values are empty, and a
        text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    rows = list(finding_rows(results) if passages else benefit_rows(results))
    return rows_to_csv(_columns(rows, _FINDING if passages else _BENEFIT), rows)


def rows_to_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Return rows as CSV, as `to_csv` writes it; a column that a row lacks is empty."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: spreadsheet_cell(value) for column, value in row.items()} for row in rows)
    return out.getvalue()


def benefit_rows(results: Result | Iterable[Result]) -> Iterator[Row]:
    """Yield one row a benefit of a document, in the framework's order."""
    for result in each(results):
        about = _about(result)
        if isinstance(result, Failure):
            yield about
        else:
            yield from ({**about, **_benefit(summary)} for summary in result.benefits)


def finding_rows(results: Result | Iterable[Result]) -> Iterator[Row]:
    """Yield one row a finding, or a quotation that is not surely one, in the order of the text."""
    for result in each(results):
        about = _about(result)
        if isinstance(result, Failure):
            yield about
        else:
            found = sorted(result.candidates, key=lambda finding: finding.passage.index)
            yield from ({**about, **_finding(finding)} for finding in found)


def spreadsheet_cell(value: object) -> object:
    """Return a value as a spreadsheet may read it.

    Lists are joined by ``;``, truth is ``true`` or ``false``, and a text that would be taken for a
    formula is led by an apostrophe.
    """
    if isinstance(value, tuple):
        value = ";".join(value)
    elif isinstance(value, bool):
        value = str(value).lower()
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if is_formula(text) else text


_BENEFIT = (
    *_DOCUMENT,
    *("benefit", "verdict", "confidence", "n_*", "concepts", "stakeholders"),
    *("quotation", "page", "section", "status", "present", "probability"),
    *("claim_probability", "error", "error_message"),
)
_FINDING = (
    *_DOCUMENT,
    *("passage", "start", "end", "page", "section", "benefit", "status", "present", "probability", "p_*"),
    *("claim_probability", "claimed", "dimension", "concepts", "stakeholders", "text", "error", "error_message"),
)


def _columns(rows: Iterable[Row], names: tuple[str, ...]) -> list[str]:
    """Return the columns in order; a name with a star stands for all statuses that occur."""
    used = dict.fromkeys(column for row in rows for column in row)
    columns: list[str] = []
    for name in names:
        prefix = name.removesuffix("*")
        columns += [column for column in used if column.startswith(prefix)] if prefix != name else [name]
    return columns


def _about(result: Result) -> Row:
    if isinstance(result, Failure):
        return {"source": result.source, "error": result.reason, "error_message": result.message}
    document = result.document
    known = (document.id, document.title, document.source, document.format, document.pages, document.words)
    return dict(zip(_DOCUMENT, known, strict=True))


def _benefit(summary: BenefitSummary) -> Row:
    best = summary.evidence[0] if summary.evidence else None
    return {
        "benefit": summary.benefit,
        "verdict": summary.verdict,
        "confidence": rounded(summary.confidence),
        **{f"n_{status}": count for status, count in summary.statuses.items()},
        "concepts": summary.concepts,
        "stakeholders": summary.stakeholders,
        **(_quotation(best) if best else {}),
    }


def _quotation(finding: Finding) -> Row:
    return {
        "quotation": finding.passage.text,
        "page": finding.passage.page,
        "section": finding.passage.section,
        "status": finding.status,
        "present": finding.present,
        "probability": rounded(finding.probability),
        "claim_probability": rounded(finding.claim_probability),
    }


def _finding(finding: Finding) -> Row:
    passage = finding.passage
    return {
        "passage": passage.index,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "section": passage.section,
        "benefit": finding.benefit,
        "status": finding.status,
        "present": finding.present,
        "probability": rounded(finding.probability),
        **{f"p_{status}": rounded(value) for status, value in finding.status_probabilities.items()},
        "claim_probability": rounded(finding.claim_probability),
        "claimed": finding.claimed,
        "dimension": finding.dimension,
        "concepts": finding.concepts,
        "stakeholders": finding.stakeholders,
        "text": passage.text,
    }
