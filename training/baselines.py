"""``python -m training.baselines``: simpler models on the same split, measured as the model is.

Each gives the logits of presence and status, and is calibrated and scored by the same code on
the same passages: a keyword list, and TF-IDF with logistic regression.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from lhs_nlp.framework import Framework, default_framework
from lhs_nlp.heads import Logits
from training.calibrate import fit_calibration
from training.data import LabelledPassages, read_passages
from training.finetune import Recipe
from training.measure import headline, measure_logits
from training.split import read_data

RESULTS = Path("training/baselines.json")
CUED = 3.0
"""Logit of a passage that holds a cue; the negative for one that holds none. Calibration decides what it means."""

Vectors = Any
"""Features of n texts, dense or sparse, [n, d]."""
Baseline = Callable[[LabelledPassages, tuple[str, ...]], Logits]

log = logging.getLogger("training.baselines")


def main() -> None:
    """Measure each baseline on dev and write the results."""
    parser = argparse.ArgumentParser(prog="python -m training.baselines", description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with passages/ and unlabelled/")
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of authored/ and standoff/")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    framework = default_framework()
    data = read_data(framework, options.shared, options.corpora)
    dev = read_passages(options.shared / "passages" / "dev.jsonl", framework)
    seed = Recipe().seed
    train, held_out = data.trained_on(seed), data.real.where(data.held_out(seed))
    results = {}
    for name, baseline in baselines(framework).items():
        start = time.monotonic()
        results[name] = headline(_measured(baseline, train, held_out, dev, framework))
        log.info("%s in %.0f s", name, time.monotonic() - start)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def baselines(framework: Framework) -> dict[str, Baseline]:
    """Return the baselines by name, simplest first."""
    return {
        "keyword list": lambda train, texts: keywords(train, texts, framework),
        "TF-IDF + logistic regression": tfidf,
    }


def keywords(train: LabelledPassages, texts: tuple[str, ...], framework: Framework) -> Logits:
    """Return logits that say whether a cue of the framework stands in the text; statuses as frequent as in training."""
    cued = [[any(c.is_cued_by(text) for c in benefit.concepts) for benefit in framework.benefits] for text in texts]
    frequency = [(train.status == at).sum(0) + 1.0 for at in range(len(framework.statuses))]
    status = np.broadcast_to(np.log(np.stack(frequency, axis=1)), (len(texts), *train.status.shape[1:], len(frequency)))
    return _logits(np.where(cued, CUED, -CUED), status, train)


def tfidf(train: LabelledPassages, texts: tuple[str, ...]) -> Logits:
    """Return logits of logistic regressions on words and pairs of words."""
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    return regress(vectorizer.fit_transform(train.texts), train, vectorizer.transform(texts), strength=4.0)


def regress(vectors: Vectors, train: LabelledPassages, wanted: Vectors, strength: float) -> Logits:
    """Fit presence and, where the benefit is present, status; return the logits of the wanted vectors.

    Parameters
    ----------
    vectors, wanted
        Features of the passages of `train` and of those to score, [n, d] and [m, d].
    train
        Targets.
    strength
        Inverse of the regularisation, scikit-learn's `C`.
    """
    count, statuses = train.presence.shape[1], int(train.status.max()) + 1
    presence = np.zeros((wanted.shape[0], count))
    status = np.full((wanted.shape[0], count, statuses), -10.0)
    for at in range(count):
        model = LogisticRegression(C=strength, max_iter=2000)
        presence[:, at] = model.fit(vectors, train.presence[:, at]).decision_function(wanted)
        rows = np.flatnonzero(train.presence[:, at])
        model = LogisticRegression(C=strength, max_iter=2000).fit(vectors[rows], train.status[rows, at])
        status[:, at, model.classes_] = model.predict_log_proba(wanted)
    return _logits(presence, status, train)


def _logits(presence: NDArray[np.float64], status: NDArray[np.float64], train: LabelledPassages) -> Logits:
    """Return logits that know nothing of dimension, concepts and stakeholders."""
    unknown = {"concepts": train.concepts.shape[1], "stakeholders": train.stakeholders.shape[1], "dimension": 3}
    rest = {task: np.zeros((len(presence), width), np.float32) for task, width in unknown.items()}
    return Logits(presence=presence.astype(np.float32), status=np.asarray(status, np.float32), **rest)


def _measured(
    baseline: Baseline, train: LabelledPassages, held_out: LabelledPassages, dev: LabelledPassages, framework: Framework
) -> dict[str, Any]:
    logits = baseline(train, held_out.texts + dev.texts)
    calibration = fit_calibration(logits.take(slice(len(held_out))), held_out, framework, Recipe().seed)
    return measure_logits(logits.take(slice(len(held_out), None)), dev, calibration, framework)


if __name__ == "__main__":
    main()
