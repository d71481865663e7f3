"""A small network that is taught by what networks think."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from lhs_nlp.framework import default_framework
from tests.training.made import QUICK, passages
from training import teacher as teaching
from training.data import LabelledPassages, to_targets
from training.fitting import score, train_network
from training.network import BenefitNetwork, load_network
from training.teacher import Opinions, average, opinions, teach

FRAMEWORK = default_framework()
LEARN = replace(QUICK, networks=1)
TAUGHT = replace(LEARN, epochs=4, soft=0.7)


def rows(documents: int, prefix: str) -> list[dict[str, object]]:
    return [row | {"place": ""} for row in passages(documents, prefix)]


LABELLED: LabelledPassages = to_targets(rows(12, "d"), FRAMEWORK)
UNLABELLED = [{key: row[key] for key in ("id", "doc", "kind", "text")} for row in rows(6, "u")]


def taught(base: Path, pupil: BenefitNetwork, work: Path) -> BenefitNetwork:
    return teach(pupil, base, LABELLED, UNLABELLED, FRAMEWORK, base, work, LEARN, [TAUGHT])


@pytest.fixture(scope="module")
def pupil(base: Path, tmp_path_factory: pytest.TempPathFactory) -> BenefitNetwork:
    return train_network(base, LABELLED, FRAMEWORK, LEARN, tmp_path_factory.mktemp("pupil") / "a.pt")


def test_taught_network_knows_what_it_was_taught_and_the_pupil_stays(
    base: Path, tmp_path: Path, pupil: BenefitNetwork
) -> None:
    before = {name: weight.clone() for name, weight in pupil.state_dict().items()}
    network = taught(base, pupil, tmp_path)
    logits = score(base, network, LABELLED.texts, TAUGHT)
    assert ((logits.presence > 0) == (LABELLED.presence == 1)).mean() > 0.95
    assert all(torch.equal(weight, before[name]) for name, weight in pupil.state_dict().items())
    assert not torch.equal(network.presence.weight, before["presence.weight"])


def test_passage_without_a_label_is_learned_from_what_is_thought_of_it(
    base: Path, tmp_path: Path, pupil: BenefitNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All think that every passage speaks of all benefits, against the labels.
    full = len(LABELLED) + len(UNLABELLED), len(FRAMEWORK.benefits), len(FRAMEWORK.statuses)
    belief = Opinions(np.full(full[:2], 0.99), np.full(full, 1 / full[2]))
    monkeypatch.setattr(teaching, "average", lambda _: belief)
    only = replace(TAUGHT, soft=1.0, epochs=12)
    network = teach(pupil, base, LABELLED, UNLABELLED, FRAMEWORK, base, tmp_path, LEARN, [only])
    assert (score(base, network, tuple(row["text"] for row in UNLABELLED), only).presence > 0).mean() > 0.9  # type: ignore[misc]


def test_teaching_that_was_stopped_goes_on_from_what_is_kept(
    base: Path, tmp_path: Path, pupil: BenefitNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = taught(base, pupil, tmp_path)
    monkeypatch.setattr(teaching, "score", None)
    (checkpoint,) = tmp_path.glob("taught-1-*.pt")
    checkpoint.unlink()
    again = taught(base, pupil, tmp_path)
    assert torch.equal(whole.presence.weight, again.presence.weight)


@pytest.mark.parametrize("changed", ["pupil", "teacher", "texts"])
def test_checkpoint_of_what_began_otherwise_is_not_resumed(
    base: Path, tmp_path: Path, pupil: BenefitNetwork, changed: str
) -> None:
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    taught(base, pupil, kept)
    start = train_network(base, LABELLED, FRAMEWORK, LEARN, tmp_path / "b.pt", order=1) if changed == "pupil" else pupil
    learn = replace(LEARN, epochs=3) if changed == "teacher" else LEARN
    unlabelled = UNLABELLED[4:] if changed == "texts" else UNLABELLED
    if changed == "teacher":
        (kept / "teacher.pt").unlink()  # as the refusal of another recipe says
    networks = [
        teach(start, base, LABELLED, unlabelled, FRAMEWORK, base, work, learn, [TAUGHT]) for work in (kept, fresh)
    ]
    assert torch.equal(networks[0].presence.weight, networks[1].presence.weight)


def test_second_round_starts_from_the_first_and_asks_the_network_anew(
    base: Path, tmp_path: Path, pupil: BenefitNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = taught(base, pupil, tmp_path)
    asked = []

    def ask(encoder: Path, network: BenefitNetwork, *others: object) -> Opinions:
        asked.append(network.presence.weight.detach().clone())
        return opinions(encoder, network, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(teaching, "opinions", ask)
    rounds = [TAUGHT, replace(TAUGHT, epochs=1)]
    second = teach(pupil, base, LABELLED, UNLABELLED, FRAMEWORK, base, tmp_path, LEARN, rounds)
    _, before, _, between = asked
    assert torch.equal(before, pupil.presence.weight)
    assert torch.equal(between, first.presence.weight)
    assert not torch.equal(second.presence.weight, first.presence.weight)


def test_opinions_do_not_depend_on_how_they_are_kept(
    base: Path, tmp_path: Path, pupil: BenefitNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = opinions(base, pupil, LABELLED.texts, LEARN, tmp_path / "a")
    monkeypatch.setattr(teaching, "CHUNK", 7)
    parts = opinions(base, pupil, LABELLED.texts, LEARN, tmp_path / "b")
    assert np.allclose(whole.presence, parts.presence, atol=1e-5)
    assert np.allclose(whole.status.sum(2), 1)
    assert np.allclose(whole.status, parts.status, atol=1e-5)


def test_opinions_of_another_network_are_its_own(base: Path, tmp_path: Path, pupil: BenefitNetwork) -> None:
    other = load_network(base, FRAMEWORK)
    first, second = (opinions(base, network, LABELLED.texts, LEARN, tmp_path) for network in (pupil, other))
    assert not np.allclose(first.presence, second.presence)


def test_average_is_of_log_odds_and_of_probabilities() -> None:
    one = Opinions(np.array([[0.8]]), np.array([[[0.6, 0.4]]]))
    other = Opinions(np.array([[0.2]]), np.array([[[0.2, 0.8]]]))
    mean = average([one, other])
    assert mean.presence == pytest.approx(np.array([[0.5]]))
    assert mean.status == pytest.approx(np.array([[[0.4, 0.6]]]))


def test_frozen_layers_stay_as_they_were(base: Path, tmp_path: Path) -> None:
    start = load_network(base, FRAMEWORK).encoder.state_dict()
    trained = train_network(base, LABELLED, FRAMEWORK, replace(LEARN, epochs=2, frozen=1), tmp_path / "a.pt")
    same = {name: torch.equal(weight, start[name]) for name, weight in trained.encoder.state_dict().items()}
    assert all(kept for name, kept in same.items() if "embeddings" in name or ".layer.0." in name)
    assert not any(kept for name, kept in same.items() if ".layer.1." in name and name.endswith("weight"))
