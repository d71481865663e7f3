"""Results of a store for other programs: tables with their data dictionary, and tasks for labelling tools."""

from lhs_nlp.archive.export.columns import Column, ColumnType, TableName, columns_of
from lhs_nlp.archive.export.doccano import write_doccano
from lhs_nlp.archive.export.label_studio import label_studio_interface, write_label_studio
from lhs_nlp.archive.export.parquet import write_parquet
from lhs_nlp.archive.export.tables import Table, frames, table_of
from lhs_nlp.archive.export.text import write_csv, write_dictionary, write_jsonl
from lhs_nlp.archive.export.workbook import write_workbook

__all__ = [
    "Column",
    "ColumnType",
    "Table",
    "TableName",
    "columns_of",
    "frames",
    "label_studio_interface",
    "table_of",
    "write_csv",
    "write_dictionary",
    "write_doccano",
    "write_jsonl",
    "write_label_studio",
    "write_parquet",
    "write_workbook",
]
