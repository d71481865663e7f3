"""Keys under which publications are cited: the same in tables, maps, digests and files of references."""

from __future__ import annotations

from collections.abc import Sequence

from lhs_nlp.references import citable
from lhs_nlp.references.types import Reference
from lhs_nlp.review.project.publications import Publication


def cited_publications(publications: Sequence[Publication]) -> list[tuple[str, Reference]]:
    """Return key and BibTeX of each publication, see `citable`; all of a project, as keys depend on each other."""
    return citable(
        [publication.reference for publication in publications],
        [[record.reference for record in publication.records] for publication in publications],
    )
