"""The baselines by name, simplest first."""

from __future__ import annotations

from dataclasses import dataclass

from lhs_nlp.framework import Framework
from training.base import base_encoder
from training.baselines.frozen import frozen
from training.baselines.keywords import keywords
from training.baselines.logits import Baseline
from training.baselines.regression import tfidf
from training.baselines.setfit import setfit
from training.baselines.textcat import textcat


@dataclass(frozen=True, slots=True)
class Entry:
    """A baseline and its title in the table of results."""

    title: str
    baseline: Baseline


def baselines(framework: Framework, seed: int) -> dict[str, Entry]:
    """Return the baselines by the name that the command line takes."""
    return {
        "keywords": Entry("keyword list", lambda train, texts: keywords(train, texts, framework)),
        "tfidf": Entry("TF-IDF + logistic regression", tfidf),
        "frozen": Entry(
            "frozen encoder + logistic regression", lambda train, texts: frozen(train, texts, base_encoder())
        ),
        "setfit": Entry(
            "SetFit + logistic regression", lambda train, texts: setfit(train, texts, base_encoder(), seed)
        ),
        "textcat": Entry("spaCy textcat", lambda train, texts: textcat(train, texts, seed)),
    }
