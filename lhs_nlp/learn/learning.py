"""From a model and corrections to a better model, and to the measure of how much better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate import Gold
from lhs_nlp.evaluate.gold import status_matrix
from lhs_nlp.explanation import Examples
from lhs_nlp.framework import Framework
from lhs_nlp.learn.answering import answer, joined, standing
from lhs_nlp.learn.comparing import Comparison, compare_models
from lhs_nlp.learn.corrections import normalised
from lhs_nlp.learn.encoding import Encoded, Progress
from lhs_nlp.learn.fitting import Model, Sample, length
from lhs_nlp.learn.folds import deal
from lhs_nlp.learn.refitting import Refit, refit

FOLDS = 4
BACKGROUND = 0.3
"""Weight of a labelled passage that the bundle carries, beside 1 of a correction."""
MEASURED_FROM = 3
"""Documents from which on it can be measured: one to measure on, and two to learn from, as one teaches nothing."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned from corrections.

    Attributes
    ----------
    refit
        From all corrections.
    comparison
        Before and after, where each document is scored by a model learned from the others;
        None when corrections are of fewer than three.
    background
        Number of labelled passages of the bundle that were learned from too.
    checked
        Before and after on other labelled passages; None when there were none.
    again
        Whether the model had learned from corrections before.
    """

    refit: Refit
    comparison: Comparison | None
    background: int
    checked: Comparison | None = None
    again: bool = False

    @property
    def objection(self) -> str | None:
        """Why the new model should not take the place of the old one; None when it may."""
        if self.comparison is None:
            return (
                "The corrections are of fewer than three documents, too few to learn from some and to measure on others"
            )
        if self.comparison.worse:
            return f"The new model is worse on corrections that it has not seen ({self.comparison.worse})"
        if self.checked and self.checked.worse:
            return f"The new model is worse on the passages that it was checked on ({self.checked.worse})"
        if all(each.presence_f1.value is None for each in (self.comparison, self.checked) if each):
            return (
                "No correction carries a benefit, so that nothing tells whether the new model still finds them; "
                "check it on labelled passages that do"
            )
        return None


def learn(
    prior: Model,
    texts: Encoded,
    gold: Gold,
    framework: Framework,
    examples: Examples | None = None,
    on_progress: Progress | None = None,
) -> Learned:
    """Learn from corrections, and measure on corrections of documents that were left out.

    The whole of learning, with its choices, is done anew for each part that is left out, so
    that the measured models never saw what they are measured on.

    Parameters
    ----------
    prior
        The model to start from.
    texts
        The corrected texts, by the model's encoder. Of a long one the passages are learned from that
        stand for its benefits, by the model before: which others speak of them is not known.
    gold
        How they were corrected.
    framework
        Names the columns.
    examples
        Labelled passages that the prior was fitted to; those that were corrected are left out.
    on_progress
        Is told how far it is.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    sample, text_of = sample_of(prior, texts, gold, framework)
    background = _background(examples, gold.texts, length(sample.vectors), framework) if examples else None
    claiming = framework.claim_indices
    done = count()

    def learned_from(chosen: NDArray[np.integer]) -> Refit:
        if on_progress:
            on_progress("Learning and measuring", next(done), FOLDS + 1)
        rows = np.flatnonzero(np.isin(text_of, chosen))
        return refit(prior, sample.take(rows), [gold.docs[text_of[row]] for row in rows], claiming, background)

    # Small matrices: threads that wait for each other cost more than they bring, on a busy machine many times more.
    with threadpool_limits(1):
        comparison = _compared(prior, texts, gold, framework, learned_from)
        return Learned(learned_from(np.arange(len(gold))), comparison, len(background.vectors) if background else 0)


def _compared(
    prior: Model,
    texts: Encoded,
    gold: Gold,
    framework: Framework,
    learned_from: Callable[[NDArray[np.integer]], Refit],
) -> Comparison | None:
    """Compare the prior with models of which each is asked about documents that it did not learn from."""
    if len(set(gold.docs)) < MEASURED_FROM:
        return None
    folds = deal(gold.docs, FOLDS)
    left_out = [np.flatnonzero(folds == fold) for fold in np.unique(folds)]
    taught = [learned_from(np.flatnonzero(folds != fold)).model for fold in np.unique(folds)]
    parts = [answer(model, texts.take(rows), framework) for model, rows in zip(taught, left_out, strict=True)]
    after = joined(parts, np.argsort(np.concatenate(left_out)))
    return compare_models(gold, answer(prior, texts, framework), after, framework)


def sample_of(prior: Model, texts: Encoded, gold: Gold, framework: Framework) -> tuple[Sample, NDArray[np.int64]]:
    """Return the passages that stand for a benefit of their text, and the number of each one's text."""
    stands = standing(prior, texts, framework)
    rows = np.unique(stands)
    text_of = texts.text_of[rows]
    known = stands[text_of] == rows[:, None]
    presence, status = (np.where(known, of_text[text_of], -1) for of_text in (gold.presence, gold.status))
    return Sample(texts.vectors[rows], presence, status, np.ones(len(rows))), text_of


def _background(examples: Examples, corrected: Sequence[str], of_length: float, framework: Framework) -> Sample | None:
    """Return the bundle's examples; their vectors are of length 1 and get the usual length back.

    An example whose text was corrected would speak against the correction, and tell a model that is
    measured what it must not know.
    """
    taught = {normalised(text) for text in corrected}
    kept = [at for at, example in enumerate(examples.passages) if normalised(example.text) not in taught]
    if not kept:
        return None
    status = status_matrix([examples.passages[at].labels for at in kept], framework)
    return Sample(
        vectors=(examples.vectors[kept] * of_length).astype(np.float32),
        presence=(status >= 0).astype(np.int64),
        status=status,
        weight=np.full(len(status), BACKGROUND),
    )
