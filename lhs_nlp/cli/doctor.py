"""`lhs-nlp doctor`: whether everything is in place to tag documents, offline."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Annotated

import typer

from lhs_nlp.cli.options import Model

_LIBRARIES = (
    "numpy",
    "onnxruntime",
    "pandas",
    "pypdfium2",
    "python-docx",
    "safetensors",
    "scikit-learn",
    "spacy",
    "tokenizers",
)
_OPTIONAL = ("sentence-transformers", "torch")


class DoctorFormat(StrEnum):
    """How the findings are shown."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


def doctor(
    model: Model = None,
    format: Annotated[DoctorFormat, typer.Option("--format", "-f", help="How to show it.")] = DoctorFormat.TEXT,
) -> None:
    """Check the installation, the model's hashes and that it works; no network is used."""
    from lhs_nlp import __version__
    from lhs_nlp.errors import LhsNlpError

    checks = [Check("lhs-nlp", True, __version__), Check("python", True, platform.python_version())]
    checks += [_library(name, needed=True) for name in _LIBRARIES] + [
        _library(name, needed=False) for name in _OPTIONAL
    ]
    for name, look in _LOOKS.items():
        try:
            checks.append(Check(name, True, look(str(model) if model else None)))
        except LhsNlpError as error:
            checks.append(Check(name, False, str(error)))
    if format is DoctorFormat.JSON:
        typer.echo(json.dumps([asdict(check) for check in checks], indent=2))
    else:
        for check in checks:
            typer.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<22} {check.detail}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _library(name: str, *, needed: bool) -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, not needed, "missing: install lhs-nlp again" if needed else "not installed (not needed)")


def _framework(model: str | None) -> str:
    from lhs_nlp.framework import default_framework

    framework = default_framework()
    return f"{framework.id} {framework.version}, {len(framework.benefits)} benefits"


def _bundle(model: str | None) -> str:
    from lhs_nlp.bundle import load_bundle

    bundle = load_bundle(model)
    return (
        f"{bundle.id}, {len(bundle.manifest['files'])} files verified, SHA-256 {bundle.sha256[:16]}… in {bundle.path}"
    )


def _classification(model: str | None) -> str:
    from lhs_nlp.errors import LhsNlpError
    from lhs_nlp.tagger import load

    passage = "The new handover sheet halved medication errors on the ward."
    others = ["Staff met weekly.", passage * 8]
    classifier = load(model).classifier
    alone = classifier.predict_proba([passage])[0]
    together = classifier.predict_proba([passage, *others])[0]
    if abs(alone - together).max() > 0.005:
        raise LhsNlpError("A passage's probability depends on its batch; reinstall onnxruntime.")
    return "a passage is classified, the same alone and in a batch"


_LOOKS: dict[str, Callable[[str | None], str]] = {
    "framework": _framework,
    "model": _bundle,
    "classification": _classification,
}
