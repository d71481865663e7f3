"""`lhs-nlp framework`: show the framework in use, or check one of your own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhs_nlp.cli.options import Model
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


class CheckFormat(StrEnum):
    """How the result of a check is shown."""

    TEXT = "text"
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
    format: Annotated[CheckFormat, typer.Option("--format", "-f", help="How to show the result.")] = CheckFormat.TEXT,
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
    fit = _fit(own, model) if own else None
    with opened(None, data=format is CheckFormat.JSON) as out:
        if format is CheckFormat.JSON:
            write_json(out, _check_to_dict(file, own, fit, error))
        elif own and fit:
            out.write(
                f"{file}: valid. {own.name}, version {own.version}: {counted(len(own.benefits), 'benefit')}, "
                f"{counted(len(own.concept_keys), 'key concept')}. {fit.to_text()}\n"
            )
    if error:
        complain(error)
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model fits a framework.

    Attributes
    ----------
    model
        Its id; None without a model.
    problem
        Why it does not fit; None when it does.
    found_by_cues
        Key concepts that it has not learned, and that have cues.
    never_found
        Those that it has not learned, and that have none.
    claims
        The statuses that make a claim for its verdicts, where the framework counts others; else empty.
    """

    model: str | None
    problem: str | None = None
    found_by_cues: tuple[str, ...] = ()
    never_found: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Return it as a sentence or two."""
        if self.model is None:
            return f"It was not compared with a model. {self.problem}"
        if self.problem:
            return f"The model {self.model} cannot be used with it. {self.problem}"
        said = f"The model {self.model} can be used with it."
        if self.found_by_cues:
            said += f" Key concepts found by their cues alone: {', '.join(self.found_by_cues)}."
        if self.never_found:
            said += (
                " Key concepts that are never found, as the model has not learned them and they have no cues: "
                f"{', '.join(self.never_found)}. Give them `cues`."
            )
        if self.claims:
            said += (
                f" Its verdicts were fitted for claims that are {' or '.join(self.claims)}; as the framework counts "
                "other statuses, every verdict will need review, and probabilities of claims follow from presence and "
                "status alone."
            )
        return said


def _fit(own: Framework, model: Path | None) -> Fit:
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.errors import BundleError, FrameworkError

    try:
        bundle = load_bundle(model)
    except BundleError as error:
        if model:
            raise
        return Fit(None, str(error))
    try:
        BenefitClassifier(bundle, own)
    except FrameworkError as error:
        return Fit(bundle.id, str(error))
    unlearned = [key for key in own.concept_keys if key not in bundle.labels.concepts]
    cued = {key for key in unlearned if own.concept(*key).cues}
    return Fit(
        bundle.id,
        found_by_cues=tuple("/".join(key) for key in unlearned if key in cued),
        never_found=tuple("/".join(key) for key in unlearned if key not in cued),
        claims=() if bundle.labels.claims_like(own) else bundle.labels.claims or (),
    )


def _check_to_dict(file: Path, own: Framework | None, fit: Fit | None, error: str | None) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "file": str(file),
        "valid": own is not None,
        "error": error,
        "framework": own and {"id": own.id, "version": own.version},
        "benefits": own and len(own.benefits),
        "concepts": own and len(own.concept_keys),
        "model": fit
        and {
            "id": fit.model,
            "problem": fit.problem,
            "found_by_cues": list(fit.found_by_cues),
            "never_found": list(fit.never_found),
            "claims_fitted_for": list(fit.claims) or None,
        },
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
