"""How modules of the package import each other: one way, for types as well, and nothing of what trains."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import lhs_nlp

PACKAGE = Path(lhs_nlp.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


ROOMS = (
    *("errors", "wording", "printing", "spreadsheet", "database", "framework", "documents", "passages", "encoders"),
    *("calibration", "heads", "scores", "references", "finding", "bundle", "classifier", "standing", "summary"),
    *("explanation", "evaluate", "report", "frames", "tagger", "spacy_component", "archive", "corrections", "learn"),
    *("review", "server", "cli", "__main__"),
)
"""Rooms of the house and its single modules, from the ground up."""
UPWARD = {("lhs_nlp.finding", "lhs_nlp.explanation.types")}
"""What is imported from above, for types alone: a finding may carry an explanation."""


def imported(module: str) -> Iterator[str]:
    """Yield what a module imports, wherever in it: of a package the module in it where there is one of that name."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in MODULES else str(node.module)


def test_no_module_imports_what_imports_it() -> None:
    imports = {module: {each for each in imported(module) if each in MODULES} - {module} for module in MODULES}
    assert len(list(TopologicalSorter(imports).static_order())) == len(MODULES)


def test_every_module_is_in_a_room() -> None:
    assert {module.split(".")[1] for module in MODULES if "." in module} == set(ROOMS)


@pytest.mark.parametrize("at", range(len(ROOMS)), ids=ROOMS)
def test_room_imports_only_those_below_it(at: int) -> None:
    own = [module for module in MODULES if module.split(".")[1:2] == [ROOMS[at]]]
    pairs = {(module, each) for module in own for each in imported(module) if each.startswith("lhs_nlp.")}
    assert {pair for pair in pairs - UPWARD if pair[1].split(".")[1] not in ROOMS[: at + 1]} == set()


def test_package_imports_nothing_of_training() -> None:
    assert not [each for module in MODULES for each in imported(module) if each.split(".")[0] == "training"]
