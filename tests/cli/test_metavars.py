"""What commands take is named in one way in their help: a file FILE, a folder DIR, a number N."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from typer.models import OptionInfo

from lhs_nlp.cli import app

KINDS: dict[type, set[str]] = {
    Path: {"FILE", "DIR"},
    int: {"N", "MB", "RECORD"},
    float: {"MB", "SECONDS", "P"},
    str: {"NAME", "TEXT", "ID", "MODEL", "KEY", "HOST", "FORMAT", "DIR"},
}


def options(commands: typer.Typer) -> Iterator[tuple[str, type, OptionInfo]]:
    """Yield the name, the type and the settings of every option of every command."""
    for command in commands.registered_commands:
        assert command.callback
        for name, hint in get_type_hints(command.callback, include_extras=True).items():
            kind, *settings = get_args(hint) if get_origin(hint) is Annotated else (hint,)
            if settings and isinstance(settings[0], OptionInfo):
                yield f"{command.callback.__name__} {name}", _one(kind), settings[0]
    for group in commands.registered_groups:
        assert group.typer_instance
        yield from options(group.typer_instance)


def _one(kind: Any) -> type:  # noqa: ANN401 - any annotation
    """Return the type of one value, of those that may be repeated or left out."""
    kinds = [part for part in get_args(kind) if part is not NoneType]
    return _one(kinds[0]) if kinds else kind


def test_options_name_what_they_take_in_one_way() -> None:
    wrong = {
        name: option.metavar
        for name, kind, option in options(app)
        if kind is not bool and not issubclass(kind, Enum) and option.metavar not in KINDS[kind]
    }
    assert wrong == {}
