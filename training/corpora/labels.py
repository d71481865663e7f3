"""What makes the labels of a passage wrong, whoever gave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lhs_nlp.framework import Framework


def claims(labels: Mapping[str, str], framework: Framework) -> bool:
    """Return whether one of the labels makes a claim."""
    return not set(labels.values()).isdisjoint(framework.claim_ids)


def label_problems(row: Mapping[str, Any], framework: Framework) -> Iterator[str]:
    """Yield what is wrong with the labels of a row that fits its schema, a clause each."""
    labels: Mapping[str, str] = row["labels"]
    for benefit, status in labels.items():
        yield from _unless_known("benefit", benefit, framework.benefit_ids)
        yield from _unless_known("status", status, framework.status_ids)
    for benefit, concepts in (row.get("concepts") or {}).items():
        if benefit not in labels:
            yield f"has key concepts of {benefit!r}, which is not labelled"
        elif benefit in framework.benefit_ids:
            known = tuple(concept.id for concept in framework.benefit(benefit).concepts)
            for concept in concepts:
                yield from _unless_known(f"key concept of {benefit}", concept, known)
    yield from _claim_problems(row, framework)


def _claim_problems(row: Mapping[str, Any], framework: Framework) -> Iterator[str]:
    stakeholders, dimension = row.get("stakeholders") or (), row.get("dimension")
    if not claims(row["labels"], framework):
        if stakeholders:
            yield "has stakeholders, but claims nothing"
        if dimension:
            yield "has a dimension, but claims nothing"
    for stakeholder in stakeholders:
        yield from _unless_known("stakeholder", stakeholder, tuple(entry.id for entry in framework.stakeholders))
    if dimension:
        yield from _unless_known("dimension", dimension, tuple(entry.id for entry in framework.dimensions))


def _unless_known(what: str, entry_id: str, known: tuple[str, ...]) -> Iterator[str]:
    if entry_id not in known:
        yield f"{what} {entry_id!r} is none of {', '.join(known)}"
