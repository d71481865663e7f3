"""Publications: what is tagged, ranked, searched and decided on; each of one record or of several."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from lhs_nlp.references.types import Reference
from lhs_nlp.review.duplicates.merging import merged
from lhs_nlp.review.project.attachments import FullText, full_texts
from lhs_nlp.review.project.columns import text_of, text_sha256
from lhs_nlp.review.project.project import Project
from lhs_nlp.review.project.types import Record


@dataclass(frozen=True, slots=True)
class Publication:
    """What the records of one publication know together.

    Parameters
    ----------
    records
        In the order in which they were added.
    reference
        The fullest of them, with what it lacks from the others.
    full_text
        The file that holds its full text; None when there is none in the project.
    """

    records: tuple[Record, ...]
    reference: Reference
    full_text: FullText | None = None

    @property
    def number(self) -> int:
        """The number of its first record."""
        return self.records[0].publication

    @property
    def text(self) -> str:
        """Title and abstract; "" when there is neither."""
        return text_of(self.reference)

    @property
    def text_sha256(self) -> str:
        """The key of what is found in the text."""
        return text_sha256(self.reference)


def publications_of(project: Project) -> list[Publication]:
    """Return the publications of a project, in the order of their first records."""
    # Sorting is stable: records of a publication stay in the order in which they were added.
    ordered = sorted(project.records(), key=lambda record: record.publication)
    attached = full_texts(project)
    groups = {number: tuple(group) for number, group in groupby(ordered, key=lambda record: record.publication)}
    return [
        Publication(group, merged([record.reference for record in group]), attached.get(number))
        for number, group in groups.items()
    ]
