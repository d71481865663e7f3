"""Two labellings of the same passages beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate.bootstrap import REPLICATES, SEED, Documents
from lhs_nlp.evaluate.concepts import benefit_columns
from lhs_nlp.evaluate.gold import Gold, claims
from lhs_nlp.evaluate.tasks import Columns, TaskAgreement
from lhs_nlp.framework import Framework


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A benefit that two labellers see differently; a status of None means that it is absent."""

    id: str
    doc: str
    benefit: str
    first: str | None
    second: str | None
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {name: getattr(self, name) for name in ("id", "doc", "benefit", "first", "second", "text")}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two labellings.

    Attributes
    ----------
    passages, documents
        How many both labelled.
    presence, claims
        Over all passages that both labelled.
    status
        Where both see the benefit.
    concepts
        Where both see the benefit and labelled its key concepts; None where that is nowhere so.
    disagreements
        Every benefit of a passage on whose presence or status they differ, in the order of the first file.
    only_first, only_second
        Ids of passages that one labelled and the other did not: they count nowhere else.
    """

    passages: int
    documents: int
    presence: TaskAgreement
    claims: TaskAgreement
    status: TaskAgreement
    concepts: TaskAgreement | None
    disagreements: tuple[Disagreement, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    def to_dict(self, show: int | None = None) -> dict[str, Any]:
        """Return plain values, with the first `show` disagreements, or all."""
        return {
            "passages": self.passages,
            "documents": self.documents,
            "presence": self.presence.to_dict(),
            "claims": self.claims.to_dict(),
            "status": self.status.to_dict(),
            "concepts": self.concepts and self.concepts.to_dict(),
            "disagreements": {
                "count": len(self.disagreements),
                "shown": [entry.to_dict() for entry in self.disagreements[:show]],
            },
            "only_first": list(self.only_first),
            "only_second": list(self.only_second),
        }


def compare(
    first: Gold, second: Gold, framework: Framework, *, replicates: int = REPLICATES, seed: int = SEED
) -> Agreement:
    """Compare two labellings of the same passages.

    Parameters
    ----------
    first, second
        The labellings, matched by id.
    framework
        Names the columns.
    replicates
        How often documents are resampled for the 95% intervals; 0 for none.
    seed
        Of the resampling.

    Raises
    ------
    GoldError
        They have no passage in common, or one id stands for two texts.
    """
    a, b = _common(first, second)
    documents = Documents.of(a.docs, replicates, seed)
    columns = Columns(documents, np.arange(len(framework.benefits)), framework.benefit_ids)
    both = (a.presence == 1) & (b.presence == 1)
    everywhere = np.ones_like(both)
    yes_or_no = ("no", "yes")
    concept_columns = Columns(documents, benefit_columns(framework), framework.benefit_ids)
    labelled = (a.concepts >= 0) & (b.concepts >= 0) & both[:, concept_columns.benefit_of]
    return Agreement(
        passages=len(a),
        documents=documents.count,
        presence=columns.agreement(a.presence, b.presence, everywhere, yes_or_no),
        claims=columns.agreement(claims(a.status, framework), claims(b.status, framework), everywhere, yes_or_no),
        status=columns.agreement(a.status, b.status, both, framework.status_ids),
        concepts=concept_columns.agreement(a.concepts, b.concepts, labelled, yes_or_no) if labelled.any() else None,
        disagreements=tuple(_disagreements(a, b, framework)),
        only_first=_without(first.ids, second.ids),
        only_second=_without(second.ids, first.ids),
    )


def _common(first: Gold, second: Gold) -> tuple[Gold, Gold]:
    """Return the passages that both labelled, in the order of the first."""
    row_of = {passage: row for row, passage in enumerate(second.ids)}
    rows = [row for row, passage in enumerate(first.ids) if passage in row_of]
    if not rows:
        raise GoldError("The two files have no passage id in common: label the same passages, with the same ids.")
    a, b = first.take(rows), second.take([row_of[first.ids[row]] for row in rows])
    for passage, one, other in zip(a.ids, a.texts, b.texts, strict=True):
        if one.split() != other.split():
            raise GoldError(
                f"The passage {passage!r} has another text in the second file: its labels cannot be compared."
            )
    return a, b


def _without(ids: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    known = set(others)
    return tuple(passage for passage in ids if passage not in known)


def _disagreements(a: Gold, b: Gold, framework: Framework) -> Iterator[Disagreement]:
    names = (*framework.status_ids, None)
    for row, benefit in zip(*np.nonzero(a.status != b.status), strict=True):
        yield Disagreement(
            id=a.ids[row],
            doc=a.docs[row],
            benefit=framework.benefit_ids[benefit],
            first=names[a.status[row, benefit]],
            second=names[b.status[row, benefit]],
            text=a.texts[row],
        )
