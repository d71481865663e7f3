"""The model card."""

from __future__ import annotations

from lhs_nlp.bundle import load_bundle
from lhs_nlp.framework import default_framework
from training.card import write_card


def test_card_says_of_each_benefit_how_many_claims_are_missed() -> None:
    bundle = load_bundle()
    assert bundle.metrics
    card = write_card(bundle, bundle.metrics, default_framework())
    for part in ("dev", "held_out", "authored_test"):
        missed = bundle.metrics[part]["documents"]["band_by_benefit"]["reputation"]["missed"]
        assert f"reputation {missed['value']:.2f} ({missed['low']:.2f} to {missed['high']:.2f})" in card
