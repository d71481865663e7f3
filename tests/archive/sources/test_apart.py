"""Tables that a process of its own reads: what they make of its time and memory costs them alone."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from lhs_nlp.archive.sources import Bounds
from lhs_nlp.documents import Limits
from tests.archive.sources.loading import load
from tests.documents.word_writer import write_zip


def rewritten(path: Path, pattern: bytes, sheet: bytes) -> None:
    """Write a workbook anew with something else in its sheet."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path.write_bytes(write_zip({**parts, part: re.sub(pattern, sheet, parts[part], flags=re.DOTALL)}))


def without_end(path: Path) -> None:
    """Write a workbook whose second row says that it is the last of billions: all before it are made up."""
    pd.DataFrame({"text": ["Falls fell.", "Costs fell."]}).to_excel(path, index=False)
    rewritten(path, rb'(<row r=")3(".*?"A)3', rb"\g<1>999999999999\g<2>999999999999")


def many_long(path: Path) -> None:
    """Write few kilobytes that hold hundreds of megabytes."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 400, pa.int32()), pa.array(["Falls fell. " * 100_000]))
    parquet.write_table(pa.table({"text": text}), path)


def test_table_without_end_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    without_end(tmp_path / "a.xlsx")
    pd.DataFrame({"text": ["Falls fell."]}).to_excel(tmp_path / "b.xlsx", index=False)
    loaded = load(tmp_path / "a.xlsx", tmp_path / "b.xlsx", text="text", bounds=Bounds(seconds=5))
    assert loaded.reasons == {"a.xlsx": "timeout"}
    assert loaded.messages == [f"{tmp_path}/a.xlsx: not read within 5 seconds; raise the limit with --timeout."]
    assert loaded.contents["b.xlsx#1"] == b"Falls fell."


def test_table_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    many_long(tmp_path / "a.parquet")
    loaded = load(tmp_path / "a.parquet", text="text", bounds=Bounds(megabytes=100))
    assert loaded.reasons["a.parquet"] in ("out_of_memory", "crashed")
    assert len(loaded.contents) < 400


def test_rows_before_the_damage_are_read(tmp_path: Path) -> None:
    pd.DataFrame({"text": ["one", "two", "three"]}).to_excel(tmp_path / "a.xlsx", index=False)
    rewritten(tmp_path / "a.xlsx", rb'<c r="A4"', rb'<<c r="A4"')
    loaded = load(tmp_path / "a.xlsx", text="text")
    assert loaded.contents == {"a.xlsx#1": b"one", "a.xlsx#2": b"two"}
    assert loaded.reasons == {"a.xlsx": "malformed"}


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_text_over_the_limit_costs_its_row_alone(tmp_path: Path, suffix: str) -> None:
    frame = pd.DataFrame({"text": ["one", "x" * 2000, "three"], "note": ["y" * 3000] * 3})
    path = tmp_path / f"a.{suffix}"
    frame.to_parquet(path) if suffix == "parquet" else frame.to_excel(path, index=False)
    loaded = load(path, text="text", limits=Limits(characters=1000))
    assert loaded.reasons == {f"a.{suffix}#2": "too_large"}
    assert list(loaded.contents) == [f"a.{suffix}#1", f"a.{suffix}#3"]
    assert loaded.metadata[f"a.{suffix}#1"] == {"note": "y" * 1000}


def test_line_of_a_csv_over_the_limit_ends_the_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text\none\n{'x' * 2000}\n", encoding="utf-8")
    loaded = load(tmp_path / "a.csv", text="text", limits=Limits(characters=1000))
    assert loaded.reasons == {"a.csv": "malformed"}
    assert "a line has more than 1,000 characters" in loaded.messages[0]
    assert list(loaded.contents) == ["a.csv#1"]
