"""The pages' templates, styles and script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FunctionLoader

from lhs_nlp.corrections import LONGEST_COMMENT
from lhs_nlp.report import display, page
from lhs_nlp.server.sessions import LONGEST_NAME, csrf_token
from lhs_nlp.server.sheet import STATES

_PACKAGE = "lhs_nlp.server"
_TITLE = 140

ASSETS = {
    "style.css": "text/css",
    "server.js": "text/javascript",
    "progress.js": "text/javascript",
    "screening.js": "text/javascript",
    "screening.css": "text/css",
    "icon.svg": "image/svg+xml",
}
"""Files that pages load, and what they are."""


@cache
def asset(name: str) -> str:
    """Return the content of a file that pages load; the style is the report's, and what the workbench adds."""
    if name == "style.css":
        return f"{page.style('lhs_nlp.report', 'report.css')}\n{page.read(_PACKAGE, 'assets/server.css')}"
    return page.read(_PACKAGE, f"assets/{name}")


@cache
def asset_url(name: str) -> str:
    """Return the address of a file; another one when its content is another, so that browsers may keep it."""
    return f"/assets/{name}?{sha256(asset(name).encode()).hexdigest()[:12]}"


def rendered(
    request: Request, name: str, values: Mapping[str, object], status: int = 200, *, who: str | None = None
) -> HTMLResponse:
    """Return a page.

    Parameters
    ----------
    request
        What it answers.
    name
        Of the template.
    values
        What the template shows.
    status
        HTTP status.
    who
        Who looks at it; None when that is not known.
    """
    bench = request.app.state.workbench
    known = {
        "who": who,
        "csrf": csrf_token(request),
        "settings": bench.settings,
        "pages": bench.pages,
        "path": request.url.path,
    }
    return HTMLResponse(_environment().get_template(name).render({**known, **values}), status)


def fragment(name: str, values: Mapping[str, object]) -> str:
    """Return a part of a page that is of no session."""
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    environment = page.environment()
    environment.loader = FunctionLoader(_source)
    environment.globals.update(
        asset_url=asset_url,
        longest_comment=LONGEST_COMMENT,
        longest_name=LONGEST_NAME,
        states=STATES,
        names=lambda entries: [(entry.id, entry.name) for entry in entries],
        verdict_words=lambda: [(verdict, sign.words) for verdict, sign in display.VERDICTS.items()],
        short=lambda text: display.clipped(display.one_line(text), _TITLE),
    )
    return environment


def _source(name: str) -> str:
    if name == "report":
        # The report's macros; what follows them is the report itself.
        return page.read("lhs_nlp.report", "report.html.jinja").partition("<!DOCTYPE html>")[0]
    return page.read(_PACKAGE, f"templates/{name}")
