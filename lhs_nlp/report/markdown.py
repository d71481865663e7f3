"""Results as Markdown (CommonMark with tables), for notes, issues and wikis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lhs_nlp.report.display import (
    MODEL_NOTE,
    NEIGHBOUR,
    PROBABILITY_NOTE,
    VERDICTS,
    carried_by,
    clipped,
    concept_names,
    facts,
    heading,
    in_lines,
    labelled,
    neighbours,
    one_line,
    origin,
    place,
    quoted,
    stakeholder_names,
    status_counts,
    status_said,
    two_digits,
)
from lhs_nlp.report.failure import Failure, Result, each
from lhs_nlp.wording import within_sentence

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding
    from lhs_nlp.summary import BenefitSummary, DocumentSummary

_SPECIAL = re.compile(r"([\\`*_~\[\]<&|#$])")
_LEADING = re.compile(r"^(\d*)([-+=>.)])")


def to_markdown(results: Result | Iterable[Result], *, passages: bool = False) -> str:
    """Return results as Markdown, one after another, in which no text of a document acts as markup.

    Parameters
    ----------
    results
        One result or several.
    passages
        Quote all findings, not the best quotations alone.
    """
    parts = [
        "\n\n".join(_failure(one) if isinstance(one, Failure) else _summary(one, passages=passages))
        for one in each(results)
    ]
    return "\n\n---\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it is, within a line."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def escaped_line(text: str) -> str:
    """Return text on one line that Markdown shows as it is, at the start of a line too."""
    return _LEADING.sub(r"\1\\\2", escaped(text))


def escaped_lines(text: str) -> str:
    """Return text within a block quotation that Markdown shows as it is, with a line a paragraph, item or row."""
    return "\\\n> ".join(map(escaped_line, in_lines(text)))


def _failure(failure: Failure) -> Iterator[str]:
    yield f"# {escaped(failure.source)}"
    yield f"Not read ({escaped(failure.reason)}): {escaped(failure.message)}"


def _summary(summary: DocumentSummary, *, passages: bool) -> Iterator[str]:
    framework = summary.framework
    yield f"# {escaped(heading(summary.document))}"
    yield escaped_line(" · ".join(facts(summary.document)))
    yield escaped_line(summary.text)
    yield "\n".join(_table(summary))
    yield PROBABILITY_NOTE
    for benefit in summary.benefits:
        findings = quoted(benefit, summary, passages=passages)
        if findings:
            yield from _benefit(benefit, summary, findings)
    if summary.stakeholders:
        yield "## What it offers to whom"
        yield "\n".join(
            f"- **{escaped(framework.stakeholder(who).name)}**: "
            + ", ".join(escaped(framework.benefit(benefit).name) for benefit in benefits)
            for who, benefits in summary.stakeholders.items()
        )
    yield f"{MODEL_NOTE} {escaped(origin(summary))}"


def _table(summary: DocumentSummary) -> Iterator[str]:
    yield "| Benefit | Verdict | Probability | Passages |"
    yield "| --- | --- | ---: | --- |"
    for benefit in summary.benefits:
        look = VERDICTS[benefit.verdict]
        counts = status_counts(benefit, summary.framework)
        cells = (
            escaped(summary.framework.benefit(benefit.benefit).name),
            f"{look.sign} {look.words}",
            two_digits(benefit.confidence),
            ", ".join(f"{count} {escaped(within_sentence(status.name))}" for status, count in counts),
        )
        yield f"| {' | '.join(cells)} |"


def _benefit(benefit: BenefitSummary, summary: DocumentSummary, findings: Sequence[Finding]) -> Iterator[str]:
    framework = summary.framework
    name, look = escaped(framework.benefit(benefit.benefit).name), VERDICTS[benefit.verdict]
    yield f"## {name}: {look.words} ({two_digits(benefit.confidence)})"
    concepts = concept_names(benefit.benefit, benefit.concepts, framework)
    if concepts:
        yield f"Key concepts: {', '.join(map(escaped, concepts))}"
    stakeholders = stakeholder_names(benefit.stakeholders, framework)
    if stakeholders:
        yield f"Offered to: {', '.join(map(escaped, stakeholders))}"
    for finding in findings:
        yield _quotation(finding, summary)


def _quotation(finding: Finding, summary: DocumentSummary) -> str:
    said = status_said(finding, summary.framework)
    lines = [f"“{escaped_lines(finding.passage.text)}”", f"— {', '.join(map(escaped, [said, *place(finding)]))}"]
    if words := carried_by(finding):
        lines.append(f"Carried by: {', '.join(map(escaped, words))}")
    for neighbour in neighbours(finding):
        text = escaped(clipped(one_line(neighbour.text), NEIGHBOUR))
        lines.append(f"Like: “{text}” ({escaped(labelled(neighbour, summary.framework))})")
    return "\n>\n".join(f"> {line}" for line in lines)
