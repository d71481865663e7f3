"""What a portfolio hardly claims: where priorities may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.archive.portfolio.share import Share

if TYPE_CHECKING:
    from lhs_nlp.archive.portfolio.types import Portfolio

HARDLY = 0.1
"""A share below this is hardly any."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A benefit, or a key concept of one, that few documents claim.

    Attributes
    ----------
    benefit
        Id of the benefit.
    concept
        Id of the key concept; None when the whole benefit is hardly claimed.
    share
        Documents that claim it.
    mentioned
        Documents that speak of it without claiming it.
    unknown
        Documents of which the model does not know whether they claim the benefit.
    """

    benefit: str
    concept: str | None
    share: Share
    mentioned: int
    unknown: int

    @property
    def sure(self) -> bool:
        """Whether neither few documents nor those that need review explain it.

        The whole interval is below `HARDLY`, even if all the unknown ones claim it.
        """
        interval = Share(self.share.count + self.unknown, self.share.of).interval
        return interval is not None and interval[1] < HARDLY


def gaps(portfolio: Portfolio) -> list[Gap]:
    """Return what fewer than one document in ten claims, whole benefits first, then what is surest."""
    found = [gap for gap in _all(portfolio) if gap.share.value is not None and gap.share.value < HARDLY]
    return sorted(found, key=lambda gap: (gap.concept is not None, not gap.sure, gap.share.count, -gap.mentioned))


def _all(portfolio: Portfolio) -> Iterator[Gap]:
    for benefit in portfolio.tagging.framework.benefits:
        share = portfolio.claimed(benefit.id)
        unknown = portfolio.verdicts[benefit.id].get("needs_review", 0)
        yield Gap(benefit.id, None, share, portfolio.mentioned[benefit.id], unknown)
        for concept in benefit.concepts:
            count = portfolio.concepts[benefit.id, concept.id]
            yield Gap(benefit.id, concept.id, portfolio.share(count.claimed), count.mentioned, unknown)
