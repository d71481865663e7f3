from __future__ import annotations

import pytest

from lhs_nlp.printing import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Falls fell by half.\n\tAll of them.", "Falls fell by half.\n\tAll of them."),
        ("\x1b[31mred\x07", "\ufffd[31mred\ufffd"),
        ("a\udcffb\x85", "a\ufffdb\ufffd"),
        ("\u202eturned\u2069 \u05d0", "turned \u05d0"),
    ],
)
def test_what_acts_on_a_terminal_is_replaced_and_overrides_of_direction_are_dropped(text: str, shown: str) -> None:
    assert printable(text) == shown
