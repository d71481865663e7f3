"""References and results that tests make up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

from lhs_nlp.references.types import Reference
from lhs_nlp.review.project import Project
from lhs_nlp.review.tagging.results import results_path

ABSTRACT = (
    "We asked whether a shared checklist lowers the number of falls on twelve wards. "
    "Falls were counted for a year before and a year after the checklist came into use."
)

ARTICLE = Reference(
    type="JOUR",
    title="Checklists against falls in hospital wards: a stepped-wedge trial",
    abstract=None,
    authors=("Okafor, Ada", "Lindqvist, Per"),
    year=2021,
    doi=None,
    pmid=None,
    journal="Journal of Ward Safety",
    volume="12",
    issue="3",
    pages="101-109",
    keywords=(),
    url=None,
    language=None,
    format="ris",
    fields=(),
)


def reference(**changes: Any) -> Reference:  # noqa: ANN401
    """Return the article with other fields."""
    return replace(ARTICLE, **changes)


def bare(title: str | None, **more: Any) -> Reference:  # noqa: ANN401
    """Return a reference with a title and nothing else but what is named."""
    nothing = dict.fromkeys(("abstract", "year", "journal", "volume", "issue", "pages"))
    return reference(title=title, **{**nothing, "authors": (), **more})


def make_unsure(project: Project, status: str) -> None:
    """Put what was found in this status below the threshold; it stays quoted."""
    with closing(sqlite3.connect(results_path(project))) as connection, connection:
        connection.execute("UPDATE findings SET present = 0, claimed = 0 WHERE status = ?", (status,))
