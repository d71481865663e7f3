from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def make_scaling() -> ModuleType:
    """Return the script that fills in docs/scaling.md."""
    spec = importlib.util.spec_from_file_location("make_scaling", DOCS / "make_scaling.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_hours_and_costs_are_those_of_a_core_times_the_archive(make_scaling: ModuleType) -> None:
    speed = {
        "processors": 2,
        "runs": [{"documents": 1000, "passages": 12000, "batch": {"documents_per_second": 20.0}}],
    }
    table = make_scaling.projection(speed, 0.05)
    assert "1,000 documents of 12 passages each at 20.0 documents/s, that is 10.00 documents/s a core" in table
    assert "| 1,000,000 | 28 | 2 h | 7 min | 2 min | 1 |" in table
    assert "| 100,000,000 | 2,778 | 7 days | 11 h | 3 h | 139 |" in table


def test_what_takes_most_of_a_cores_time_is_named(make_scaling: ModuleType) -> None:
    row = {
        "passages_per_document": 12.0,
        "bytes_read_per_document": 2000,
        "bytes_of_parquet_per_document": 5000,
        "processor_seconds_per_document": {
            "read": 0.02,
            "encode": 0.07,
            "classify": 0.005,
            "write": 0.005,
            "store": 0.01,
        },
    }
    text = make_scaling.shares({"files": row, "texts": row})
    assert "| Texts | 12 | 100 | 20 % | 70 % | 5 % | 5 % | 2 | 5 |" in text
    assert "of texts it is encoding (70 %)" in text
    assert "100 texts/s" in text


def test_page_is_as_the_script_writes_it(make_scaling: ModuleType) -> None:
    page = (DOCS / "scaling.md").read_text(encoding="utf-8")
    figures = (make_scaling.results("archive_speed"), make_scaling.results("cluster"))
    assert make_scaling.with_figures(page, *figures, make_scaling.DOLLARS_PER_CORE_HOUR) == page
