"""References that carry what was found in them, as keywords and notes that reference managers show."""

from __future__ import annotations

from collections.abc import Iterator

from lhs_nlp.archive import StoredSummary
from lhs_nlp.references import with_tags
from lhs_nlp.references.types import Reference
from lhs_nlp.report.display import VERDICTS, two_digits
from lhs_nlp.review.project import Project
from lhs_nlp.review.publications import publications_of
from lhs_nlp.review.tagging import results_of, summary_of

PREFIX = "benefit: "
"""Begins every keyword, so that a reference manager can list and remove them together."""


def tagged_references_of(project: Project, *, merge: bool) -> list[Reference]:
    """Return the references of a project with a keyword for each benefit that is claimed, and a quotation in a note.

    Parameters
    ----------
    project
        Whose references.
    merge
        Return one a publication; else every record, with what was found in its publication.

    Raises
    ------
    LhsNlpError
        Nothing was tagged yet.
    """
    _, results = results_of(project)
    found: dict[int, Reference] = {}
    for publication in publications_of(project):
        summary = summary_of(publication, results)
        originals = [(each.id, each.reference) for each in publication.records]
        for number, reference in [(publication.number, publication.reference)] if merge else originals:
            found[number] = with_tags(reference, _keywords(summary), _notes(summary)) if summary else reference
    return [found[number] for number in sorted(found)]


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
            said = f"{VERDICTS[benefit.verdict].words} {two_digits(benefit.confidence)}, {best.status}"
            yield f'{framework.benefit(benefit.benefit).name} ({said}): "{best.passage.text}"'
