"""References that carry what was found in them, as keywords and notes that reference managers show."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lhs_nlp.archive import StoredSummary
from lhs_nlp.references import with_tags
from lhs_nlp.references.types import Reference
from lhs_nlp.report.display import VERDICTS, status_said, two_digits
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.exporting import under_keys, with_publications
from lhs_nlp.review.tagging.results import results_of, summary_of

PREFIX = "benefit: "
"""Begins every keyword, so that a reference manager can list and remove them together."""


def tagged_references_of(
    project: Project, *, merge: bool, only: Container[int] | None = None, format: str | None = None
) -> list[Reference]:
    """Return the references of a project with a keyword for each benefit that is claimed, and a quotation in a note.

    Parameters
    ----------
    project
        Whose references.
    merge
        Return one a publication; else every record, with what was found in its publication.
    only
        Numbers of the publications whose references are wanted; None for all.
    format
        What they are written in, see `references_of`.

    Raises
    ------
    LhsNlpError
        Nothing was tagged yet.
    """
    _, results = results_of(project)
    found = [
        (publication, _tagged(reference, summary_of(publication, results)))
        for publication, reference in with_publications(project, merge=merge, only=only)
    ]
    return under_keys(project, found, format) if merge else [reference for _, reference in found]


def _tagged(reference: Reference, stored: StoredSummary | None) -> Reference:
    return with_tags(reference, _keywords(stored), _notes(stored)) if stored else reference


def _keywords(stored: StoredSummary) -> Iterator[str]:
    framework = stored.summary.framework
    for benefit in stored.summary.benefits:
        if benefit.verdict == "claimed":
            yield f"{PREFIX}{framework.benefit(benefit.benefit).name}"


def _notes(stored: StoredSummary) -> Iterator[str]:
    framework = stored.summary.framework
    for benefit in stored.summary.benefits:
        if benefit.verdict == "claimed" and benefit.evidence:
            best = benefit.evidence[0]
            said = f"{VERDICTS[benefit.verdict].words} {two_digits(benefit.confidence)}, {status_said(best, framework)}"
            yield f'{framework.benefit(benefit.benefit).name} ({said}): "{best.passage.text}"'
