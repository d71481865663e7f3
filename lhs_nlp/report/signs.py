"""The characters that a terminal can show: Unicode, or ASCII where its encoding has no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lhs_nlp.report.display import VERDICTS, in_lines, one_line

if TYPE_CHECKING:
    from lhs_nlp.summary import Verdict

BAR = 8
"""Characters of a bar that stands for a probability of 1."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2022\u00b7", "*"),
        "\u2026": "...",
        "\u00a0": " ",
        "\ufffd": "?",
    }
)


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of one kind, and the encoding that texts must fit.

    Attributes
    ----------
    verdicts
        Verdict to its sign.
    opening, closing
        Quotation marks.
    between, rule, edge, cross
        What stands between facts, under a heading, before a quotation, before a failure.
    full, empty
        Parts of a bar.
    encoding
        Name of the encoding; None when every character can be written.
    """

    verdicts: dict[Verdict, str]
    opening: str
    closing: str
    between: str
    rule: str
    edge: str
    cross: str
    full: str
    empty: str
    encoding: str | None = None

    def fit(self, text: str) -> str:
        """Return text on one line, in characters that the encoding has; ``?`` for what it has not."""
        line = one_line(text)
        if self.encoding is None:
            return line
        try:
            line.encode(self.encoding)
        except UnicodeEncodeError:
            return line.translate(_PLAIN).encode(self.encoding, "replace").decode(self.encoding)
        return line

    def fit_lines(self, text: str) -> str:
        """Return text with a line a paragraph, item or row, in characters that the encoding has."""
        return "\n".join(map(self.fit, in_lines(text)))

    def join(self, facts: list[str]) -> str:
        """Return facts on one line."""
        return self.between.join(self.fit(fact) for fact in facts)

    def bar(self, probability: float) -> str:
        """Return a bar as long as a probability."""
        full = round(probability * BAR)
        return self.full * full + self.empty * (BAR - full)


def signs_for(encoding: str) -> Signs:
    """Return the signs for a terminal or a file of an encoding, e.g. ``utf-8``, ``cp1252``, ``ascii``."""
    if encoding.lower().startswith("utf"):
        return Signs({key: verdict.sign for key, verdict in VERDICTS.items()}, "“", "”", " · ", "─", "│", "✗", "■", "□")
    verdicts = {key: verdict.ascii_sign for key, verdict in VERDICTS.items()}
    return Signs(verdicts, '"', '"', "; ", "-", "|", "x", "#", ".", encoding)
