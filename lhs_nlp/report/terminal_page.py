"""How a result is set at a terminal, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lhs_nlp.report.display import (
    MODEL_NOTE,
    NEIGHBOUR,
    PALETTE,
    PROBABILITY_NOTE,
    VERDICTS,
    carried_by,
    clipped,
    concept_names,
    facts,
    heading,
    hues,
    labelled,
    neighbours,
    origin,
    place,
    quoted,
    status_counts,
    status_said,
    two_digits,
)
from lhs_nlp.report.signs import BAR, Signs
from lhs_nlp.wording import within_sentence

if TYPE_CHECKING:
    from lhs_nlp.finding import Finding
    from lhs_nlp.framework import Framework
    from lhs_nlp.report.failure import Failure
    from lhs_nlp.summary import BenefitSummary, DocumentSummary

TITLE = 240
"""Most characters of a title that are shown."""
QUOTATION = 700
"""Most characters of a quotation that are shown."""
WIDE = 72
"""Columns from which there is room for a table."""
GAP = 2
"""Columns between the columns of a table."""


@dataclass(frozen=True, slots=True)
class TerminalPage:
    """Sets a result in lines of a width. Texts are never read as markup: only `Text` is made of them.

    Attributes
    ----------
    console
        Wraps the lines.
    width
        Columns.
    signs
        Characters that can be shown.
    """

    console: Console
    width: int
    signs: Signs

    def failure(self, failure: Failure) -> Iterator[Text]:
        """Yield the lines that say why a document was not read."""
        yield from self._lines(Text(self.signs.fit(failure.source), "bold"))
        yield from self._lines(
            Text.assemble((f"{self.signs.cross} not read", "red"), f" ({self.signs.fit(failure.reason)})")
        )
        yield from self._lines(Text(self.signs.fit(failure.message)))

    def summary(self, summary: DocumentSummary, *, passages: bool) -> Iterator[Text | Table]:
        """Yield the lines and tables of a summary; `passages` quotes all findings."""
        yield from self._lines(Text(clipped(self.signs.fit(heading(summary.document)), TITLE), "bold"))
        yield from self._lines(Text(self.signs.join(facts(summary.document)), "dim"))
        yield Text()
        yield from self._lines(Text(self.signs.fit(summary.text)))
        yield Text()
        yield from self._benefits(summary)
        yield Text()
        yield from self._lines(Text(PROBABILITY_NOTE, "dim"))
        for benefit in summary.benefits:
            findings = quoted(benefit, summary, passages=passages)
            if findings:
                yield Text()
                yield from self._benefit(benefit, summary, findings)
        if summary.stakeholders:
            yield Text()
            yield Text("What it offers to whom", "bold")
            yield self._stakeholders(summary)
        yield Text()
        yield from self._lines(Text(MODEL_NOTE, "dim"))
        yield from self._lines(Text(self.signs.fit(origin(summary)), "dim"))

    def _benefits(self, summary: DocumentSummary) -> Iterator[Text | Table]:
        if self.width >= WIDE:
            yield self._table(summary)
            return
        for benefit in summary.benefits:
            counts = self._counts(benefit, summary)
            said = f" ({self.signs.between.join(counts)})" if counts else ""
            head = Text(f"{self._name(benefit, summary)}: ")
            yield from self._lines(head + self._verdict(benefit) + Text(f" {two_digits(benefit.confidence)}{said}"))

    def _table(self, summary: DocumentSummary) -> Table:
        names = [self._name(benefit, summary) for benefit in summary.benefits]
        verdict = max(len(f"{self.signs.verdicts[key]} {look.words}") for key, look in VERDICTS.items())
        fixed = [min(max(map(cell_len, ["Benefit", *names])), self.width // 3), verdict, len("0.00 ") + BAR]
        widths = (*fixed, self.width - sum(fixed) - GAP * len(fixed))
        table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
        for column, width in zip(("Benefit", "Verdict", "Probability", "Passages"), widths, strict=True):
            table.add_column(column, width=width, overflow="fold")
        table.add_row(*(Text(self.signs.rule * width, "dim") for width in widths))
        for name, benefit in zip(names, summary.benefits, strict=True):
            bar = f"{two_digits(benefit.confidence)} {self.signs.bar(benefit.confidence)}"
            counts = self._packed(self._counts(benefit, summary), widths[-1])
            table.add_row(Text(name), self._verdict(benefit), Text(bar), Text(counts))
        return table

    def _benefit(
        self, benefit: BenefitSummary, summary: DocumentSummary, findings: Sequence[Finding]
    ) -> Iterator[Text]:
        framework = summary.framework
        head = Text.assemble((self._name(benefit, summary), "bold"), "  ")
        yield from self._lines(head + self._verdict(benefit) + Text(f" {two_digits(benefit.confidence)}"))
        concepts = concept_names(benefit.benefit, benefit.concepts, framework)
        if concepts:
            yield from self._lines(Text(self.signs.join(concepts), "dim"), Text("  "))
        edge = Text.assemble((f"  {self.signs.edge} ", PALETTE[hues(framework)[benefit.benefit]].terminal))
        for number, finding in enumerate(findings):
            if number:
                yield edge
            yield from self._lines(self._quotation(finding), edge)
            said = status_said(finding, framework)
            yield from self._lines(Text(self.signs.join([said, *place(finding)]), "dim"), edge)
            yield from self._explanation(finding, summary.framework, edge)

    def _explanation(self, finding: Finding, framework: Framework, edge: Text) -> Iterator[Text]:
        if words := carried_by(finding):
            yield from self._lines(Text(f"Carried by: {', '.join(map(self.signs.fit, words))}"), edge)
        for neighbour in neighbours(finding):
            text = clipped(self.signs.fit(neighbour.text), NEIGHBOUR)
            said = f"Like: {self.signs.opening}{text}{self.signs.closing} ({labelled(neighbour, framework)})"
            yield from self._lines(Text(self.signs.fit(said), "dim"), edge)

    def _quotation(self, finding: Finding) -> Text:
        text = clipped(self.signs.fit_lines(finding.passage.text), QUOTATION)
        return Text(f"{self.signs.opening}{text}{self.signs.closing}")

    def _stakeholders(self, summary: DocumentSummary) -> Table:
        table = Table.grid(padding=(0, GAP, 0, 0), pad_edge=True)
        for who, benefits in summary.stakeholders.items():
            names = [self.signs.fit(summary.framework.benefit(benefit).name) for benefit in benefits]
            table.add_row(Text(self.signs.fit(summary.framework.stakeholder(who).name)), Text(", ".join(names)))
        return table

    def _name(self, benefit: BenefitSummary, summary: DocumentSummary) -> str:
        return self.signs.fit(summary.framework.benefit(benefit.benefit).name)

    def _verdict(self, benefit: BenefitSummary) -> Text:
        look = VERDICTS[benefit.verdict]
        return Text(f"{self.signs.verdicts[benefit.verdict]} {look.words}", look.style)

    def _counts(self, benefit: BenefitSummary, summary: DocumentSummary) -> list[str]:
        counts = status_counts(benefit, summary.framework)
        return [f"{count} {self.signs.fit(within_sentence(status.name))}" for status, count in counts]

    def _packed(self, counts: list[str], width: int) -> str:
        """Return counts on lines that break between counts, never between a number and its word."""
        lines: list[str] = []
        for count in counts:
            longer = f"{lines[-1]}{self.signs.between}{count}" if lines else ""
            if lines and cell_len(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(count)
        return "\n".join(lines)

    def _lines(self, text: Text, edge: Text | None = None) -> Iterator[Text]:
        """Wrap a text; each line begins with the edge."""
        edge = edge or Text()
        for line in text.wrap(self.console, self.width - edge.cell_len):
            yield edge + line
