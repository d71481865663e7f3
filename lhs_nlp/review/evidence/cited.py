"""Tagged publications with the keys under which tables, maps and digests cite them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lhs_nlp.archive import StoredSummary, Tagging
from lhs_nlp.references.types import Reference
from lhs_nlp.report.display import one_line
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.citing import cited_publications
from lhs_nlp.review.project.publications import Publication, publications_of
from lhs_nlp.review.screening.rule import last_outcomes
from lhs_nlp.review.tagging.results import results_of, summary_of

Which = Literal["all", "included"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication, and what was found in it.

    Attributes
    ----------
    publication
        What the records of it know together.
    key
        No other publication of the project has it.
    bibtex
        The reference as BibTeX, under that key.
    decision
        What was decided at the last stage that was decided on; None for nothing.
    stored
        What was found; None when it has no text, or is not tagged yet.
    """

    publication: Publication
    key: str
    bibtex: Reference
    decision: str | None
    stored: StoredSummary | None

    @property
    def is_of_full_text(self) -> bool:
        """Whether what was found is of the full text, not of title and abstract."""
        full_text = self.publication.full_text
        return (
            full_text is not None
            and self.stored is not None
            and self.stored.summary.document.sha256 == full_text.sha256
        )


def cited_in(project: Project, which: Which = "all") -> tuple[Tagging, list[Cited]]:
    """Return the publications of a project with their newest results, in the order of the project.

    Parameters
    ----------
    project
        Whose publications; their keys do not depend on `which`.
    which
        All of them, or those that were included and not excluded at the last stage that was decided on.

    Raises
    ------
    LhsNlpError
        Nothing was tagged yet.
    """
    tagging, results = results_of(project)
    decided, publications = last_outcomes(project), publications_of(project)
    keyed = cited_publications(publications)
    found = [
        Cited(publication, key, bibtex, decided.get(publication.number), summary_of(publication, results))
        for publication, (key, bibtex) in zip(publications, keyed, strict=True)
        if which == "all" or decided.get(publication.number) == "include"
    ]
    return tagging, found


def bibliography_line(reference: Reference) -> str:
    """Return authors, year, title and journal in one line."""
    families = [one_line(author.split(",")[0]) for author in reference.authors]
    named = f"{families[0]} et al." if len(families) > 2 else " and ".join(families)
    head = " ".join(filter(None, (named, f"({reference.year})" if reference.year else "")))
    parts = (head, one_line(reference.title or "(no title)"), one_line(reference.journal or ""))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
