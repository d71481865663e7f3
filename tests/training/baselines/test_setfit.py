from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import default_framework
from tests.training.made import passages
from training.baselines.frozen import frozen
from training.baselines.setfit import few_of_each, setfit, with_none
from training.data import to_targets

DATA = to_targets([row | {"place": ""} for row in passages(18, "d")], default_framework())


def test_few_passages_of_each_benefit_and_of_none_are_drawn() -> None:
    drawn = DATA.take(few_of_each(DATA, few=4, seed=1))
    assert (with_none(drawn).sum(0) == 4).all()
    assert with_none(drawn).shape == (28, 7)


def test_all_passages_of_a_benefit_are_drawn_when_there_are_fewer() -> None:
    assert few_of_each(DATA, few=1000, seed=1).tolist() == list(range(len(DATA)))


def test_seed_decides_what_is_drawn() -> None:
    first, again, other = (few_of_each(DATA, few=4, seed=seed).tolist() for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.skipif(find_spec("setfit") is None, reason="the extra `baselines` is not installed")
@pytest.mark.filterwarnings("ignore:'pin_memory' argument")
def test_tuned_encoder_tells_benefit_and_status_otherwise_than_the_frozen_one(base: Path) -> None:
    logits = setfit(DATA, DATA.texts, base, seed=1, few=2, pairs=2)
    known = DATA.status >= 0
    assert ((logits.presence > 0) == (DATA.presence == 1)).mean() > 0.9
    assert (logits.status.argmax(2)[known] == DATA.status[known]).mean() > 0.9
    assert np.abs(logits.presence - frozen(DATA, DATA.texts, base).presence).max() > 1e-3


def test_missing_library_is_a_sentence(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "setfit", None)
    with pytest.raises(LhsNlpError, match="make baselines"):
        setfit(DATA, DATA.texts, base, seed=1, few=1)
