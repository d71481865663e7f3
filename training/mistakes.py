"""Where a model errs most surely, so that its card can show it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from lhs_nlp.framework import Framework
from lhs_nlp.tagger import Tagger
from training.data import LabelledPassages

NONE = "none"
"""Stands for the status of a benefit that is absent."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One benefit of one passage, read otherwise than by its labeller.

    Attributes
    ----------
    id, kind, text
        Of the passage.
    benefit
        Id of the benefit.
    gold, found
        Status that the labeller gave and that the model found; `none` where the benefit is absent.
    surety
        Probability that the model gave to what is wrong.
    """

    id: str
    kind: str
    text: str
    benefit: str
    gold: str
    found: str
    surety: float


def surest_mistakes(tagger: Tagger, passages: LabelledPassages, most: int = 8) -> list[dict[str, Any]]:
    """Return the surest mistakes as plain values, surest first, one a passage and two of a kind of mistake at most.

    The texts are part of them: give passages that are ours to quote.
    """
    mistakes = sorted(_mistakes(tagger, passages), key=lambda mistake: (-mistake.surety, mistake.id))
    chosen: list[Mistake] = []
    for mistake in mistakes:
        alike = [one for one in chosen if _sort_of(one) == _sort_of(mistake)]
        if len(alike) < 2 and all(one.id != mistake.id for one in chosen):
            chosen.append(mistake)
    return [asdict(mistake) for mistake in chosen[:most]]


def _sort_of(mistake: Mistake) -> tuple[str, bool, bool]:
    return mistake.benefit, mistake.gold == NONE, mistake.found == NONE


def _mistakes(tagger: Tagger, passages: LabelledPassages) -> list[Mistake]:
    mistakes = []
    for row, prediction in enumerate(tagger.classify_texts(passages.texts)):
        for at, (benefit, cell) in enumerate(prediction["benefits"].items()):
            gold = _status(int(passages.status[row, at]), tagger.framework)
            found = cell["status"] if cell["present"] else NONE
            if gold != found:
                probability, given = cell["probability"], cell["status_probabilities"]
                surety = 1 - probability if found == NONE else probability * given[found]
                mistakes.append(
                    Mistake(
                        passages.ids[row],
                        passages.kinds[row],
                        passages.texts[row],
                        benefit,
                        gold,
                        found,
                        round(surety, 4),
                    )
                )
    return mistakes


def _status(at: int, framework: Framework) -> str:
    return framework.status_ids[at] if at >= 0 else NONE
