"""What the pages for users show is there: commands, options, modules, files."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer import Typer

from lhs_nlp.cli import app

ROOT = Path(__file__).parents[1]
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "corpora/README.md", "examples/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
FOR_USERS = tuple(ROOT / name for name in ("README.md", "docs/reviews.md", "docs/scaling.md"))

_FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4}\S.*", re.MULTILINE)
_INLINE = re.compile(r"`([^`]+)`")
_CALL = re.compile(r"(?<![\w/-])lhs-nlp ([a-z][^#&|`\n]*)")
_MODULE = re.compile(r"python -m ([\w.]+)")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def commands_of(group: Typer, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Yield the words of each command, and its options."""
    from typer.main import get_command_from_info

    for info in group.registered_commands:
        command = get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        yield (*before, str(command.name)), options | {"--help", "-h"}
    for inner in group.registered_groups:
        assert inner.typer_instance
        yield from commands_of(inner.typer_instance, (*before, str(inner.typer_instance.info.name)))


COMMANDS = dict(commands_of(app))
GROUPS = {words[:1] for words in COMMANDS if len(words) > 1}


def code_of(page: Path) -> list[str]:
    """Return what is code on a page: blocks, and words between backticks."""
    text = page.read_text(encoding="utf-8")
    rest = _FENCED.sub("", text)
    return [*_FENCED.findall(text), *_INDENTED.findall(rest), *_INLINE.findall(rest)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_options_that_a_page_shows_exist(page: Path) -> None:
    for call in (call for code in code_of(page) for call in _CALL.findall(code)):
        words = tuple(call.split())
        command = words[:2] if words[:1] in GROUPS else words[:1]
        if command[1:] in ((), ("--help",)) and command[:1] in GROUPS:
            continue
        assert command in COMMANDS, call
        assert set(_OPTION.findall(call)) <= COMMANDS[command], call


@pytest.mark.parametrize("page", FOR_USERS[:2], ids=lambda page: page.name)
def test_options_that_a_page_names_are_of_some_command(page: Path) -> None:
    named = {option for code in code_of(page) if code.startswith("--") for option in _OPTION.findall(code)}
    assert named <= set().union(*COMMANDS.values())


def test_every_command_is_named_on_a_page_for_users() -> None:
    code = " ".join(code for page in FOR_USERS for code in code_of(page))
    assert [words for words in COMMANDS if not re.search(rf"(?<![\w-]){words[-1]}(?![\w-])", code)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_modules_and_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for module in _MODULE.findall(text):
        assert module.endswith(".NAME") or importlib.util.find_spec(module), module
    for link in _LINK.findall(text):
        assert (page.parent / link).exists(), link


def test_help_tells_where_the_model_comes_from_that_is_not_named() -> None:
    from lhs_nlp.bundle.loading import MODEL_VARIABLE
    from lhs_nlp.cli.options import MODEL_IN_USE

    assert MODEL_VARIABLE in MODEL_IN_USE
    assert MODEL_VARIABLE in FOR_USERS[0].read_text(encoding="utf-8")
