"""The public surface of the renderers."""

import subprocess
import sys

import pytest

from lhs_nlp import report


def test_every_public_name_can_be_imported() -> None:
    assert all(getattr(report, name) is not None for name in report.__all__)


def test_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'to_pdf'"):
        report.to_pdf  # noqa: B018


def test_import_loads_no_renderer() -> None:
    code = (
        "import sys; before = set(sys.modules); import lhs_nlp.report; "
        "print(sorted({'rich', 'jinja2', 'json'} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
