"""Corrections of labels that were given once and found wrong: each a row with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lhs_nlp.errors import GoldError
from lhs_nlp.framework import Framework, default_framework
from training.corpora.documents import Row, read_rows, require
from training.corpora.labels import claims
from training.corpora.standoff import CORRECTIONS, check_hash

_OPTIONAL = ("concepts", "stakeholders", "dimension")


def read_corrections(folder: Path) -> list[Row]:
    """Return the corrections in a folder of stand-off labels; [] where there are none."""
    path = folder / CORRECTIONS
    corrections = read_rows(path) if path.exists() else []
    for correction in corrections:
        require(correction, ("sha256", "was", "labels", "reason"))
    return corrections


def apply_corrections(rows: Sequence[Row], corrections: Sequence[Row], framework: Framework | None = None) -> list[Row]:
    """Return labelled rows, in their order, with the labels of the corrections.

    A correction may also give `concepts`, `stakeholders` and `dimension`. Where it does not,
    those of the row stay as far as they fit its new labels, and become unknown where a
    benefit or a claim is new.

    Parameters
    ----------
    rows
        E.g. the passages of ``train.jsonl``; never of dev, whose labels were adjudicated.
    corrections
        As `read_corrections` returns them.
    framework
        Says which statuses make a claim; without, the shipped one.

    Raises
    ------
    GoldError
        A correction's passage is not among the rows, has another text, or has no longer the
        labels that the correction was made for; the message names the correction.
    """
    corrected = list(rows)
    position = {row["id"]: at for at, row in enumerate(rows)}
    for correction in corrections:
        if correction["id"] not in position:
            raise GoldError(f"{correction['place']}: there is no passage {correction['id']} to correct.")
        row = corrected[position[correction["id"]]]
        check_hash(correction, row["text"])
        if correction["was"] != row["labels"]:
            raise GoldError(
                f"{correction['place']}: {correction['id']} is labelled {row['labels']}, not {correction['was']} "
                "as when the correction was made: read the passage again, then mend or delete the correction."
            )
        corrected[position[row["id"]]] = _corrected(row, correction, framework or default_framework())
    return corrected


def _corrected(row: Row, correction: Row, framework: Framework) -> Row:
    labels = correction["labels"]
    new = {key: value for key, value in row.items() if key not in _OPTIONAL} | {"labels": labels}
    if "concepts" in row and set(labels) <= set(row["labels"]):
        new["concepts"] = {benefit: found for benefit, found in row["concepts"].items() if benefit in labels}
    if not claims(labels, framework):
        new |= {"stakeholders": []} if "stakeholders" in row else {}
    elif claims(row["labels"], framework):
        new |= {key: row[key] for key in ("stakeholders", "dimension") if key in row}
    return new | {key: correction[key] for key in _OPTIONAL if key in correction}
