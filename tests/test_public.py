"""What `import lhs_nlp` offers, and how little it loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lhs_nlp
from lhs_nlp import errors

HEAVY = ("numpy", "pandas", "spacy", "onnxruntime", "sklearn", "scipy", "tokenizers", "lxml", "jinja2", "rich", "torch")
SLOW = {"pandas", "sklearn", "scipy", "spacy", "torch"}
"""Those that take half a second and more to load."""


def names_seen_by_type_checkers() -> set[str]:
    tree = ast.parse(Path(lhs_nlp.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    imported = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return imported | {"__version__"}


def test_every_public_name_imports() -> None:
    for name in lhs_nlp.__all__:
        assert getattr(lhs_nlp, name) is not None


def test_public_names_are_those_that_type_checkers_and_completion_see() -> None:
    assert sorted(lhs_nlp.__all__) == sorted(names_seen_by_type_checkers()) == dir(lhs_nlp)


def test_every_error_is_public() -> None:
    raised = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert raised <= set(lhs_nlp.__all__)
    assert all(issubclass(getattr(lhs_nlp, name), lhs_nlp.LhsNlpError) for name in raised)


def test_every_public_name_is_documented() -> None:
    for name in set(lhs_nlp.__all__) - {"__version__", "READ_REASONS"}:
        assert getattr(lhs_nlp, name).__doc__, name


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        lhs_nlp.nonsense  # noqa: B018


@pytest.mark.parametrize(
    "program",
    [
        "import lhs_nlp",
        "import lhs_nlp.cli",
        "import sys; sys.argv = ['lhs-nlp', '--help']; from lhs_nlp.cli import main; main()",
        "import sys; sys.argv = ['lhs-nlp', 'tag', '--help']; from lhs_nlp.cli import main; main()",
        "import sys; sys.argv = ['lhs-nlp', '--version']; from lhs_nlp.cli import main; main()",
        "import lhs_nlp.archive.reading.child",
        "import lhs_nlp.archive.sources.apart_child",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(program: str) -> None:
    assert loaded_by(program) == set()


@pytest.mark.parametrize(
    "program",
    [
        "import lhs_nlp; lhs_nlp.load().tag_texts(['Falls fell by a third.'])",
        "from lhs_nlp.archive.portfolio import Share; Share(1, 3).interval",
        "import lhs_nlp.server",
    ],
    ids=["tagging", "portfolio", "workbench"],
)
def test_nothing_slow_is_loaded_for(program: str) -> None:
    assert loaded_by(program) & SLOW == set()


def loaded_by(program: str) -> set[str]:
    """Return which of the heavy libraries a program has loaded when it ends."""
    watch = f"import atexit, sys; atexit.register(lambda: print('loaded', *(set({HEAVY}) & set(sys.modules))))"
    done = subprocess.run([sys.executable, "-c", f"{watch}; {program}"], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])
