"""Labelled passages as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.documents import holds_text
from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate.labelling_tools import read_labelled_lines
from lhs_nlp.evaluate.lines import Line, check_known
from lhs_nlp.framework import Framework

OTHER = "other"
"""The kind of a document that names none."""


class Targets(Protocol):
    """What passages are scored against: n passages, B benefits, C key concepts, in the framework's order.

    Attributes
    ----------
    docs
        Id of each passage's document, [n].
    presence
        0 or 1, [n, B].
    status
        Index of the status, -1 where the benefit is absent, [n, B].
    concepts
        0 or 1, -1 where not labelled, [n, C].
    """

    @property
    def docs(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def presence(self) -> NDArray[np.int64]: ...  # noqa: D102
    @property
    def status(self) -> NDArray[np.int64]: ...  # noqa: D102
    @property
    def concepts(self) -> NDArray[np.int64]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Gold:
    """Labelled passages, in the order of their file: `Targets` with ids, texts and kinds of document."""

    ids: tuple[str, ...]
    docs: tuple[str, ...]
    kinds: tuple[str, ...]
    texts: tuple[str, ...]
    presence: NDArray[np.int64]
    status: NDArray[np.int64]
    concepts: NDArray[np.int64]

    @classmethod
    def of_statuses(
        cls,
        ids: tuple[str, ...],
        docs: tuple[str, ...],
        texts: tuple[str, ...],
        status: NDArray[np.int64],
        framework: Framework,
    ) -> Gold:
        """Return passages of which statuses, [n, B], are all that is known: of no kind, key concepts not labelled."""
        return cls(
            ids=ids,
            docs=docs,
            kinds=(OTHER,) * len(ids),
            texts=texts,
            presence=(status >= 0).astype(np.int64),
            status=status,
            concepts=np.full((len(ids), len(framework.concept_keys)), -1, np.int64),
        )

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.ids)

    def take(self, rows: Sequence[int]) -> Gold:
        """Return the passages of these rows, in this order."""
        return Gold(
            ids=tuple(self.ids[row] for row in rows),
            docs=tuple(self.docs[row] for row in rows),
            kinds=tuple(self.kinds[row] for row in rows),
            texts=tuple(self.texts[row] for row in rows),
            presence=self.presence[list(rows)],
            status=self.status[list(rows)],
            concepts=self.concepts[list(rows)],
        )


def read_gold(path: str | Path, framework: Framework) -> Gold:
    """Read labelled passages, one JSON object a line, or as Label Studio and doccano export them.

    Each line has `id`, `doc`, `text` and `labels` (benefit to status, ``{}`` for none), and may have
    `kind` and `concepts` (benefit to list of key concepts; absent where not labelled).

    Raises
    ------
    GoldError
        The file is missing, empty or malformed, an id comes twice, or a label is not in the
        framework; the message names file and line.
    """
    lines = read_labelled_lines(path)
    status = status_matrix([known_labels(line, framework) for line in lines], framework)
    return Gold(
        ids=tuple(line.id for line in lines),
        docs=tuple(line.name("doc") for line in lines),
        kinds=tuple(line.name("kind") if line.data.get("kind") else OTHER for line in lines),
        texts=tuple(known_text(line) for line in lines),
        presence=(status >= 0).astype(np.int64),
        status=status,
        concepts=np.array([_concepts(line, framework) for line in lines], np.int64).reshape(len(lines), -1),
    )


def claims(status: NDArray[np.int64], framework: Framework) -> NDArray[np.int64]:
    """Return 1 where a status makes a claim, else 0; same shape."""
    return np.isin(status, framework.claim_indices).astype(np.int64)


def status_matrix(labels: Iterable[Mapping[str, str]], framework: Framework) -> NDArray[np.int64]:
    """Return labels, benefit id to status id, as indices of statuses, [n, B]; -1 where a benefit is absent."""
    rows = [
        [framework.status_ids.index(row[benefit]) if benefit in row else -1 for benefit in framework.benefit_ids]
        for row in labels
    ]
    return np.array(rows, np.int64).reshape(len(rows), len(framework.benefits))


def known_text(line: Line) -> str:
    """Return the text of a line; raise GoldError where it is missing or blank."""
    text = line.data.get("text")
    if not isinstance(text, str) or not holds_text(text):
        raise GoldError(f"{line.place}: `text` is missing or blank.")
    return text


def known_labels(line: Line, framework: Framework) -> dict[str, str]:
    """Return the labels of a line, benefit id to status id; raise GoldError where one is not in the framework."""
    labels = line.mapping("labels")
    for benefit, status in labels.items():
        check_known(benefit, framework.benefit_ids, "benefit", line.place)
        check_known(status, framework.status_ids, f"the status of {benefit},", line.place)
    return labels


def _concepts(line: Line, framework: Framework) -> list[int]:
    if line.data.get("concepts") is None:
        return [-1] * len(framework.concept_keys)
    found = line.mapping("concepts")
    for benefit, concepts in found.items():
        check_known(benefit, framework.benefit_ids, "benefit", line.place)
        check_concepts(concepts, benefit, framework, line.place)
    return [int(concept in found.get(benefit, ())) for benefit, concept in framework.concept_keys]


def check_concepts(concepts: object, benefit: str, framework: Framework, place: str) -> list[str]:
    """Return a list of a benefit's key concepts; raise GoldError when it holds anything else."""
    if not isinstance(concepts, list):
        raise GoldError(f"{place}: the key concepts of {benefit} must be a list.")
    known = [concept.id for concept in framework.benefit(benefit).concepts]
    return [check_known(concept, known, f"the key concept of {benefit},", place) for concept in concepts]


def rows_by_kind(gold: Gold) -> dict[str, list[int]]:
    """Return the rows of each kind of document, kinds in order of the alphabet.

    A document is of the kind of its first passage.
    """
    kind_of: dict[str, str] = {}
    rows: dict[str, list[int]] = {}
    for row, (doc, kind) in enumerate(zip(gold.docs, gold.kinds, strict=True)):
        rows.setdefault(kind_of.setdefault(doc, kind), []).append(row)
    return dict(sorted(rows.items()))
