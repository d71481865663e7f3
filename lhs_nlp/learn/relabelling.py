"""Labelled passages that a bundle carries, with the labels that people gave them since."""

from __future__ import annotations

from dataclasses import replace

from lhs_nlp.explanation import Example, Examples
from lhs_nlp.learn.corrections import Corrections, normalised


def relabelled(examples: Examples, corrections: Corrections) -> dict[int, Example]:
    """Return those passages that corrections label in another way, by their numbers, with their new labels."""
    labels = {normalised(passage.text): passage.labels for passage in corrections.passages}
    found: dict[int, Example] = {}
    for at, example in enumerate(examples.passages):
        now = labels.get(normalised(example.text), example.labels)
        if now != example.labels:
            found[at] = replace(example, labels=now)
    return found
