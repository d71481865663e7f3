"""What the API takes and gives of teaching."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from lhs_nlp.server.teaching import KnownModel, Taught
from lhs_nlp.server.teaching.jobs import Job, Kind, Phase


class TeachIn(BaseModel):
    """How to learn."""

    model_config = ConfigDict(extra="forbid")

    force: StrictBool = Field(False, description="Keep the new model even if it is worse.")


class JobOut(BaseModel):
    """What goes on in the background, or went on last."""

    number: int
    kind: Kind
    by: str
    phase: Phase
    started_at: str
    ended_at: str | None
    done: int | None = Field(description="Documents that are tagged.")
    total: int | None = Field(description="Documents that are to be tagged.")
    sentence: str | None = Field(description="Why it was refused, or has failed.")

    @classmethod
    def of(cls, job: Job) -> JobOut:
        """Return what the API says of a job."""
        return cls(**{name: getattr(job, name) for name in cls.model_fields})


class TaughtOut(BaseModel):
    """What was learned last: scores before and after with 95% intervals."""

    base: str
    corrections: str
    held_out: dict[str, Any] | None = Field(description="On corrections that were held out; null: of one document.")
    checked: dict[str, Any] | None = Field(description="On other labelled passages; null: there are none.")
    objection: str | None
    sha256: str | None = Field(description="Of the new model; null when it was not kept.")

    @classmethod
    def of(cls, taught: Taught) -> TaughtOut:
        """Return what the API says of what was learned."""
        return cls(
            base=taught.base,
            corrections=taught.corrections,
            held_out=taught.comparison.to_dict() if taught.comparison else None,
            checked=taught.checked.to_dict() if taught.checked else None,
            objection=taught.objection,
            sha256=taught.sha256,
        )


class ModelOut(BaseModel):
    """A model whose results can be shown."""

    name: str
    sha256: str
    tagged: int
    documents: int
    at_hand: bool = Field(description="Whether it can tag what it has not tagged.")
    taught: bool = Field(description="Whether it has learned from decisions here.")
    shown: bool

    @classmethod
    def of(cls, model: KnownModel) -> ModelOut:
        """Return what the API says of a model."""
        return cls(**{name: getattr(model, name) for name in cls.model_fields})


class TeachingOut(BaseModel):
    """How teaching stands."""

    job: JobOut | None
    taught: TaughtOut | None
    models: list[ModelOut]
