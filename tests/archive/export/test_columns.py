from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from lhs_nlp.archive.export import ColumnType, TableName, columns_of
from lhs_nlp.framework import default_framework
from tests.report.examples import other_framework

TABLES: tuple[TableName, ...] = get_args(TableName)


def test_every_column_is_described_once_and_every_description_is_used() -> None:
    text = files("lhs_nlp.archive.export").joinpath("columns.toml").read_text(encoding="utf-8")
    dictionary = tomllib.loads(text)
    used = {name for names in dictionary["tables"].values() for name in names}
    assert used == set(dictionary["columns"])
    assert list(dictionary["tables"]) == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_names_are_unique_types_known_and_descriptions_sentences(table: TableName) -> None:
    columns = columns_of(table, default_framework(), ["year", "Funder"], ["author"])
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    assert {column.type for column in columns} <= set(get_args(ColumnType))
    assert all(column.description.endswith(".") and "{" not in column.description for column in columns)


@pytest.mark.parametrize("table", TABLES)
def test_columns_of_time_and_only_they_end_in_at(table: TableName) -> None:
    columns = columns_of(table, default_framework())
    assert all(column.name.endswith("_at") == (column.type == "time") for column in columns)


def test_six_verdicts_stand_beside_each_other_in_the_order_of_the_framework() -> None:
    names = [column.name for column in columns_of("documents", default_framework())]
    first = names.index("quality_verdict")
    assert names[first : first + 6] == [f"{benefit}_verdict" for benefit in default_framework().benefit_ids]


def test_another_framework_has_columns_of_its_own() -> None:
    names = {column.name for column in columns_of("findings", other_framework(3))}
    assert "p_met" in names
    assert "p_achieved" not in names


def test_key_of_the_metadata_is_never_read_as_a_place() -> None:
    columns = columns_of("documents", default_framework(), ["{benefit}", "{file_metadata}"], ["x"])
    names = [column.name for column in columns]
    assert {"metadata_{benefit}", "metadata_{file_metadata}", "file_x"} <= set(names)
