"""Signs of the fonts Symbol and Wingdings, which stand in places of their own and not at those of Unicode."""

from __future__ import annotations

from functools import lru_cache

from lhs_nlp.documents.bullets import BULLET

FIRST, LAST = "\uf020", "\uf0ff"
"""The places in which files keep the signs of such fonts."""
_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"  # noqa: RUF001 - Greek letters are meant
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"  # noqa: RUF001
)
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…│─↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"  # noqa: RUF001
_SYMBOL = {0x20 + at: sign for at, sign in enumerate(_LOW)} | {0xA0 + at: sign for at, sign in enumerate(_HIGH)}
_SYMBOL |= {0xF1: "\u27e9", 0xF2: "\u222b"}
"""By the encoding of Adobe's Symbol; the pieces of large brackets are left out."""
_WINGDINGS = {
    **dict.fromkeys((0xDF, 0xE7, 0xEF), "\u2190"),
    **dict.fromkeys((0xE0, 0xE8, 0xF0), "\u2192"),
    **dict.fromkeys((0xE1, 0xE9, 0xF1), "\u2191"),
    **dict.fromkeys((0xE2, 0xEA, 0xF2), "\u2193"),
    0xF3: "\u21d4",
    **dict.fromkeys((0x6F, 0xA8), "\u2610"),
    0xFE: "\u2611",
    0xFD: "\u2612",
    0xFB: "\u2717",
    0xFC: "\u2713",
}
_WINGDINGS_2 = {0xA3: "\u2610", 0x52: "\u2611", 0x51: "\u2612", 0x4F: "\u2717", 0x50: "\u2713"}
"""Arrows, as Word makes them of `-->`, boxes and ticks; other pictures are bullets."""


def is_sign_font(font: str) -> bool:
    """Return whether a font, by its name, holds signs in places of their own."""
    return _signs(font) is not None


def in_unicode(text: str, font: str) -> str:
    """Return text with the signs of its font at their places in Unicode; other characters stay as they are."""
    signs = None if text.isascii() else _signs(font)
    if signs is None:
        return text
    missing = "" if signs is _SYMBOL else BULLET
    return "".join(signs.get(ord(each) & 0xFF, missing) if FIRST <= each <= LAST else each for each in text)


@lru_cache(1000)
def _signs(font: str) -> dict[int, str] | None:
    """Return the signs of a font by their places in it, None when it is none of those."""
    name = font.lower().replace(" ", "")
    if "wingdings2" in name:
        return _WINGDINGS_2
    if "wingdings3" in name or "webdings" in name:
        return {}
    if "wingdings" in name:
        return _WINGDINGS
    return _SYMBOL if name.rpartition("+")[2] in ("symbol", "symbolmt") else None
