from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def make_figures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_figures", ROOT / "docs" / "make_figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_of_the_readme_are_those_of_the_files(make_figures: ModuleType) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert make_figures.with_figures(readme) == readme, "run `make figures`"


def test_readme_says_of_which_benefits_least_and_most_is_missed(make_figures: ModuleType) -> None:
    shares = {
        "quality": 0.01,
        "safety": 0.05,
        "equity": None,
        "patient_satisfaction": 0.2,
        "reputation": 0.5,
        "value": 0,
    }
    bands = {benefit: {"missed": {"value": share}} for benefit, share in shares.items()}
    assert make_figures.extremes(bands) == ", from 0 % of value to 50 % of reputation"
    assert make_figures.extremes({benefit: {"missed": {"value": None}} for benefit in shares}) == ""
