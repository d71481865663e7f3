from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_figures_of_the_readme_are_those_of_the_files() -> None:
    spec = importlib.util.spec_from_file_location("make_figures", ROOT / "docs" / "make_figures.py")
    assert spec is not None
    assert spec.loader is not None
    make_figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_figures)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert make_figures.with_figures(readme) == readme, "run `make figures`"
