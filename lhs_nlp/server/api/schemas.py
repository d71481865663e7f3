"""What the API takes and gives."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lhs_nlp.corrections import LONGEST_COMMENT, Action, Decision, Label, Review, Role
from lhs_nlp.report import to_json
from lhs_nlp.server.listing import Listed
from lhs_nlp.summary import DocumentSummary, Verdict

PREFIX = "/api/v1"
"""What the addresses of this version begin with."""

_LONE = re.compile("[\ud800-\udfff]")

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=0, le=2**53)]


class Fault(BaseModel):
    """Why something was not done, in a sentence."""

    detail: str


class Unfit(BaseModel):
    """Why what was sent does not fit: in a sentence, or fault by fault."""

    detail: str | list[dict[str, Any]]


class Unread(Unfit):
    """Why a document could not be read; no reason when what was sent is no document at all."""

    reason: str | None = None


class Texts(BaseModel):
    """Texts to tag, each a document of its own."""

    model_config = ConfigDict(extra="forbid")

    texts: list[str] = Field(min_length=1)


class Tagged(BaseModel):
    """Results, each as `lhs-nlp tag --format json` gives it: see the schema ``lhs-nlp/tag/1``."""

    results: list[dict[str, Any]]


class VerdictOut(BaseModel):
    """What the model says of a benefit."""

    verdict: Verdict
    confidence: float


class DocumentOut(BaseModel):
    """A document of the list."""

    sha256: str
    title: str
    source: str
    pages: int | None
    words: int
    verdicts: dict[str, VerdictOut]
    finished: int = Field(description="Reviewers who have read it to its end, as far as you may know.")

    @classmethod
    def of(cls, listed: Listed) -> DocumentOut:
        """Return what the API says of a document."""
        verdicts = {
            benefit: VerdictOut(verdict=verdict, confidence=round(confidence, 4))
            for benefit, (verdict, confidence) in listed.verdicts.items()
        }
        return cls(
            sha256=listed.sha256,
            title=listed.heading,
            source=listed.source,
            pages=listed.pages,
            words=listed.words,
            verdicts=verdicts,
            finished=listed.finished,
        )


class DocumentsOut(BaseModel):
    """A page of the list."""

    total: int
    page: int
    last_page: int
    documents: list[DocumentOut]


class LabelOut(BaseModel):
    """What holds of a passage and a benefit after all decisions; a status of null: the benefit is absent."""

    position: int
    benefit: str
    status: str | None
    decided_by: str | None
    version: int

    @classmethod
    def of(cls, label: Label) -> LabelOut:
        """Return what the API says of a label."""
        return cls(
            position=label.position,
            benefit=label.benefit,
            status=label.status,
            decided_by=label.by,
            version=label.version,
        )


class DecisionIn(BaseModel):
    """A decision; `seen` is the version of what it is about, as it was given.

    To `accept` with another status than it has is to change the `status`.
    """

    model_config = ConfigDict(extra="forbid")

    action: Action
    seen: Number
    position: Number | None = None
    benefit: str | None = None
    status: str | None = None
    words: str | None = Field(None, max_length=5_000)
    comment: str | None = Field(None, max_length=LONGEST_COMMENT)
    role: Role = "review"
    model: str | None = Field(None, description="SHA-256 of the model whose results you have read.")


class DecisionOut(BaseModel):
    """A decision as it is stored: see the table `decisions`."""

    id: int
    reviewer: str
    role: Role
    blind: bool
    action: Action
    position: int | None
    benefit: str | None
    old_status: str | None
    new_status: str | None
    start_offset: int | None
    end_offset: int | None
    comment: str | None
    undoes: int | None
    decided_at: str

    @classmethod
    def of(cls, decision: Decision) -> DecisionOut:
        """Return what the API says of a decision."""
        return cls(**{name: getattr(decision, name) for name in cls.model_fields})


class ReviewOut(BaseModel):
    """A document as it stands after the decisions that you may see."""

    version: int
    finished_by: str | None
    labels: list[LabelOut]
    decisions: list[DecisionOut]

    @classmethod
    def of(cls, review: Review) -> ReviewOut:
        """Return what the API says of a review."""
        return cls(
            version=review.version,
            finished_by=review.finished.reviewer if review.finished else None,
            labels=[LabelOut.of(review.labels[cell]) for cell in sorted(review.labels)],
            decisions=[DecisionOut.of(decision) for decision in review.decisions],
        )


class DocumentResult(BaseModel):
    """A document's result, and its review."""

    result: dict[str, Any]
    review: ReviewOut


def result_out(summary: DocumentSummary, *, passages: bool = False) -> dict[str, Any]:
    """Return a result as the API gives it: in UTF-8, so that a lone surrogate becomes U+FFFD, one for one."""
    result: dict[str, Any] = _encodable(to_json(summary, passages=passages))
    return result


def _encodable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_encodable(key): _encodable(each) for key, each in value.items()}
    return [_encodable(each) for each in value] if isinstance(value, list) else value
