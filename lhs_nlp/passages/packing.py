"""Join consecutive sentences, items and rows of a section to runs of a passage's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lhs_nlp.documents import BlockKind
from lhs_nlp.passages.spans import size_of

USUAL = 0.75
"""Share of the longest passage up to which a second sentence is added: 60 of 80 words, as in the labelled passages."""

USUAL_SENTENCES, MOST_SENTENCES = 2, 3
"""Sentences of a passage: usually, and where they are so short that it needs more."""

SCRAP = 4
"""Words below which a piece of prose is no sentence to be counted, such as "Full text." or a date."""

PROSE: frozenset[BlockKind] = frozenset({"paragraph"})
"""Kinds of block whose sentences are counted; short items and rows are joined by their words alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of an overlong one: ``text[start:end]`` of the block with this number and kind."""

    start: int
    end: int
    block: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Packer:
    """Decides which pieces of a text share a passage of `shortest` to `longest` words."""

    text: str
    shortest: int
    longest: int

    def pack(self, pieces: Iterable[Piece]) -> list[list[Piece]]:
        """Return the pieces of a section, in order, as runs of those that share a passage."""
        runs: list[list[Piece]] = []
        for piece in pieces:
            if runs and self._continues(runs[-1], piece):
                runs[-1].append(piece)
            else:
                runs.append([piece])
        return self._with_scraps_joined(runs)

    def _continues(self, run: Sequence[Piece], piece: Piece) -> bool:
        together, last = self._size(run[0], piece), run[-1]
        if together > self.longest:
            return False
        usual = together <= USUAL * self.longest
        needed = self._is_short(run) and self._is_countable(run, [piece])
        if piece.block == last.block:
            of_block = sum(each.block == piece.block for each in run)
            return needed or (usual and of_block < USUAL_SENTENCES and self._is_countable(run, [piece]))
        if piece.kind not in PROSE and (piece.kind == last.kind or self._introduces(last)):
            return usual
        return needed and piece.kind == last.kind

    def _with_scraps_joined(self, runs: Iterable[list[Piece]]) -> list[list[Piece]]:
        """Join runs that are too short to stand alone to the one before or after."""
        joined: list[list[Piece]] = []
        for run in runs:
            if joined and self._needs(joined[-1], run):
                joined[-1].extend(run)
            else:
                joined.append(run)
        return joined

    def _needs(self, run: Sequence[Piece], following: Sequence[Piece]) -> bool:
        short = self._is_short(run) or self._is_short(following)
        return short and self._size(run[0], following[-1]) <= self.longest and self._is_countable(run, following)

    def _is_short(self, run: Sequence[Piece]) -> bool:
        return self._size(run[0], run[-1]) < self.shortest

    def _size(self, first: Piece, last: Piece) -> int:
        return size_of(self.text, first.start, last.end)

    def _introduces(self, piece: Piece) -> bool:
        return self.text.endswith(":", piece.start, piece.end)

    def _is_countable(self, run: Sequence[Piece], following: Sequence[Piece]) -> bool:
        """Return whether both together have few enough sentences; there may be any number of scraps, items and rows."""
        return sum(self._counts(piece) for piece in (*run, *following)) <= MOST_SENTENCES

    def _counts(self, piece: Piece) -> bool:
        return piece.kind in PROSE and self._size(piece, piece) >= SCRAP
