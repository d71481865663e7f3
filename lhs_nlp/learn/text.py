"""Before and after, as text."""

from __future__ import annotations

import math
from collections.abc import Iterator

from lhs_nlp.bundle import Bundle
from lhs_nlp.evaluate import Estimate
from lhs_nlp.evaluate.tables import interval, paragraph, table
from lhs_nlp.framework import Framework
from lhs_nlp.learn.comparing import Comparison, signed
from lhs_nlp.learn.corrections import Corrections
from lhs_nlp.learn.learning import Learned
from lhs_nlp.wording import counted

_SHOWN = 5
_FEW = 10
"""Below so many documents an interval says less than it seems to."""


def learned_to_text(learned: Learned, framework: Framework) -> str:
    """Return what was learned, and what was measured, before and after."""
    said = paragraph(" ".join(_remarks(learned)))
    if learned.comparison:
        said += paragraph("Each document scored by a model that had not seen its corrections:")
        said += _table(learned.comparison, framework)
    if learned.checked:
        said += "\nOn the passages to check on:\n" + _table(learned.checked, framework)
    return said


def _remarks(learned: Learned) -> Iterator[str]:
    """Yield a sentence on each thing that the numbers do not say of themselves."""
    moved = {"presence": learned.refit.presence, "status": learned.refit.status}
    said = [f"the heads of {task} have {'stayed' if math.isinf(pull) else 'moved'}" for task, pull in moved.items()]
    yield f"{' and '.join(said)}.".capitalize()
    if learned.background:
        yield f"What held them was also {counted(learned.background, 'labelled passage')} that the model carries."
    else:
        yield "The model carries no labelled passages that would hold them too."
    measured = learned.comparison
    if measured and measured.after.documents < _FEW:
        yield (
            f"Measured on {counted(measured.after.documents, 'document')}: "
            "so few say little, however narrow the intervals."
        )
    if learned.again:
        yield (
            "The model had learned from corrections before. If these are among them, it knows them, and all that was "
            "measured on them is too good; learn from all of them anew, with --model the one before it."
        )


def corrections_to_text(corrections: Corrections) -> str:
    """Say how many corrections there are, and which were left out."""
    said = (
        f"Corrections: {counted(len(corrections.passages), 'passage')} of {counted(corrections.documents, 'document')}."
    )
    if corrections.elsewhere:
        said += (
            f" On results for another framework with the same benefits and statuses: {corrections.elsewhere} of them."
        )
    if corrections.partly:
        said += (
            f" Nobody decided on all benefits of {counted(corrections.partly, 'passage')}: what the model had found of "
            "the others is learned as right, and measured by, as if it had been accepted."
        )
    if corrections.with_concepts:
        said += f" Left out, as key concepts are not learned: those of {counted(corrections.with_concepts, 'passage')}."
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


def framework_to_text(bundle: Bundle, framework: Framework) -> str:
    """Say in what a framework is not learned as it is; empty where the model was made for all of it."""
    return "".join(paragraph(said) for said in _differences(bundle, framework))


def _differences(bundle: Bundle, framework: Framework) -> Iterator[str]:
    unknown = set(framework.concept_keys) - set(bundle.labels.concepts)
    if unknown:
        yield (
            f"Key concepts are not learned: {counted(len(unknown), 'key concept')} of the framework that the model "
            "does not know can be found by cues alone, as before."
        )
    if not bundle.labels.claims_like(framework):
        yield (
            f"In the framework a claim is {' or '.join(framework.claim_ids)}; in the model, and so in what is said of "
            f"claims here, {' or '.join(bundle.labels.claims or ())}."
        )


def scores(comparison: Comparison, framework: Framework) -> list[tuple[str, Estimate, Estimate]]:
    """Return what is scored, and its values before and after; a benefit's name is indented."""
    before, after = comparison.before, comparison.after
    of_benefits = [
        (
            f"  {benefit.name}",
            before.presence.by_benefit[benefit.id].counted.f1,
            after.presence.by_benefit[benefit.id].counted.f1,
        )
        for benefit in framework.benefits
    ]
    return [
        ("Presence, mean F1", before.presence.macro["f1"].estimate, after.presence.macro["f1"].estimate),
        *of_benefits,
        ("Presence, all decisions", before.presence.pooled.counted.f1, after.presence.pooled.counted.f1),
        ("Claims, mean F1", before.claims.macro["f1"].estimate, after.claims.macro["f1"].estimate),
        ("Status, accuracy", before.status.overall.accuracy, after.status.overall.accuracy),
        ("Log loss (lower is better)", comparison.log_loss_before, comparison.log_loss_after),
    ]


def changes(comparison: Comparison) -> list[tuple[str, str]]:
    """Return by how much the measures that count have changed, each with its 95% interval."""
    measures = [
        ("Presence, mean F1", comparison.presence_f1),
        ("Claims, mean F1", comparison.claims_f1),
        ("Log loss", comparison.log_loss),
    ]
    return [(name, signed(change)) for name, change in measures]


def _table(comparison: Comparison, framework: Framework) -> str:
    """Return a table of the scores before and after, with 95% intervals."""
    rows = [(name, interval(before), interval(after)) for name, before, after in scores(comparison, framework)]
    return table(("", "Before", "After"), rows) + table(("Change", ""), changes(comparison))
