from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import default_framework
from tests.training.made import QUICK, passages
from training import finetune as finetuning
from training.data import LabelledPassages, to_targets
from training.fitting import average, score, train_network
from training.network import BenefitNetwork

FRAMEWORK = default_framework()
SHORT = replace(QUICK, epochs=2)
DATA: LabelledPassages = to_targets([row | {"place": ""} for row in passages(18, "d")], FRAMEWORK)


def same(one: BenefitNetwork, other: BenefitNetwork) -> bool:
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(first, second) for first, second in pairs)


def test_training_learns(base: Path, tmp_path: Path) -> None:
    network = train_network(base, DATA, FRAMEWORK, QUICK, tmp_path / "a.pt")
    logits = score(base, network, DATA.texts, QUICK)
    assert ((logits.presence > 0) == (DATA.presence == 1)).mean() > 0.95
    known = DATA.status >= 0
    assert (logits.status.argmax(2)[known] == DATA.status[known]).mean() > 0.8


def test_same_seed_gives_the_same_weights_and_another_order_others(base: Path, tmp_path: Path) -> None:
    first, again = (train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / f"{name}.pt") for name in "ab")
    other = train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "c.pt", order=1)
    assert same(first, again)
    assert not same(first, other)


def test_run_that_was_stopped_ends_as_one_that_was_not(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "whole.pt")
    save = finetuning._save

    def stopped(path: Path, *state: object) -> None:
        save(path, *state)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(finetuning, "_save", stopped)
    with pytest.raises(KeyboardInterrupt):
        train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "stopped.pt")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.glob("stopped*")] == ["stopped.pt"]
    assert same(train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "stopped.pt"), whole)


def test_finished_run_is_not_trained_again(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "a.pt")
    monkeypatch.setattr(finetuning, "_save", None)
    assert same(train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "a.pt"), network)


@pytest.mark.parametrize("other", [{"seed": 7}, {"epochs": 1}, {"empties": 0.9}])
def test_checkpoint_of_another_recipe_is_refused(base: Path, tmp_path: Path, other: dict[str, Any]) -> None:
    train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "a.pt")
    with pytest.raises(LhsNlpError, match="another recipe"):
        train_network(base, DATA, FRAMEWORK, replace(SHORT, **other), tmp_path / "a.pt")


def test_average_has_the_mean_of_the_weights(base: Path, tmp_path: Path) -> None:
    networks = [
        train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / f"{order}.pt", order=order) for order in range(2)
    ]
    mean = average(networks).presence.weight
    assert torch.allclose(mean, (networks[0].presence.weight + networks[1].presence.weight) / 2)
    assert same(average(networks[:1]), networks[0])


def test_logits_do_not_depend_on_the_other_texts(base: Path, tmp_path: Path) -> None:
    network = train_network(base, DATA, FRAMEWORK, SHORT, tmp_path / "a.pt")
    together = score(base, network, DATA.texts, SHORT)
    alone = score(base, network, DATA.texts[5:6], SHORT)
    assert np.abs(together.presence[5] - alone.presence[0]).max() < 1e-5
