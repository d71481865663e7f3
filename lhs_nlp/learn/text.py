"""Before and after, as text of at most 80 columns."""

from __future__ import annotations

from lhs_nlp.evaluate import Estimate
from lhs_nlp.evaluate.tables import interval, paragraph, table
from lhs_nlp.framework import Framework
from lhs_nlp.learn.comparing import Comparison, signed
from lhs_nlp.learn.corrections import Corrections
from lhs_nlp.learn.learning import Learned
from lhs_nlp.report.display import counted

_SHOWN = 5


def learned_to_text(learned: Learned, framework: Framework) -> str:
    """Return what was measured, before and after."""
    said = ""
    if learned.comparison:
        said += paragraph("Each document scored by a model that had not seen its corrections:")
        said += _table(learned.comparison, framework)
    if learned.checked:
        said += "\nOn the passages to check on:\n" + _table(learned.checked, framework)
    return said


def corrections_to_text(corrections: Corrections) -> str:
    """Say how many corrections there are, and which were left out."""
    said = (
        f"Corrections: {counted(len(corrections.passages), 'passage')} of {counted(corrections.documents, 'document')}."
    )
    if corrections.repeated:
        said += f" Left out, as another says the same of the same text: {corrections.repeated}."
    if corrections.contradicted:
        named = ", ".join(corrections.contradicted[:_SHOWN])
        more = ", ..." if len(corrections.contradicted) > _SHOWN else ""
        said += (
            f" Left out, as another says something else of the same text: {len(corrections.contradicted)}"
            f" ({named}{more})."
        )
    return paragraph(said)


def _table(comparison: Comparison, framework: Framework) -> str:
    """Return a table of the scores before and after, with 95% intervals."""
    before, after = comparison.before, comparison.after
    rows = [
        _row("Presence, mean F1", before.presence.macro["f1"].estimate, after.presence.macro["f1"].estimate),
        *(
            _row(f"  {benefit.name}", *(s.presence.by_benefit[benefit.id].counted.f1 for s in (before, after)))
            for benefit in framework.benefits
        ),
        _row("Presence, all decisions", before.presence.pooled.counted.f1, after.presence.pooled.counted.f1),
        _row("Claims, mean F1", before.claims.macro["f1"].estimate, after.claims.macro["f1"].estimate),
        _row("Status, accuracy", before.status.overall.accuracy, after.status.overall.accuracy),
        _row("Log loss (lower is better)", comparison.log_loss_before, comparison.log_loss_after),
    ]
    changes = [
        ("Presence, mean F1", comparison.presence_f1),
        ("Claims, mean F1", comparison.claims_f1),
        ("Log loss", comparison.log_loss),
    ]
    return table(("", "Before", "After"), rows) + table(
        ("Change", ""), [(name, signed(change)) for name, change in changes]
    )


def _row(name: str, before: Estimate, after: Estimate) -> tuple[str, str, str]:
    return name, interval(before), interval(after)
