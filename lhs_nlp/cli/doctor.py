"""`lhs-nlp doctor`: whether everything is in place to tag documents, offline."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from lhs_nlp.cli.options import Model, TextOrJson
from lhs_nlp.wording import counted

SCHEMA = "lhs-nlp/doctor/1"

_REQUIREMENT = re.compile(r"""(?P<name>[\w.-]+)[^;]*(?:;.*extra == ['"](?P<extra>[\w-]+)['"])?""")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


def doctor(
    model: Model = None,
    format: Annotated[TextOrJson, typer.Option("--format", "-f", help="How to show it.")] = TextOrJson.TEXT,
) -> None:
    """Check the installation and the models; no network is used.

    The libraries that are needed, the hashes of the models' files, and that a passage is classified.
    The exit code is 1 when something is wrong.
    """
    from lhs_nlp.cli.output import opened, write_json

    checks = [*_installation(), *_looks(model)]
    ok = all(check.ok for check in checks)
    with opened(None, data=format is TextOrJson.JSON) as file:
        if format is TextOrJson.JSON:
            write_json(file, {"schema": SCHEMA, "ok": ok, "checks": [asdict(check) for check in checks]})
        else:
            file.writelines(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<20} {check.detail}\n" for check in checks)
    if not ok:
        raise typer.Exit(1)


def _installation() -> Iterator[Check]:
    """Look for what the installed package says that it requires, and at what each extra adds."""
    from importlib.metadata import PackageNotFoundError, requires, version

    yield Check("python", True, platform.python_version())
    try:
        yield Check("lhs-nlp", True, version("lhs-nlp"))
        lines = requires("lhs-nlp") or []
    except PackageNotFoundError:
        yield Check("lhs-nlp", False, "not installed: in the folder of lhs_nlp, pip install -e .")
        return
    extras: dict[str, list[str]] = {}
    for requirement in filter(None, map(_REQUIREMENT.match, lines)):
        if requirement["extra"]:
            extras.setdefault(requirement["extra"], []).append(requirement["name"])
        else:
            yield _library(requirement["name"])
    for extra, names in extras.items():
        missing = [name for name in names if not _library(name).ok]
        yield Check(f"extra [{extra}]", True, f"without {', '.join(missing)} (optional)" if missing else "installed")


def _library(name: str) -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "missing: install lhs-nlp again")


def _looks(model: Path | None) -> Iterator[Check]:
    from lhs_nlp.errors import LhsNlpError

    for name, look in _LOOKS.items():
        try:
            yield Check(name, True, look(model))
        except (LhsNlpError, ImportError) as error:
            yield Check(name, False, str(error))


def _framework(model: Path | None) -> str:
    from lhs_nlp.framework import default_framework

    framework = default_framework()
    return f"{framework.id} {framework.version}, {counted(len(framework.benefits), 'benefit')}"


def _bundle(model: Path | None) -> str:
    from lhs_nlp.bundle import load_bundle

    bundle = load_bundle(model)
    files = counted(len(bundle.manifest["files"]), "file")
    return f"{bundle.id}, {files} verified, SHA-256 {bundle.sha256}, in {bundle.path}"


def _classification(model: Path | None) -> str:
    from lhs_nlp.errors import LhsNlpError
    from lhs_nlp.tagger import load

    passage = "The new handover sheet halved medication errors on the ward."
    others = ["Staff met weekly.", passage * 8]
    classifier = load(model).classifier
    alone = classifier.predict_proba([passage])[0]
    together = classifier.predict_proba([passage, *others])[0]
    if abs(alone - together).max() > 0.001:
        raise LhsNlpError("A passage's probability depends on its batch; reinstall onnxruntime.")
    return "a passage is classified, the same alone and in a batch"


def _general(model: Path | None) -> str:
    from lhs_nlp.bundle import GENERAL_NAME, general_encoder

    return f"{GENERAL_NAME}, verified, SHA-256 {general_encoder().sha256}, for reviews"


_LOOKS: dict[str, Callable[[Path | None], str]] = {
    "framework": _framework,
    "model": _bundle,
    "classification": _classification,
    "general encoder": _general,
}
