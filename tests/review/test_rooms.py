"""Rooms of `lhs_nlp.review`: each imports those before it alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import lhs_nlp.review

HOUSE = Path(lhs_nlp.review.__file__).parent
ROOMS = (
    *("duplicates", "project", "full_texts", "tagging", "searching"),
    *("screening", "simulation", "evidence", "digest", "flow"),
)
MODULES = sorted(path.relative_to(HOUSE) for path in HOUSE.glob("*/*.py"))


def imported(module: Path) -> list[str]:
    """Return the modules of the package that a module imports, wherever in it, without the package's name."""
    nodes = ast.walk(ast.parse((HOUSE / module).read_text(encoding="utf-8")))
    named = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return [name.removeprefix("lhs_nlp.review.") for name in named if name.startswith("lhs_nlp.review.")]


def test_every_module_is_in_a_room() -> None:
    assert {path.name for path in HOUSE.glob("*.py")} == {"__init__.py"}
    assert {module.parts[0] for module in MODULES} == set(ROOMS)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_room_imports_only_those_before_it(module: Path) -> None:
    at = ROOMS.index(module.parts[0])
    assert {name.split(".")[0] for name in imported(module)} <= set(ROOMS[: at + 1])
