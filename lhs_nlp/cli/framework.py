"""`lhs-nlp framework`: show the framework in use, or check one of your own."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.framework_fit import Fit, fit_of
from lhs_nlp.cli.options import Model, TextOrJson
from lhs_nlp.wording import counted

if TYPE_CHECKING:
    from lhs_nlp.framework import Framework

SCHEMA = "lhs-nlp/framework-check/1"

framework = typer.Typer(
    name="framework", help="Show the framework of benefits, or check your own.", no_args_is_help=True
)


class FrameworkFormat(StrEnum):
    """How a framework is shown."""

    TEXT = "text"
    TOML = "toml"
    JSON = "json"


@framework.command()
def show(
    format: Annotated[FrameworkFormat, typer.Option("--format", "-f", help="How to show it.")] = FrameworkFormat.TEXT,
) -> None:
    """Show benefits, key concepts, statuses and stakeholders.

    The TOML form is the start for a framework of your own.
    """
    from dataclasses import asdict

    from lhs_nlp.cli.output import opened, write_json
    from lhs_nlp.framework import default_framework, default_framework_toml

    with opened(None, data=format is not FrameworkFormat.TEXT) as file:
        match format:
            case FrameworkFormat.TOML:
                file.write(default_framework_toml())
            case FrameworkFormat.JSON:
                write_json(file, asdict(default_framework()))
            case FrameworkFormat.TEXT:
                file.write(_as_text(default_framework()))


@framework.command()
def validate(
    file: Annotated[Path, typer.Argument(help="TOML file of a framework.", metavar="FILE")],
    format: Annotated[TextOrJson, typer.Option("--format", "-f", help="How to show the result.")] = TextOrJson.TEXT,
    model: Model = None,
) -> None:
    """Check a framework file, and whether the model fits it.

    The exit code is 1 for a file that is wrong. A sound framework that the model was not trained
    for is no error.
    """
    from lhs_nlp.cli.output import complain, opened, write_json
    from lhs_nlp.errors import FrameworkError
    from lhs_nlp.framework import read_framework

    own, error = None, None
    try:
        own = read_framework(file)
    except FrameworkError as raised:
        error = str(raised)
    fit = fit_of(own, model) if own else None
    with opened(None, data=format is TextOrJson.JSON) as out:
        if format is TextOrJson.JSON:
            write_json(out, _check_to_dict(file, own, fit, error))
        elif own and fit:
            out.write(
                f"{file}: valid. {own.name}, version {own.version}: {counted(len(own.benefits), 'benefit')}, "
                f"{counted(len(own.concept_keys), 'key concept')}. {fit.to_text()}\n"
            )
    if error:
        complain(error)
        raise typer.Exit(1)


def _check_to_dict(file: Path, own: Framework | None, fit: Fit | None, error: str | None) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "file": str(file),
        "valid": own is not None,
        "error": error,
        "framework": own and {"id": own.id, "version": own.version},
        "benefits": own and len(own.benefits),
        "concepts": own and len(own.concept_keys),
        "model": fit and fit.to_dict(),
    }


def _as_text(shown: Framework) -> str:
    return "\n".join(_lines(shown))


def _lines(shown: Framework) -> Iterator[str]:
    yield from (f"{shown.name} ({shown.id} {shown.version})", shown.source, "")
    for benefit in shown.benefits:
        yield f"{benefit.name} ({benefit.id}): {benefit.description}"
        yield from (f"  {concept.name} ({concept.id}): {concept.description}" for concept in benefit.concepts)
        yield ""
    for heading, entries in (
        ("Status", shown.statuses),
        ("Dimension", shown.dimensions),
        ("Stakeholders", shown.stakeholders),
    ):
        yield heading
        for entry in entries:
            yield f"  {entry.name} ({entry.id})" + (f": {entry.description}" if entry.description else "")
        yield ""
