from __future__ import annotations

import numpy as np

from lhs_nlp.framework import default_framework
from tests.training.made import passages
from training.baselines.textcat import textcat
from training.data import to_targets

DATA = to_targets([row | {"place": ""} for row in passages(18, "d")], default_framework())


def test_words_tell_benefit_and_status() -> None:
    logits = textcat(DATA, DATA.texts, seed=1, epochs=15, batch=8)
    known = DATA.status >= 0
    assert ((logits.presence > 0) == (DATA.presence == 1)).mean() > 0.95
    assert (logits.status.argmax(2)[known] == DATA.status[known]).mean() > 0.8


def test_same_seed_gives_the_same_logits() -> None:
    first, again, other = (textcat(DATA, DATA.texts, seed, epochs=1) for seed in (1, 1, 2))
    assert np.array_equal(first.presence, again.presence)
    assert not np.array_equal(first.presence, other.presence)
