"""Renderers of a summary, or of several: terminal, JSON, HTML, Markdown and CSV."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lhs_nlp.report.failure import Failure, Result
    from lhs_nlp.report.html_report import to_html
    from lhs_nlp.report.json_report import failure_to_json, json_schema, to_json, to_json_text
    from lhs_nlp.report.markdown import to_markdown
    from lhs_nlp.report.table import benefit_rows, finding_rows, to_csv
    from lhs_nlp.report.terminal import TerminalReport, print_text, to_text

_HOMES = {
    "failure": ("Failure", "Result"),
    "html_report": ("to_html",),
    "json_report": ("failure_to_json", "json_schema", "to_json", "to_json_text"),
    "markdown": ("to_markdown",),
    "table": ("benefit_rows", "finding_rows", "to_csv"),
    "terminal": ("TerminalReport", "print_text", "to_text"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Failure",
    "Result",
    "TerminalReport",
    "benefit_rows",
    "failure_to_json",
    "finding_rows",
    "json_schema",
    "print_text",
    "to_csv",
    "to_html",
    "to_json",
    "to_json_text",
    "to_markdown",
    "to_text",
]


def __getattr__(name: str) -> object:
    """Import a renderer when it is first used: some need rich, some Jinja2."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'lhs_nlp.report' has no attribute {name!r}")
    return getattr(import_module(f"lhs_nlp.report.{_HOME_OF[name]}"), name)
