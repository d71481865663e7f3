"""A small language to write documents, and what is found in them, by hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lhs_nlp.documents import Block, BlockKind, Document
from lhs_nlp.finding import Finding
from lhs_nlp.framework import (
    Framework,
    default_framework,
)
from lhs_nlp.passages import Passage
from lhs_nlp.summary import BenefitSummary, DocumentSummary, Verdict

GAP = "\n\n"


@dataclass(frozen=True)
class Found:
    """A benefit to be found in a passage."""

    benefit: str
    status: str
    probability: float = 0.9
    concepts: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    dimension: str = "project"


@dataclass(frozen=True)
class Said:
    """A passage to be written, and what is found in it."""

    text: str
    found: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A block to be written, made of passages; `page` begins a new page before it."""

    kind: BlockKind
    said: tuple[Said, ...]
    level: int | None = None
    page: bool = False


@dataclass(frozen=True)
class About:
    """What a document says of itself."""

    title: str | None = None
    source: str = "proposal.pdf"
    format: str = "pdf"
    section: str = "Aim"
    paged: bool = True
    metadata: Mapping[str, str] = field(default_factory=dict)


def heading(text: str, level: int = 1, *, page: bool = False) -> Piece:
    return Piece("heading", (Said(text),), level, page)


def paragraph(*said: Said | str, page: bool = False) -> Piece:
    return Piece("paragraph", _all_said(said), page=page)


def item(*said: Said | str) -> Piece:
    return Piece("item", _all_said(said))


def row(*cells: str) -> Piece:
    return Piece("row", (Said(" | ".join(cells)),))


def _all_said(said: Iterable[Said | str]) -> tuple[Said, ...]:
    return tuple(Said(part) if isinstance(part, str) else part for part in said)


def write(pieces: Sequence[Piece], about: About) -> tuple[Document, list[tuple[Passage, Said]]]:
    """Write a document from its pieces, and say where each passage of its running text stands."""
    text, blocks, pages, passages = "", [], [0], list[tuple[Passage, Said]]()
    section: str | None = None
    for piece in pieces:
        text += GAP if text else ""
        if piece.page:
            pages.append(len(text))
        start = len(text)
        for said in piece.said:
            text += " " if len(text) > start else ""
            at = len(text)
            text += said.text
            if piece.kind in ("paragraph", "item"):
                page = len(pages) if about.paged else None
                passages.append((Passage(len(passages), said.text, at, len(text), section, page), said))
        blocks.append(Block(piece.kind, start, len(text), piece.level))
        section = piece.said[0].text if piece.kind == "heading" else section
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    document = Document(
        id=sha256[:16],
        title=about.title,
        source=about.source,
        format=about.format,
        text=text,
        blocks=tuple(blocks),
        sha256=sha256,
        page_starts=tuple(pages) if about.paged else (),
        metadata=about.metadata,
    )
    return document, passages


def finding(passage: Passage, found: Found, framework: Framework) -> Finding:
    """Make a finding with the probabilities that its status suggests."""
    rest = 0.2 / max(1, len(framework.statuses) - 1)
    shares = {status.id: 0.8 if status.id == found.status else rest for status in framework.statuses}
    claim = found.probability * sum(shares[status] for status in framework.claim_ids)
    claimed = framework.status(found.status).claim and claim >= 0.5
    return Finding(
        passage=passage,
        benefit=found.benefit,
        probability=found.probability,
        present=found.probability >= 0.5,
        status=found.status,
        status_probabilities=shares,
        claim_probability=claim,
        claimed=claimed,
        dimension=found.dimension if claimed else None,
        concepts=found.concepts,
        stakeholders=found.stakeholders if claimed else (),
    )


def summary_of(
    document: Document,
    written: Sequence[tuple[Passage, Said]],
    verdicts: dict[str, tuple[Verdict, float]],
    text: str,
    framework: Framework | None = None,
) -> DocumentSummary:
    """Summarise what was written, with verdicts as given and `not_claimed` for the rest."""
    framework = framework or default_framework()
    everything = [finding(passage, found, framework) for passage, said in written for found in said.found]
    benefits = tuple(
        _benefit(benefit.id, [one for one in everything if one.benefit == benefit.id], verdicts, framework)
        for benefit in framework.benefits
    )
    return DocumentSummary(
        document=document,
        passages=tuple(passage for passage, _ in written),
        findings=tuple(one for one in everything if one.present),
        benefits=benefits,
        text=text,
        stakeholders={
            who.id: offered
            for who in framework.stakeholders
            if (
                offered := tuple(
                    one.benefit for one in benefits if one.verdict == "claimed" and who.id in one.stakeholders
                )
            )
        },
        framework=framework,
        model_id="lhs-benefits-test",
        model_sha256="0f" * 32,
    )


def _benefit(
    benefit: str, findings: list[Finding], verdicts: dict[str, tuple[Verdict, float]], framework: Framework
) -> BenefitSummary:
    verdict, confidence = verdicts.get(benefit, ("not_claimed", 0.0213))
    present = [one for one in findings if one.present]
    counts = Counter(one.status for one in present)
    return BenefitSummary(
        benefit=benefit,
        verdict=verdict,
        confidence=confidence,
        statuses={status: counts[status] for status in framework.status_ids},
        concepts=tuple(key for key, _ in Counter(key for one in present for key in one.concepts).most_common()),
        stakeholders=tuple(key for key, _ in Counter(key for one in present for key in one.stakeholders).most_common()),
        evidence=tuple(sorted(findings, key=lambda one: -one.claim_probability)[:3]),
    )
