from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.documents.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  two \n\t words\u00a0here\u2003now ", "two words here now"),
        ("e\ufb03cient \ufb01rst a\ufb00air", "efficient first affair"),
        ("cafe\u0301", "caf\u00e9"),
        ("soft\u00adhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"),
        ("\u202eturned\u202c nul\x00 bell\x07 lone\ud800", "turned nul bell lone"),
        ("line\u2028separator\x85next\x0bline\x1cunit", "line separator next line unit"),
        ("\u0645\u0631\u062d\u0628\u0627 \u5b89\u5168", "\u0645\u0631\u062d\u0628\u0627 \u5b89\u5168"),
        ("\x00\u200b \u00ad", ""),
    ],
)
def test_text_is_mended(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_long_run_of_accents_takes_little_time() -> None:
    assert len(clean("a" + "\u0323\u0301" * 1_000_000)) > 1_000_000


@given(st.text(max_size=100))
def test_clean_text_stays_as_it_is_and_can_be_encoded(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned == " ".join(cleaned.split())
    cleaned.encode()
