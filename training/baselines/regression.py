"""Logistic regressions, on words or on whatever vectors there are."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from lhs_nlp.heads import Logits
from training.baselines.logits import presence_and_status
from training.data import LabelledPassages

Vectors = Any
"""Features of n texts, dense or sparse, [n, d]."""


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
    return presence_and_status(presence, status, train)
