"""Counts of labelled passages, as the data card shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import quantiles
from typing import Any

from lhs_nlp.framework import Framework
from training.corpora.documents import Row, count_words, share_of_usual_length
from training.corpora.labels import claims

Table = list[list[str | int]]


def count_by(documents: Sequence[Row], key: str, splits: Sequence[str]) -> Table:
    """Return documents and passages by the value of a key, in all and in each split; most passages first."""
    values = sorted({document[key] for document in documents})
    rows = [_sizes(value, [doc for doc in documents if doc[key] == value], splits) for value in values]
    return [*sorted(rows, key=lambda row: -int(row[2])), _sizes("**All**", documents, splits)]


def count_labels(rows: Sequence[Row], framework: Framework) -> Table:
    """Return passages by benefit and status, and those that carry each benefit."""
    pairs = Counter(pair for row in rows for pair in row["labels"].items())
    table: Table = []
    for benefit in framework.benefits:
        counts = [pairs[benefit.id, status] for status in framework.status_ids]
        table.append([benefit.name, *counts, sum(counts)])
    columns = zip(*(row[1:] for row in table), strict=True)
    return [*table, ["**All**", *(sum(map(int, column)) for column in columns)]]


def count_dimensions(rows: Sequence[Row], framework: Framework) -> Table:
    """Return passages with a claim by dimension; the first stands where none is given."""
    ids = [dimension.id for dimension in framework.dimensions]
    counts = Counter(row.get("dimension", ids[0]) for row in rows if claims(row["labels"], framework))
    return [[dimension.name, counts[dimension.id]] for dimension in framework.dimensions]


def count_concepts(rows: Sequence[Row], framework: Framework) -> Table:
    """Return passages by key concept, and those with a benefit but none of its key concepts."""
    pairs = Counter((b, concept) for row in rows for b, found in row["concepts"].items() for concept in found)
    general = Counter(benefit for row in rows for benefit in row["labels"] if not row["concepts"].get(benefit))
    table: Table = []
    for benefit in framework.benefits:
        table += [[benefit.name, concept.name, pairs[benefit.id, concept.id]] for concept in benefit.concepts]
        table.append([benefit.name, "none, in general words", general[benefit.id]])
    return table


def count_stakeholders(rows: Sequence[Row], framework: Framework) -> Table:
    """Return passages with a claim by stakeholder, and those that name none."""
    counts = Counter(stakeholder for row in rows for stakeholder in row["stakeholders"])
    none = sum(claims(row["labels"], framework) and not row["stakeholders"] for row in rows)
    named: Table = [[entry.name, counts[entry.id]] for entry in framework.stakeholders]
    return [*named, ["none named", none]]


def count_benefits(rows: Sequence[Row]) -> Table:
    """Return passages by how many benefits they carry."""
    counts = Counter(len(row["labels"]) for row in rows)
    return [[number, counts[number]] for number in range(max(counts) + 1)]


def measure_lengths(rows: Sequence[Row]) -> dict[str, Any]:
    """Return least, quartiles and most words of a passage, and the share of passages of the usual length."""
    lengths = [count_words(row["text"]) for row in rows]
    quartiles = [round(value) for value in quantiles(lengths, n=4, method="inclusive")]
    usual = share_of_usual_length(row["text"] for row in rows)
    return {"words": [min(lengths), *quartiles, max(lengths)], "all": sum(lengths), "usual": usual}


def _sizes(name: str, documents: Sequence[Row], splits: Sequence[str]) -> list[str | int]:
    parts = [documents, *([doc for doc in documents if doc["split"] == split] for split in splits)]
    return [name, *(size for part in parts for size in (len(part), sum(len(doc["passages"]) for doc in part)))]
