"""A job: what the workbench does in the background, as it can be told at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["teach", "apply"]
Phase = Literal["running", "done", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands.

    Attributes
    ----------
    number
        From 1, since the server was started.
    kind
        To learn from decisions, or to tag the store with a model that has.
    by
        Who began it.
    phase
        `refused`: it was learned, and the new model is worse, so that it was not kept.
    started_at, ended_at
        UTC; `ended_at` is None while it runs.
    done, total
        Documents that are tagged, and that are to be; None where nothing is tagged.
    sentence
        Why it was refused, or failed; None when it did neither.
    """

    number: int
    kind: Kind
    by: str
    phase: Phase
    started_at: str
    ended_at: str | None = None
    done: int | None = None
    total: int | None = None
    sentence: str | None = None
