from __future__ import annotations

from pathlib import Path

from lhs_nlp.framework import default_framework
from tests.training.made import passages
from training.baselines.frozen import frozen
from training.data import to_targets

DATA = to_targets([row | {"place": ""} for row in passages(18, "d")], default_framework())


def test_vectors_of_the_encoder_tell_benefit_and_status(base: Path) -> None:
    logits = frozen(DATA, DATA.texts, base)
    known = DATA.status >= 0
    assert ((logits.presence > 0) == (DATA.presence == 1)).mean() > 0.9
    assert (logits.status.argmax(2)[known] == DATA.status[known]).mean() > 0.9
