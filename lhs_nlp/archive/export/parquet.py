"""A table as Parquet: types, and the description of each column with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from lhs_nlp.archive.export.tables import Table, frames_of

if TYPE_CHECKING:
    import pyarrow as pa


def write_parquet(table: Table, file: BinaryIO) -> None:
    """Write a table; the metadata of each field holds its ``description``."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = _schema(table)
    with ParquetWriter(file, schema, compression="zstd") as writer:
        for frame in frames_of(table):
            writer.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False))


def _schema(table: Table) -> pa.Schema:
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "time": pa.timestamp("us", "UTC"),
        "list": pa.list_(pa.string()),
    }
    return pa.schema(
        [
            pa.field(column.name, types[column.type], metadata={"description": column.description})
            for column in table.columns
        ]
    )
