from __future__ import annotations

import numpy as np

from lhs_nlp.archive.repeats import RememberingEncoder
from lhs_nlp.framework import default_framework
from tests.archive.filling import EQUITY, SAFETY, VALUE
from tests.toy import ToyEncoder


def test_text_is_encoded_once() -> None:
    toy = ToyEncoder(default_framework())
    encoder = RememberingEncoder(toy)
    first = encoder.encode([SAFETY, VALUE, SAFETY])
    second = encoder.encode([EQUITY, SAFETY])
    assert toy.calls == [[SAFETY, VALUE], [EQUITY]]
    assert np.array_equal(first, ToyEncoder(default_framework()).encode([SAFETY, VALUE, SAFETY]))
    assert np.array_equal(second, ToyEncoder(default_framework()).encode([EQUITY, SAFETY]))


def test_what_was_not_seen_for_long_is_forgotten() -> None:
    toy = ToyEncoder(default_framework())
    encoder = RememberingEncoder(toy, most=2)
    encoder.encode([SAFETY, VALUE])
    encoder.encode([SAFETY])
    encoder.encode([EQUITY])
    encoder.encode([SAFETY, VALUE])
    assert toy.calls == [[SAFETY, VALUE], [EQUITY], [VALUE]]


def test_more_texts_than_are_kept_are_all_answered() -> None:
    encoder = RememberingEncoder(ToyEncoder(default_framework()), most=1)
    assert encoder.encode([SAFETY, VALUE, EQUITY]).shape == (3, encoder.width)
    assert encoder.encode([]).shape == (0, encoder.width)
