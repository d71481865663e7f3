"""Texts of which some are relevant, and what ranks them."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.review.screening.ranking import Learner, Ranking, ranking_of
from tests.review.making import bare


def texts(relevant: int, others: int) -> list[str]:
    """Return texts of which the first ones speak of falls, and the others of something else."""
    chance = random.Random(1)  # noqa: S311
    common = "patients hospital study results care nurses trial year".split()
    about = [("falls fractures gait balance", relevant), ("clinics waiting booking queue", others)]
    return [
        " ".join(chance.sample(words.split(), 3) + chance.choices(common, k=8)) for words, n in about for _ in range(n)
    ]


def ranked(texts: list[str], benefits: NDArray[np.float64] | None = None, learner: Learner = "svm") -> Ranking:
    return ranking_of([bare(text) for text in texts], benefits, learner)
