from __future__ import annotations

import pytest

from lhs_nlp.spreadsheet import is_formula


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "\rx",
        " \r",
        " =1+1",
        "\n=1",
        "\u00a0=1",
        "\uff1d1+1",
        " \uff0b1",
        "\uff0d",
        "\uff20x",
    ],
)
def test_text_that_a_spreadsheet_would_compute_is_a_formula(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", " ", "1+1", "'=1", "a = b", "\nplain", "\u2212" + "5"])
def test_other_text_is_none(text: str) -> None:
    assert not is_formula(text)
