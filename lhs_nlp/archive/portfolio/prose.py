"""A portfolio in a few plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from lhs_nlp.archive.portfolio.gaps import gaps
from lhs_nlp.wording import counted, listed, within_sentence

if TYPE_CHECKING:
    from lhs_nlp.archive.portfolio.types import Portfolio


def in_words(portfolio: Portfolio) -> str:
    """Return what stands out, as one paragraph."""
    if not portfolio.documents:
        return "No document was tagged."
    return " ".join(_sentences(portfolio))


def _sentences(portfolio: Portfolio) -> Iterator[str]:
    framework = portfolio.tagging.framework
    names = {benefit.id: within_sentence(benefit.name) for benefit in framework.benefits}
    claimed = {benefit: share for benefit in names if (share := portfolio.claimed(benefit)).count}
    if not claimed:
        yield f"No benefit is clearly claimed in {counted(portfolio.documents, 'document')}."
    else:
        ordered = sorted(claimed, key=lambda benefit: -claimed[benefit].count)
        most, *others = ordered
        said = [f"{names[most]} is claimed by {claimed[most].percent}"]
        said += [f"{names[benefit]} by {claimed[benefit].percent}" for benefit in others]
        yield f"Of {counted(portfolio.documents, 'document')}, {listed(said, 'and')}."
    none = sum(number for pattern, number in portfolio.patterns.items() if "claimed" not in pattern)
    if claimed and none:
        yield f"{counted(none, 'document')} clearly {'claims' if none == 1 else 'claim'} no benefit."
    pair = max(combinations(names, 2), key=lambda pair: portfolio.pairs.get(pair, 0), default=None)
    if pair and (number := portfolio.pairs.get(pair, 0)):
        first, second = (names[benefit] for benefit in pair)
        yield f"{first.capitalize()} and {second} go together most often ({counted(number, 'document')})."
    missing = [names[gap.benefit] for gap in gaps(portfolio) if gap.concept is None and gap.sure]
    if missing:
        yield f"Hardly claimed: {listed(missing, 'and')}."
