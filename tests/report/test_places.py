from __future__ import annotations

import pytest

from lhs_nlp.archive.sources.cells import _READERS
from lhs_nlp.report.places import file_name


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/home/ann/x.pdf", "x.pdf"),
        ("C:\\folder\\x.pdf", "x.pdf"),
        ("more.zip/inner/x.pdf", "x.pdf"),
        ("s3://bucket/a.CSV#10.1000/b#c\\d", "a.CSV#10.1000/b#c\\d"),
        ("https://host/data/a.csv?version=2#10.1000/b", "a.csv?version=2#10.1000/b"),
        ("C#/x.pdf", "x.pdf"),
        ("", ""),
    ],
)
def test_folders_are_left_out_and_rows_stay_whole(place: str, expected: str) -> None:
    assert file_name(place) == expected


@pytest.mark.parametrize("suffix", _READERS)
def test_rows_of_every_kind_of_table_stay_whole(suffix: str) -> None:
    assert file_name(f"folder/table{suffix}#10.1000/abc/7") == f"table{suffix}#10.1000/abc/7"
