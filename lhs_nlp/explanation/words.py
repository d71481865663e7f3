"""Leave each word out, and see what becomes of the decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lhs_nlp.calibration import logit
from lhs_nlp.explanation.types import Word

if TYPE_CHECKING:
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.finding import Finding

_WORD = re.compile(r"\w+(?:[-'\u2019.,]\w+)*%?")


def word_effects(findings: Sequence[Finding], classifier: BenefitClassifier) -> list[tuple[Word, ...]]:
    """Return the effect of every word on each finding.

    A word's effect is the fall of the calibrated log odds when the passage is read without it: of
    the claim where one was found, else of the benefit's presence. As each passage is read once for
    each of its words, this takes about as many times as long as classifying it.

    Parameters
    ----------
    findings
        What to explain.
    classifier
        The one that found it.
    """
    spans = [[match.span() for match in _WORD.finditer(finding.passage.text)] for finding in findings]
    texts = [
        variant
        for finding, row in zip(findings, spans, strict=True)
        for variant in (finding.passage.text, *(_without(finding.passage.text, *span) for span in row))
    ]
    scores = classifier.scores(texts)
    effects, at = [], 0
    for finding, row in zip(findings, spans, strict=True):
        column = classifier.framework.benefit_ids.index(finding.benefit)
        odds = logit((scores.claim if finding.claimed else scores.presence)[at : at + len(row) + 1, column])
        at += len(row) + 1
        effects.append(
            tuple(
                Word(start, end, finding.passage.text[start:end], float(odds[0] - without))
                for (start, end), without in zip(row, odds[1:], strict=True)
            )
        )
    return effects


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
