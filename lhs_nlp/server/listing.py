"""Which documents the portfolio lists: filtered and searched in the database, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING

from lhs_nlp.archive.store.search import match_expression
from lhs_nlp.report.display import heading_of
from lhs_nlp.server.library import file_name

if TYPE_CHECKING:
    from lhs_nlp.archive.store import Tagging
    from lhs_nlp.summary import Verdict

PER_PAGE = 50
"""Documents of a page."""

_COUNTS = """
    SELECT benefit, verdict, count(*) AS documents FROM verdicts JOIN summaries ON summaries.id = summary_id
    WHERE model_id = :model AND framework_id = :framework AND document_id IN (SELECT document_id FROM sources)
    GROUP BY benefit, verdict
"""
# A benefit alone stands for what is, or may be, claimed.
_LISTED = """
    FROM summaries JOIN documents ON documents.id = summaries.document_id
    JOIN (SELECT document_id, min(name) AS source FROM sources GROUP BY document_id) AS places
        ON places.document_id = documents.id
    WHERE model_id = :model AND framework_id = :framework
        AND ((:verdict IS NULL AND :benefit IS NULL) OR EXISTS (
            SELECT 1 FROM verdicts WHERE summary_id = summaries.id AND (:benefit IS NULL OR benefit = :benefit)
                AND CASE WHEN :verdict IS NULL THEN verdict != 'not_claimed' ELSE verdict = :verdict END))
        AND (:status IS NULL OR EXISTS (
            SELECT 1 FROM findings WHERE summary_id = summaries.id AND present AND status = :status
                AND (:benefit IS NULL OR benefit = :benefit)))
"""
_MATCHING = " AND documents.id IN (SELECT rowid FROM text_search WHERE text_search MATCH :match)"
_PAGE = " ORDER BY source, documents.id LIMIT :most OFFSET :skip"
_COLUMNS = """
    SELECT documents.sha256, title, source, pages, words, summaries.id AS summary_id,
        (SELECT count(DISTINCT reviewer) FROM decisions WHERE summary_id = summaries.id AND role = 'review'
            AND action = 'done' AND (:only IS NULL OR reviewer = :only)
            AND id NOT IN (SELECT undoes FROM decisions WHERE undoes IS NOT NULL)) AS finished
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list; None for everything.

    Attributes
    ----------
    benefit, verdict
        Documents with this verdict on this benefit; a benefit alone: that claim it, or may.
    status
        Documents with a passage that speaks of the benefit, or of any, in this status.
    text
        Words that occur in the document.
    """

    benefit: str | None = None
    verdict: Verdict | None = None
    status: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the list; `verdicts` are benefit to verdict and confidence, `finished` who read it to its end."""

    sha256: str
    heading: str
    source: str
    pages: int | None
    words: int
    verdicts: Mapping[str, tuple[Verdict, float]]
    finished: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, and how many documents there are on all pages."""

    documents: tuple[Listed, ...]
    total: int
    page: int

    @property
    def last(self) -> int:
        """Number of the last page, from 1."""
        return last_page(self.total, PER_PAGE)


def last_page(entries: int, to_a_page: int) -> int:
    """Return the number of the last page, from 1; where there is nothing, the first is the last."""
    return max(1, -(-entries // to_a_page))


def verdict_counts(connection: Connection, tagging: Tagging) -> dict[str, dict[Verdict, int]]:
    """Return benefit to verdict to the number of documents."""
    counts: dict[str, dict[Verdict, int]] = {benefit: {} for benefit in tagging.framework.benefit_ids}
    for row in connection.execute(_COUNTS, _owner(tagging)):
        counts[row["benefit"]][row["verdict"]] = row["documents"]
    return counts


def listing(connection: Connection, tagging: Tagging, filters: Filters, page: int, only: str | None) -> Listing:
    """Return a page of the documents that fit.

    Parameters
    ----------
    connection
        Of a store whose documents can be searched: see `Library.prepare_search`.
    tagging
        Whose results.
    filters
        What must hold of a document.
    page
        From 1; the last one stands for all that are beyond.
    only
        The reviewer whose progress is shown; None for everybody's.
    """
    match = match_expression(filters.text or "")
    if filters.text and filters.text.strip() and match is None:
        return Listing((), 0, 1)
    where = _LISTED + (_MATCHING if match else "")
    values = {
        **_owner(tagging),
        "benefit": filters.benefit,
        "verdict": filters.verdict,
        "status": filters.status,
        "match": match,
        "only": only,
    }
    total = connection.execute(f"SELECT count(*) {where}", values).fetchone()[0]
    page = min(max(page, 1), last_page(total, PER_PAGE))
    at = {**values, "most": PER_PAGE, "skip": (page - 1) * PER_PAGE}
    rows = connection.execute(_COLUMNS + where + _PAGE, at).fetchall()
    return Listing(tuple(_listed(connection, rows)), total, page)


def _listed(connection: Connection, rows: list[Row]) -> Iterator[Listed]:
    for row in rows:
        found = connection.execute(
            "SELECT benefit, verdict, confidence FROM verdicts WHERE summary_id = ?", (row["summary_id"],)
        )
        name = file_name(row["source"])
        yield Listed(
            sha256=row["sha256"],
            heading=heading_of(row["title"], name),
            source=name,
            pages=row["pages"],
            words=row["words"],
            verdicts={benefit: (verdict, confidence) for benefit, verdict, confidence in found},
            finished=row["finished"],
        )


def _owner(tagging: Tagging) -> dict[str, object]:
    return {"model": tagging.model_id, "framework": tagging.framework_id}
