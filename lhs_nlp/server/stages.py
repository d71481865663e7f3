"""How far an upload is: what is told while it is tagged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Received:
    """All of it has arrived: so many bytes."""

    bytes: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Others are tagged first."""


@dataclass(frozen=True, slots=True)
class Read:
    """It was read; pages are None for a format that has none."""

    pages: int | None
    words: int


@dataclass(frozen=True, slots=True)
class Passages:
    """It was split into so many passages."""

    total: int


@dataclass(frozen=True, slots=True)
class Step:
    """So many passages of all are tagged."""

    done: int
    total: int


Stage: TypeAlias = Received | Waiting | Read | Passages | Step

NAMES: dict[type, str] = {
    Received: "received",
    Waiting: "waiting",
    Read: "read",
    Passages: "passages",
    Step: "tagged",
}
"""What stages are called where programs read them."""
