"""Portfolios written by hand: so many documents with these verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from lhs_nlp.archive.portfolio.types import ConceptCount, ListedDocument, Pattern, Portfolio
from lhs_nlp.archive.store import Tagging
from lhs_nlp.framework import Framework, default_framework
from lhs_nlp.summary import Verdict

VERDICTS: dict[str, Verdict] = {"c": "claimed", "r": "needs_review", "n": "not_claimed"}


def pattern(letters: str) -> Pattern:
    """E.g. ``crnnnn``: claims the first benefit, may claim the second one, and no other."""
    return tuple(VERDICTS[letter] for letter in letters)


def made(patterns: Mapping[str, int], framework: Framework | None = None, **more: Any) -> Portfolio:  # noqa: ANN401
    """Return a portfolio of so many documents of each pattern; `more` are attributes to set."""
    framework = framework or default_framework()
    benefits = framework.benefit_ids
    documents = [letters for letters, number in patterns.items() for _ in range(number)]
    verdicts = {benefit: Counter(VERDICTS[each[at]] for each in documents) for at, benefit in enumerate(benefits)}
    pairs = Counter(
        (one, other)
        for each in documents
        for at, one in enumerate(benefits)
        for by, other in enumerate(benefits)
        if each[at] == each[by] == "c"
    )
    listed = tuple(
        ListedDocument(
            f"Document {at}",
            f"{at}.txt",
            pattern(each),
            (0.5,) * len(benefits),
            (None,) * len(more.get("groupings", ())),
            (),
        )
        for at, each in enumerate(documents)
    )
    values: dict[str, Any] = {
        "tagging": Tagging(1, 1, "toy-1", "0" * 64, framework),
        "documents": len(documents),
        "pages": 0,
        "words": 10 * len(documents),
        "passages": len(documents),
        "tagged_from": "2026-01-01T00:00:00Z",
        "tagged_until": "2026-01-02T00:00:00Z",
        "verdicts": verdicts,
        "statuses": {benefit: {} for benefit in benefits},
        "mentioned": Counter(),
        "concepts": {key: ConceptCount(len(documents), 0) for key in framework.concept_keys},
        "pairs": pairs,
        "stakeholders": {who.id: {} for who in framework.stakeholders},
        "patterns": {pattern(letters): number for letters, number in patterns.items() if number},
        "groupings": (),
        "quotations": {benefit: () for benefit in benefits},
        "listed": listed,
        "failures": {},
        "failed": (),
    }
    return Portfolio(**{**values, **more})
