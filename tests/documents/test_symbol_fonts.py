from __future__ import annotations

import pytest

from lhs_nlp.documents.symbol_fonts import in_unicode


@pytest.mark.parametrize("font", ["Symbol", "SymbolMT", "ABCDEF+SymbolMT"])
def test_signs_of_symbol_stand_at_their_places_in_unicode(font: str) -> None:
    assert in_unicode("\uf0a3 \uf0b3 \uf0b1 \uf0b4 \uf06d \uf061 \uf0ae \uf0b7 \uf057", font) == "≤ ≥ ± × μ α → • Ω"  # noqa: RUF001


@pytest.mark.parametrize(
    ("font", "sign", "shown"),
    [
        ("Wingdings", "\uf0e0", "\u2192"),
        ("Wingdings", "\uf0fc", "\u2713"),
        ("Wingdings", "\uf0a7", "\u2022"),
        ("Wingdings 2", "\uf052", "\u2611"),
        ("Wingdings 3", "\uf07d", "\u2022"),
        ("Symbol", "\uf0e6", ""),
    ],
    ids=["arrow", "tick", "bullet", "box", "picture", "bracket"],
)
def test_arrows_and_ticks_are_such_and_pictures_are_bullets(font: str, sign: str, shown: str) -> None:
    assert in_unicode(f"a{sign}b", font) == f"a{shown}b"


@pytest.mark.parametrize("font", ["", "Calibri", "Segoe UI Symbol"])
def test_characters_of_other_fonts_stay_as_they_are(font: str) -> None:
    assert in_unicode("\uf0b3 µ", font) == "\uf0b3 µ"
