from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lhs_nlp.calibration import Platt, sigmoid
from lhs_nlp.framework import default_framework
from lhs_nlp.heads import Heads
from lhs_nlp.learn.fitting import Model, Sample, fit_shift
from tests.toy import toy_calibration, toy_heads

FRAMEWORK = default_framework()
B, T = len(FRAMEWORK.benefits), len(FRAMEWORK.statuses)


def model(slope: float = 1.0, temperature: float = 1.0) -> Model:
    """Return toy heads under a calibration that makes them less or more sure."""
    toy = toy_calibration(FRAMEWORK)
    fields = {name: getattr(toy, name) for name in toy.__slots__}
    platt = Platt(np.full(B, slope), np.full(B, 0.5))
    return Model(toy_heads(FRAMEWORK), type(toy)(**fields | {"presence": platt, "status_temperature": temperature}))


def sample(count: int = 60) -> Sample:
    random = np.random.default_rng(3)
    width = toy_heads(FRAMEWORK).weights["presence"].shape[1]
    presence = random.integers(2, size=(count, B))
    return Sample(
        vectors=random.normal(size=(count, width)).astype(np.float32) * 4,
        presence=presence,
        status=np.where(presence == 1, random.integers(T, size=(count, B)), -1),
        weight=np.ones(count),
    )


def presence_loss(fitted: Model, heads: Heads, given: Sample) -> float:
    probabilities = fitted.calibration.presence(heads(given.vectors).presence)
    right = np.where(given.presence == 1, probabilities, 1 - probabilities)
    return float(-np.log(right + 1e-12).sum())


def test_infinite_pull_leaves_the_heads_as_they_were() -> None:
    prior = model()
    heads = fit_shift(prior, sample(), np.inf, np.inf).of(prior)
    for task, weight in prior.heads.weights.items():
        assert (heads.weights[task] == weight).all()
        assert (heads.biases[task] == prior.heads.biases[task]).all()


def test_weaker_pull_moves_further_and_fits_better() -> None:
    prior, given = model(), sample()
    shifts = [fit_shift(prior, given, strength, strength) for strength in (100.0, 10.0, 1.0)]
    lengths = [float(np.linalg.norm(shift.presence)) for shift in shifts]
    losses = [presence_loss(prior, shift.of(prior), given) for shift in shifts]
    assert lengths == sorted(lengths)
    assert losses == sorted(losses, reverse=True)
    assert losses[0] < presence_loss(prior, prior.heads, given)


def test_other_heads_stay() -> None:
    prior = model()
    heads = fit_shift(prior, sample(), 1.0, 1.0).of(prior)
    for task in ("dimension", "concepts", "stakeholders"):
        assert heads.weights[task] is prior.heads.weights[task]


@pytest.mark.parametrize(("slope", "temperature"), [(1.0, 1.0), (0.5, 2.0)])
def test_shift_is_the_minimum_of_the_penalised_calibrated_loss(slope: float, temperature: float) -> None:
    prior, given, strength = model(slope, temperature), sample(), 2.0
    shift = fit_shift(prior, given, strength, strength)
    moved = shift.of(prior)
    design = np.column_stack([given.vectors / shift.scale, np.ones(len(given.vectors))])
    logits = moved(given.vectors)
    error = sigmoid(logits.presence * slope + 0.5) - given.presence
    # The heads are kept in float32, and the search stops near the minimum: zero to two decimals.
    assert error.T @ design + strength * shift.presence == pytest.approx(np.zeros_like(shift.presence), abs=0.05)
    expected = prior.heads(given.vectors).status / temperature + (design @ shift.status.T).reshape(-1, B, T)
    assert logits.status / temperature == pytest.approx(expected, abs=1e-3)


def test_status_is_the_minimum_with_a_shared_part_and_one_of_each_benefit() -> None:
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    prior, given, strength = model(temperature=2.0), sample(), 1.0
    shift = fit_shift(prior, given, strength, strength)
    design = np.column_stack([given.vectors / shift.scale, np.ones(len(given.vectors))])
    before = prior.heads(given.vectors).status / 2
    rows, benefits = np.nonzero(given.status >= 0)
    statuses = given.status[rows, benefits]

    def penalised(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        shared, *own = parts = flat.reshape(B + 1, T, -1)
        moved = np.stack(own)[benefits] + shared
        found = log_softmax(before[rows, benefits] + np.einsum("ntd,nd->nt", moved, design[rows]), axis=1)
        error = np.einsum("nt,nd->ntd", np.exp(found) - np.eye(T)[statuses], design[rows])
        gradient = np.stack([error.sum(0), *(error[benefits == at].sum(0) for at in range(B))])
        loss = -found[np.arange(len(rows)), statuses].sum()
        return float(loss + strength / 2 * np.square(parts).sum()), (gradient + strength * parts).ravel()

    size = (B + 1) * T * design.shape[1]
    found = minimize(penalised, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 5000, "ftol": 1e-13})
    parts = found.x.reshape(B + 1, T, -1)
    assert shift.status == pytest.approx((parts[0] + parts[1:]).reshape(shift.status.shape), abs=0.02)


def test_status_learned_of_one_benefit_is_known_of_another() -> None:
    prior, width = model(), toy_heads(FRAMEWORK).weights["presence"].shape[1]
    vectors: NDArray[np.float32] = np.zeros((20, width), np.float32)
    vectors[:, -1] = 1.0
    presence = np.eye(B, dtype=np.int64)[np.zeros(20, int)]
    given = Sample(vectors, presence, np.where(presence == 1, 0, -1), np.ones(20))
    before, after = prior.heads(vectors[:1]).status, fit_shift(prior, given, 1.0, 1.0).of(prior)(vectors[:1]).status
    rise = (after - before)[0, :, 0]
    assert rise[0] > rise[1] > 0.1
    assert rise[1:] == pytest.approx(np.full(B - 1, rise[1]), rel=1e-3)


def test_start_changes_nothing_but_the_time() -> None:
    prior, given = model(), sample()
    cold = fit_shift(prior, given, 3.0, 3.0)
    warm = fit_shift(prior, given, 3.0, 3.0, fit_shift(prior, given, 30.0, 30.0))
    assert warm.presence == pytest.approx(cold.presence, abs=0.02)
    assert warm.status == pytest.approx(cold.status, abs=0.02)


def test_passages_weigh_as_they_are_told() -> None:
    prior, given = model(), sample()
    none = given.joined(Sample(given.vectors, 1 - given.presence, given.status, np.zeros(len(given.weight))))
    assert fit_shift(prior, none, 3.0, 3.0).presence == pytest.approx(
        fit_shift(prior, given, 3.0, 3.0).presence, abs=0.02
    )


def test_sample_without_a_benefit_moves_no_status() -> None:
    prior, given = model(), sample()
    absent = Sample(given.vectors, np.zeros_like(given.presence), np.full_like(given.status, -1), given.weight)
    assert (fit_shift(prior, absent, 1.0, 1.0).status == 0).all()
