"""What every page of ours is made with: one style, one policy, one way to fill a template."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from lhs_nlp.printing import printable
from lhs_nlp.report import display
from lhs_nlp.wording import counted, within_sentence


def environment() -> Environment:
    """Return an environment whose templates escape every value and print no control characters."""
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_printable
    )
    made.globals.update(display=display, counted=counted)
    made.filters["within_sentence"] = within_sentence
    return made


@cache
def read(package: str, name: str) -> str:
    """Return a file of a package of ours, e.g. a template."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


@cache
def style(package: str, name: str) -> Markup:
    """Return what all pages share, a page's own style, and the colours of benefits (``.hue-0`` and so on)."""
    light = "".join(f".hue-{at}{{--ink:{hue.ink};--tint:{hue.tint}}}\n" for at, hue in enumerate(display.PALETTE))
    dark = "".join(
        f".hue-{at}{{--ink:{hue.dark_ink};--tint:{hue.dark_tint}}}\n" for at, hue in enumerate(display.PALETTE)
    )
    shared = read("lhs_nlp.report", "page.css")
    hues = f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"
    return Markup(f"{shared}\n{read(package, name)}\n{hues}")  # noqa: S704 - files of our own


@cache
def script(package: str, name: str) -> Markup:
    """Return a page's script."""
    return Markup(read(package, name))  # noqa: S704 - a file of our own


def policy(style: str, script: str) -> str:
    """Return the policy that allows a page's own style and script, and no connection at all (CSP Level 3)."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _printable(value: object) -> object:
    return printable(value) if type(value) is str else value
