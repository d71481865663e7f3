"""The digest: what a review's publications say of each benefit, in counts and quotations, each with its citation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lhs_nlp.archive import Tagging
from lhs_nlp.finding import Finding
from lhs_nlp.framework import Benefit, Framework
from lhs_nlp.references.types import Reference
from lhs_nlp.report.display import status_said
from lhs_nlp.review.evidence.cited import Which, cited_in
from lhs_nlp.review.project import Project
from lhs_nlp.summary import BenefitSummary, DocumentSummary

QUOTATIONS = 10
"""Most quotations of a benefit, unless told otherwise."""
CONCEPTS = 5
"""Most key concepts that are named of a benefit."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a publication says of a benefit, in its words."""

    key: str
    text: str
    status: str
    page: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Group:
    """Publications that claim a benefit, and whose best quotation has the same status."""

    status: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One benefit.

    Attributes
    ----------
    id, name, description
        Of the benefit.
    claimed
        Publications that claim it, in number.
    groups
        Their keys by status, the highest rank first; where it is unsure, last.
    concepts
        Key concepts of their claims, each with the number of publications, the most frequent first.
    quotations
        One a publication, in the order of the groups and then the surest first; no more than were asked for.
    review
        Keys of publications of which the model does not know.
    """

    id: str
    name: str
    description: str
    claimed: int
    groups: tuple[Group, ...]
    concepts: tuple[tuple[str, int], ...]
    quotations: tuple[Quoted, ...]
    review: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What the publications of a review say of each benefit.

    Attributes
    ----------
    title
        What to call it.
    tagging
        Which model looked for which framework.
    publications, untagged
        How many were read, and how many have no text or are not tagged yet.
    sections
        In the framework's order of benefits.
    references
        What is cited, as BibTeX, by its key and in the order of the project.
    """

    title: str
    tagging: Tagging
    publications: int
    untagged: int
    sections: tuple[Section, ...]
    references: tuple[tuple[str, Reference], ...]


def digest_of(
    project: Project, which: Which = "all", *, title: str | None = None, quotations: int = QUOTATIONS
) -> Digest:
    """Return the digest of a project.

    Parameters
    ----------
    project
        Whose publications; their keys are those of `citable`.
    which
        All of them, or those that were included and not excluded at the last stage that was decided on.
    title
        What to call it; None for the framework's name.
    quotations
        Most quotations of a benefit.

    Raises
    ------
    LhsNlpError
        Nothing was tagged yet.
    """
    tagging, all_of_them = cited_in(project, which)
    found = [(cited.key, cited.stored.summary) for cited in all_of_them if cited.stored]
    framework = tagging.framework
    sections = tuple(_section(benefit, found, framework, quotations) for benefit in framework.benefits)
    named = {key for section in sections for key in _keys(section)}
    return Digest(
        title=title or f"Benefits in the literature: {framework.name}",
        tagging=tagging,
        publications=len(found),
        untagged=len(all_of_them) - len(found),
        sections=sections,
        references=tuple((cited.key, cited.bibtex) for cited in all_of_them if cited.key in named),
    )


def _section(
    benefit: Benefit, found: Sequence[tuple[str, DocumentSummary]], framework: Framework, quotations: int
) -> Section:
    own = [(key, summary) for key, whole in found for summary in whole.benefits if summary.benefit == benefit.id]
    claimed = [(key, summary) for key, summary in own if summary.verdict == "claimed"]
    claiming = {key for key, _ in claimed}
    concepts = Counter(concept for key, whole in found if key in claiming for concept in _claimed_by(whole, benefit.id))
    named = [(framework.concept(benefit.id, concept).name, count) for concept, count in concepts.most_common(CONCEPTS)]
    quotable = [pair for pair in claimed if pair[1].evidence]
    quotable.sort(key=lambda pair: _place(pair[1].evidence[0], framework))
    best = sorted(quotable, key=lambda pair: (_place(pair[1].evidence[0], framework), -pair[1].confidence))
    return Section(
        id=benefit.id,
        name=benefit.name,
        description=benefit.description,
        claimed=len(claimed),
        groups=tuple(_groups(quotable, framework)),
        concepts=tuple(named),
        quotations=tuple(_quoted(key, summary, framework) for key, summary in best[:quotations]),
        review=tuple(key for key, summary in own if summary.verdict == "needs_review"),
    )


def _claimed_by(summary: DocumentSummary, benefit: str) -> dict[str, None]:
    """Return the key concepts of a document's claims of a benefit, each once, not those that it only speaks of."""
    claims = (finding for finding in summary.findings if finding.benefit == benefit and finding.claimed)
    return dict.fromkeys(concept for finding in claims for concept in finding.concepts)


def _place(best: Finding, framework: Framework) -> tuple[bool, int]:
    """Return what a quotation is sorted by: a sure status before an unsure one, then the highest rank."""
    return not best.present, -framework.status(best.status).rank


def _groups(quotable: Sequence[tuple[str, BenefitSummary]], framework: Framework) -> Iterator[Group]:
    keys: dict[str, list[str]] = {}
    for key, summary in quotable:
        keys.setdefault(_status(summary.evidence[0], framework), []).append(key)
    yield from (Group(status, tuple(own)) for status, own in keys.items())


def _quoted(key: str, summary: BenefitSummary, framework: Framework) -> Quoted:
    best = summary.evidence[0]
    return Quoted(key, best.passage.text, _status(best, framework), best.passage.page, summary.confidence)


def _status(best: Finding, framework: Framework) -> str:
    said = status_said(best, framework)
    return said[:1].upper() + said[1:]


def _keys(section: Section) -> Iterator[str]:
    yield from (key for group in section.groups for key in group.keys)
    yield from (quoted.key for quoted in section.quotations)
    yield from section.review
