"""What was found, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lhs_nlp.review.project.text import record_line
from lhs_nlp.review.searching.hits import Hit


def hit_lines(hits: Sequence[Hit], show: int) -> Iterator[str]:
    """Yield what was found, with its rank by words and by meaning."""
    if not hits:
        yield "Nothing was found."
    for hit in hits[:show]:
        ranks = [f"{rank} by {kind}" for kind, rank in (("words", hit.by_words), ("meaning", hit.by_meaning)) if rank]
        yield f"{record_line(hit.publication.records[0])}  {', '.join(ranks)}"
