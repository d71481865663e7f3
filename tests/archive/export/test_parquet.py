from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from lhs_nlp.archive import Store
from lhs_nlp.archive.export import TableName, frames, table_of, write_parquet
from tests.archive.examples import varied_store


def written(path: Path, name: TableName) -> io.BytesIO:
    file = io.BytesIO()
    with Store(path, read_only=True) as store:
        write_parquet(table_of(store, store.tagging(), name), file)
    return io.BytesIO(file.getvalue())


@pytest.mark.parametrize("name", ["documents", "passages", "findings"])
def test_pandas_reads_what_the_frames_hold(tmp_path: Path, name: TableName) -> None:
    path = varied_store(tmp_path / "s.sqlite")
    read = pd.read_parquet(written(path, name), dtype_backend="numpy_nullable")
    with Store(path, read_only=True) as store:
        (frame,) = frames(store, store.tagging(), name)
    assert list(read) == list(frame)
    for column in frame:
        assert [plain(value) for value in read[column]] == [plain(value) for value in frame[column]], column


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return a cell as Python has it: arrays and tuples as lists, missing as None."""
    return list(value) if isinstance(value, tuple | np.ndarray) else None if value is pd.NA else value


def test_types_and_descriptions_are_in_the_file(tmp_path: Path) -> None:
    schema = pq.read_schema(written(varied_store(tmp_path / "s.sqlite"), "documents"))
    types = {
        name: str(schema.field(name).type) for name in ("pages", "safety_confidence", "safety_concepts", "tagged_at")
    }
    assert types == {
        "pages": "int64",
        "safety_confidence": "double",
        "safety_concepts": "list<element: string>",
        "tagged_at": "timestamp[us, tz=UTC]",
    }
    assert schema.field("pages").metadata[b"description"].startswith(b"Number of pages")


def test_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    path = varied_store(tmp_path / "s.sqlite")
    with Store(path) as store:
        store.connection.execute("DELETE FROM sources")
    read = pd.read_parquet(written(path, "findings"))
    assert len(read) == 0
    assert "benefit" in read
