"""Heads, calibration and thresholds fitted anew: the prior is the model that there was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.calibration import Calibration, fit_temperature, refit_platt, refit_thresholds
from lhs_nlp.evaluate.bootstrap import Documents
from lhs_nlp.heads import Logits
from lhs_nlp.learn.fitting import Fitting, Model, Sample, Shift, fit_shift
from lhs_nlp.learn.folds import deal
from lhs_nlp.scores import claim_log_odds

STRENGTHS = (np.inf, 100.0, 30.0, 10.0, 3.0, 1.0)
"""Pulls toward the prior that are tried, strongest first; infinite is the prior itself."""

FOLDS = 3
SHRINKAGE = 20.0
"""Pull of sigmoids and temperature toward those of the prior, as in `fit_platt`."""


@dataclass(frozen=True, slots=True)
class Refit:
    """A model fitted anew, and how strongly it was held to the one before.

    Attributes
    ----------
    model
        The new one.
    presence, status
        One of `STRENGTHS` each.
    """

    model: Model
    presence: float
    status: float


def refit(
    prior: Model,
    sample: Sample,
    docs: Sequence[str],
    claim_statuses: Sequence[int],
    background: Sample | None = None,
    strengths: Sequence[float] = STRENGTHS,
) -> Refit:
    """Fit heads, calibration and thresholds to labelled passages.

    Parameters
    ----------
    prior
        The model to start from.
    sample
        What to learn.
    docs
        The document of each passage: strengths are chosen, and calibration and thresholds are
        fitted, on scores of documents that were left out. With one document nothing can be
        left out: the model stays as it was.
    claim_statuses
        Indices of the statuses that make a claim.
    background
        Passages that the prior was fitted to, so that they are not forgotten.
    strengths
        Pulls toward the prior to choose from, strongest first.
    """
    folds = deal(docs, FOLDS)
    if not folds.any():
        return Refit(prior, np.inf, np.inf)
    documents = Documents.of(docs)
    scored: list[Logits] = []
    losses: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for logits in _scored_out_of_fold(prior, sample, folds, background, strengths):
        scored.append(logits)
        losses.append(_losses(logits, sample, prior.calibration, documents))
        if len(losses) > 1 and all(now.sum() > before.sum() for before, now in zip(*losses[-2:], strict=True)):
            # Weaker pulls only fit the noise further, and are the slowest to fit.
            break
    presence, status = (chosen(np.stack(of_task)) for of_task in zip(*losses, strict=True))
    best = replace(scored[presence], status=scored[status].status)
    pulls = strengths[presence], strengths[status]
    heads = fit_shift(prior, sample.joined(background), *pulls).of(prior)
    model = Model(heads, _recalibrate(prior.calibration, best, sample, claim_statuses))
    return Refit(model, *pulls)


def _scored_out_of_fold(
    prior: Model, sample: Sample, folds: NDArray[np.int64], background: Sample | None, strengths: Sequence[float]
) -> Iterator[Logits]:
    """Yield the logits of all passages for each of the strengths, by heads that did not see their documents."""
    rows = [np.flatnonzero(folds == fold) for fold in np.unique(folds)]
    paths = [_path(prior, sample.take(folds != folds[row[0]]).joined(background), strengths) for row in rows]
    back = np.argsort(np.concatenate(rows))
    for shifts in zip(*paths, strict=True):
        yield _stacked([shift.of(prior)(sample.vectors[row]) for shift, row in zip(shifts, rows, strict=True)], back)


def _path(prior: Model, sample: Sample, strengths: Sequence[float]) -> Iterator[Shift]:
    """Yield the fit of each strength, begun where the stronger one ended."""
    fitting, shift = Fitting.of(prior, sample), None
    for strength in strengths:
        shift = fitting.shift(strength, strength, shift)
        yield shift


def _stacked(parts: list[Logits], order: NDArray[np.int64]) -> Logits:
    return Logits(**{f.name: np.concatenate([getattr(part, f.name) for part in parts])[order] for f in fields(Logits)})


def chosen(losses: NDArray[np.float64]) -> int:
    """Return the first of the strengths whose loss is within a standard error of the least.

    The error is of the difference between the two, over documents: what could be chance does
    not move the model (the one-standard-error rule; Breiman et al. 1984).

    Parameters
    ----------
    losses
        Of each document for each strength, strongest first, [S, D].
    """
    excess = losses - losses[losses.sum(1).argmin()]
    error = excess.std(1, ddof=1) * np.sqrt(losses.shape[1])
    return int(np.argmax(excess.sum(1) <= error))


def _losses(
    logits: Logits, sample: Sample, calibration: Calibration, documents: Documents
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log loss of presence and of status of each document, [D]."""
    from scipy.special import log_softmax

    z = calibration.presence.log_odds(logits.presence)
    presence = np.where(sample.presence >= 0, np.logaddexp(0, z) - sample.presence * z, 0).sum(1)
    found = log_softmax(logits.status / calibration.status_temperature, axis=2)
    gold = np.maximum(sample.status, 0)[:, :, None]
    status = -np.where(sample.status >= 0, np.take_along_axis(found, gold, axis=2)[:, :, 0], 0).sum(1)
    return documents.sums(presence), documents.sums(status)


def _recalibrate(before: Calibration, logits: Logits, sample: Sample, claim_statuses: Sequence[int]) -> Calibration:
    """Fit calibration to out-of-fold logits, near what it was; that of whole documents stays.

    Corrections are passages that people chose: they do not tell what a whole document claims.
    """
    claimed = np.where(sample.presence >= 0, np.isin(sample.status, list(claim_statuses)), -1)
    presence = refit_platt(before.presence, logits.presence, sample.presence, SHRINKAGE)
    return replace(
        before,
        presence=presence,
        claim=refit_platt(before.claim, claim_log_odds(logits, claim_statuses), claimed, SHRINKAGE),
        status_temperature=fit_temperature(logits.status, sample.status, before.status_temperature, SHRINKAGE),
        presence_thresholds=refit_thresholds(before.presence_thresholds, presence(logits.presence), sample.presence),
    )
