from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from lhs_nlp.documents.cells import cell_text, says_no_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (2021.0, "2021"),
        (0.5, "0.5"),
        (7, "7"),
        (True, "True"),
        (date(2024, 5, 1), "2024-05-01"),
        (datetime(2024, 5, 1), "2024-05-01"),
        (datetime(2024, 5, 1, 9, 30), "2024-05-01T09:30:00"),
        (time(9, 30), "09:30:00"),
        (["\u0142", 1], '["\u0142", 1]'),
        ([{"start": date(2024, 5, 1), "share": Decimal("0.5")}], '[{"start": "2024-05-01", "share": "0.5"}]'),
        (" as it is\n", " as it is\n"),
    ],
)
def test_cell_is_written_as_people_write_it(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize("text", ["NA", " nan\n", "N/A", "#REF!", "[No abstract available]", "No abstract available."])
def test_text_that_says_there_is_none_is_told(text: str) -> None:
    assert says_no_text(text)


@pytest.mark.parametrize("text", ["", "None of them fell.", "No abstract available was read.", "[Falls fell.]"])
def test_text_that_says_something_is_one(text: str) -> None:
    assert not says_no_text(text)
