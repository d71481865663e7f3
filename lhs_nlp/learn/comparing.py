"""Two models beside each other on passages that the second has not learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.evaluate import Estimate, Gold, PassageScores, claims, score_passages
from lhs_nlp.evaluate.bootstrap import FEWEST_DOCUMENTS, Documents, Values, estimate, mean, ratio
from lhs_nlp.evaluate.detection import precision_recall_f1
from lhs_nlp.evaluate.tables import UNDEFINED
from lhs_nlp.framework import Framework
from lhs_nlp.learn.answering import Answers

_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Comparison:
    """A model before and after learning, on the same passages.

    Attributes
    ----------
    before, after
        All scores with their intervals.
    log_loss_before, log_loss_after
        Of a passage, in nats: its benefits, present or not, and the status of those present.
    presence_f1, claims_f1, log_loss
        By how much the macro-averaged F1 and the log loss have changed. The intervals are of
        the differences: documents are drawn for both models at once.
    """

    before: PassageScores
    after: PassageScores
    log_loss_before: Estimate
    log_loss_after: Estimate
    presence_f1: Estimate
    claims_f1: Estimate
    log_loss: Estimate

    @property
    def worse(self) -> str | None:
        """In what the second model is worse; None if in nothing that counts.

        That is an F1 that is lower by more than chance, or a higher log loss unless an F1 is higher by more
        than chance. Fewer than `FEWEST_DOCUMENTS` cannot tell the latter: that F1 is higher in each of three
        happens once in eight times by chance alone. Against a model, what few documents tell is enough.
        """
        changes = {"presence": self.presence_f1, "claims": self.claims_f1}
        for task, change in changes.items():
            if _surely_below_zero(change):
                return f"mean F1 of {task} {signed(change)}"
        forgiven = self.after.documents >= FEWEST_DOCUMENTS and any(map(_surely_above_zero, changes.values()))
        if (self.log_loss.value or 0.0) > 0 and not forgiven:
            return f"log loss {signed(self.log_loss)}"
        return None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "before": self.before.to_dict() | {"log_loss": self.log_loss_before.to_dict()},
            "after": self.after.to_dict() | {"log_loss": self.log_loss_after.to_dict()},
            "change": {
                "presence_macro_f1": self.presence_f1.to_dict(),
                "claims_macro_f1": self.claims_f1.to_dict(),
                "log_loss": self.log_loss.to_dict(),
            },
            "worse": self.worse is not None,
        }


def compare_models(gold: Gold, before: Answers, after: Answers, framework: Framework) -> Comparison:
    """Score two models on the same passages, in the same order."""
    documents = Documents.of(gold.docs)
    claimed = claims(gold.status, framework)
    losses = np.stack([_log_loss(gold, answers) for answers in (before, after)], axis=1)
    totals, rows = documents.sums(losses), documents.sums(np.ones(len(gold)))
    loss = documents.resampled(lambda weights: ratio(weights @ totals, (weights @ rows)[:, None]))
    first, second = before.predictions, after.predictions
    return Comparison(
        before=score_passages(gold, first, framework),
        after=score_passages(gold, second, framework),
        log_loss_before=estimate(loss[:, 0]),
        log_loss_after=estimate(loss[:, 1]),
        presence_f1=_change(first.present, second.present, gold.presence, documents),
        claims_f1=_change(first.claimed, second.claimed, claimed, documents),
        log_loss=estimate(loss[:, 1] - loss[:, 0]),
    )


def _change(
    before: NDArray[np.bool_], after: NDArray[np.bool_], gold: NDArray[np.int64], documents: Documents
) -> Estimate:
    return mean(_f1(after, gold, documents) - _f1(before, gold, documents)).estimate


def _f1(chosen: NDArray[np.bool_], gold: NDArray[np.int64], documents: Documents) -> Values:
    """Return F1 of each benefit and its replicates, [1 + R, B]."""
    positive = gold == 1
    counts = documents.sums(np.stack([chosen & positive, chosen, positive], axis=2))
    return documents.resampled(
        lambda weights: np.stack(
            [precision_recall_f1(weights @ counts[:, at])[:, 2] for at in range(gold.shape[1])], axis=1
        )
    )


def _log_loss(gold: Gold, answers: Answers) -> NDArray[np.float64]:
    """Return the log loss of each passage, [n]."""
    right = np.where(gold.presence == 1, answers.predictions.presence_probability, 0)
    right += np.where(gold.presence == 0, 1 - answers.predictions.presence_probability, 0)
    of_status = np.take_along_axis(answers.status, np.maximum(gold.status, 0)[:, :, None], axis=2)[:, :, 0]
    loss: NDArray[np.float64] = -np.log(np.maximum(right, _SMALLEST)).sum(1)
    loss -= np.where(gold.status >= 0, np.log(np.maximum(of_status, _SMALLEST)), 0).sum(1)
    return loss


def signed(change: Estimate) -> str:
    """Return a difference with its interval, e.g. ``+0.021 (-0.004 to +0.046)``."""
    if change.value is None:
        return UNDEFINED
    shown = f"{change.value:+.3f}"
    return shown if change.low is None else f"{shown} ({change.low:+.3f} to {change.high:+.3f})"


def _surely_below_zero(change: Estimate) -> bool:
    """Return whether all of the interval is below 0; without an interval, whether the value is."""
    highest = change.value if change.high is None else change.high
    return highest is not None and highest < 0


def _surely_above_zero(change: Estimate) -> bool:
    lowest = change.value if change.low is None else change.low
    return lowest is not None and lowest > 0
