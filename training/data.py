"""Labelled passages as arrays: what the loss, the calibration and the scores are computed from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import GoldError
from lhs_nlp.framework import Framework
from training.corpora import apply_corrections, passage_rows, read_corrections, read_documents, read_rows

UNSURE_WEIGHT = 0.6
"""Weight of a passage whose labeller hesitated; 1 otherwise."""


@dataclass(frozen=True, slots=True)
class LabelledPassages:
    """Passages with targets; -1 where a target is unknown or does not apply.

    Shapes: n passages, B benefits, C key concepts, S stakeholders.
    """

    ids: tuple[str, ...]
    docs: tuple[str, ...]
    kinds: tuple[str, ...]
    texts: tuple[str, ...]
    presence: NDArray[np.int64]  # [n, B] 0 or 1
    status: NDArray[np.int64]  # [n, B] index of the status, -1 where absent
    dimension: NDArray[np.int64]  # [n] index of the dimension, -1 where nothing is claimed
    concepts: NDArray[np.int64]  # [n, C] 0 or 1, -1 where not labelled
    stakeholders: NDArray[np.int64]  # [n, S] 0 or 1, -1 where not labelled or nothing is claimed
    weight: NDArray[np.float32]  # [n]

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.ids)

    def take(self, rows: NDArray[np.int64]) -> LabelledPassages:
        """Return the passages of these rows, in this order."""
        pick = [int(row) for row in rows]
        return LabelledPassages(
            ids=tuple(self.ids[row] for row in pick),
            docs=tuple(self.docs[row] for row in pick),
            kinds=tuple(self.kinds[row] for row in pick),
            texts=tuple(self.texts[row] for row in pick),
            presence=self.presence[rows],
            status=self.status[rows],
            dimension=self.dimension[rows],
            concepts=self.concepts[rows],
            stakeholders=self.stakeholders[rows],
            weight=self.weight[rows],
        )

    def where(self, wanted: Sequence[bool] | NDArray[np.bool_]) -> LabelledPassages:
        """Return the passages where `wanted` is true."""
        return self.take(np.flatnonzero(wanted))


def check_shared(shared: Path) -> None:
    """Raise GoldError when the labelled public passages are not in this folder."""
    for path in (shared / "passages" / name for name in ("train.jsonl", "dev.jsonl")):
        if not path.is_file():
            raise GoldError(
                f"{path} is missing. The public texts are not part of this project: name the folder that holds them "
                "(--shared FOLDER, or SHARED=FOLDER of `make`)."
            )


def read_passages(path: Path, framework: Framework) -> LabelledPassages:
    """Read labelled passages, one JSON object a line, as targets of this framework.

    Each has at least `id`, `doc`, `text` and `labels` (benefit id to status id). Raises
    GoldError when a label is not in the framework; the message names the line.
    """
    return to_targets(read_rows(path), framework)


def read_shared(shared: Path, standoff: Path, framework: Framework) -> LabelledPassages:
    """Read the real passages of ``train.jsonl`` in the folder of public texts, as corrected in `standoff`."""
    rows = read_rows(shared / "passages" / "train.jsonl")
    return to_targets(apply_corrections(rows, read_corrections(standoff), framework), framework)


def read_authored(folder: Path, split: str, framework: Framework) -> LabelledPassages:
    """Read the passages of the authored documents of one split, `train` or `test`.

    Raises GoldError when there is no document at all, so that nothing is trained or measured without
    them by a folder that is named wrongly; when a file is not JSON; and when a label is not in the
    framework: the message names file and passage.
    """
    rows = [
        row | {"place": f"{name}#{row['index']}"}
        for name, document in read_documents(folder).items()
        if document["split"] == split
        for row in passage_rows(document)
    ]
    return to_targets(rows, framework)


def to_targets(rows: Sequence[dict[str, Any]], framework: Framework) -> LabelledPassages:
    """Turn labelled rows into arrays, columns in the framework's order."""
    benefits, concepts = len(framework.benefits), len(framework.concept_keys)
    return LabelledPassages(
        ids=tuple(row["id"] for row in rows),
        docs=tuple(row["doc"] for row in rows),
        kinds=tuple(row.get("kind", "other") for row in rows),
        texts=tuple(row["text"] for row in rows),
        presence=_matrix([[b in row["labels"] for b in framework.benefit_ids] for row in rows], benefits),
        status=_matrix([_status(row, framework) for row in rows], benefits),
        dimension=np.array([_dimension(row, framework) for row in rows], np.int64),
        concepts=_matrix([_concepts(row, framework) for row in rows], concepts),
        stakeholders=_matrix([_stakeholders(row, framework) for row in rows], len(framework.stakeholders)),
        weight=np.array([UNSURE_WEIGHT if row.get("unsure") else 1.0 for row in rows], np.float32),
    )


def concatenate(parts: Sequence[LabelledPassages]) -> LabelledPassages:
    """Return the passages of all parts, one after another."""
    columns = {field.name: _joined([getattr(part, field.name) for part in parts]) for field in fields(LabelledPassages)}
    return LabelledPassages(**columns)


def fingerprint(data: LabelledPassages) -> str:
    """Return 12 hexadecimal digits that change when a text or a target changes."""
    digest = hashlib.sha256()
    for field in fields(LabelledPassages):
        value = getattr(data, field.name)
        digest.update(repr(value).encode() if isinstance(value, tuple) else value.tobytes())
    return digest.hexdigest()[:12]


def folds_by_document(docs: Sequence[str], count: int, seed: int) -> NDArray[np.int64]:
    """Assign each passage a fold 0..count-1; passages of one document share it.

    The fold follows from a hash of seed and document, so that it does not depend on
    the order of the rows or on which other documents there are.
    """
    hashes = [hashlib.sha256(f"{seed}:{doc}".encode()).digest() for doc in docs]
    return np.array([int.from_bytes(h[:8], "big") % count for h in hashes], np.int64)


def _matrix(rows: Sequence[Sequence[int]], columns: int) -> NDArray[np.int64]:
    """Return rows as a matrix, [n, columns] also when there are none."""
    return np.array(rows, np.int64).reshape(len(rows), columns)


def _joined(columns: Sequence[Any]) -> Any:  # noqa: ANN401
    if isinstance(columns[0], tuple):
        return tuple(chain.from_iterable(columns))
    return np.concatenate(columns)


def _status(row: dict[str, Any], framework: Framework) -> list[int]:
    unknown = set(row["labels"]) - set(framework.benefit_ids)
    if unknown:
        raise GoldError(f"{row['place']}: benefit {min(unknown)!r} is not in the framework {framework.id}.")
    return [_index(framework.status_ids, row["labels"].get(b), row["place"]) for b in framework.benefit_ids]


def _dimension(row: dict[str, Any], framework: Framework) -> int:
    if not set(row["labels"].values()) & set(framework.claim_ids):
        return -1
    ids = tuple(dimension.id for dimension in framework.dimensions)
    return _index(ids, row.get("dimension") or "project", row["place"])


def _concepts(row: dict[str, Any], framework: Framework) -> list[int]:
    if row.get("concepts") is None:
        return [-1] * len(framework.concept_keys)
    return [int(concept in row["concepts"].get(b, ())) for b, concept in framework.concept_keys]


def _stakeholders(row: dict[str, Any], framework: Framework) -> list[int]:
    claimed = set(row["labels"].values()) & set(framework.claim_ids)
    if row.get("stakeholders") is None or not claimed:
        return [-1] * len(framework.stakeholders)
    return [int(stakeholder.id in row["stakeholders"]) for stakeholder in framework.stakeholders]


def _index(ids: tuple[str, ...], entry_id: str | None, place: str) -> int:
    if entry_id is None:
        return -1
    if entry_id not in ids:
        raise GoldError(f"{place}: {entry_id!r} is none of {', '.join(ids)}.")
    return ids.index(entry_id)
