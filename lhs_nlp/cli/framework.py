"""`lhs-nlp framework`: show the framework in use, or check one of your own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lhs_nlp.framework import Framework

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
    """Show benefits, key concepts, statuses, dimensions and stakeholders.

    The TOML form is the start for a framework of your own.
    """
    from lhs_nlp.framework import default_framework, default_framework_toml

    if format is FrameworkFormat.TOML:
        typer.echo(default_framework_toml(), nl=False)
    elif format is FrameworkFormat.JSON:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps(asdict(default_framework()), ensure_ascii=False, indent=2))
    else:
        typer.echo(_as_text(default_framework()), nl=False)


@framework.command()
def validate(file: Annotated[Path, typer.Argument(help="TOML file of a framework.")]) -> None:
    """Check a framework file; say what is wrong, or what is in it and whether the model knows it."""
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.errors import FrameworkError
    from lhs_nlp.framework import read_framework

    own = read_framework(file)
    typer.echo(
        f"{file}: valid. {own.name}, version {own.version}: {len(own.benefits)} benefits, "
        f"{len(own.concept_keys)} key concepts."
    )
    bundle = load_bundle()
    try:
        BenefitClassifier(bundle, own)
    except FrameworkError as error:
        typer.echo(f"The shipped model cannot be used with it. {error}")
        return
    cued = [
        f"{benefit}/{concept}"
        for benefit, concept in own.concept_keys
        if (benefit, concept) not in bundle.labels.concepts
    ]
    typer.echo(
        "The shipped model can be used with it."
        + (f" Key concepts found by their cues alone: {', '.join(cued)}." if cued else "")
    )


def _as_text(shown: Framework) -> str:
    lines = [f"{shown.name} ({shown.id} {shown.version})", shown.source, ""]
    for benefit in shown.benefits:
        lines += [f"{benefit.name} ({benefit.id}): {benefit.description}"]
        lines += [f"  {concept.name} ({concept.id}): {concept.description}" for concept in benefit.concepts]
        lines += [""]
    for heading, entries in (
        ("Status", shown.statuses),
        ("Dimension", shown.dimensions),
        ("Stakeholders", shown.stakeholders),
    ):
        lines += [heading]
        lines += [
            f"  {entry.name} ({entry.id})" + (f": {entry.description}" if entry.description else "")
            for entry in entries
        ]
        lines += [""]
    return "\n".join(lines)
