"""Agreement for people: tables of coefficients, and the passages to talk about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lhs_nlp.evaluate.agreement import Agreement, Disagreement
from lhs_nlp.evaluate.bootstrap import Estimate
from lhs_nlp.evaluate.tables import NO_INTERVAL, interval, number, over_how_many, paragraph, table
from lhs_nlp.evaluate.tasks import COEFFICIENTS, Coefficients, TaskAgreement
from lhs_nlp.framework import Framework
from lhs_nlp.wording import counted

NOTE = (
    "A and B: positives of the first and of the second file. Agreed: share of the cases with the same label. "
    f"Kappa: Cohen; alpha: Krippendorff, nominal. In brackets 95% intervals from resampled documents. {NO_INTERVAL} "
    "-: not defined; means leave it out."
)
_IDS_SHOWN = 5


def agreement_to_text(agreement: Agreement, framework: Framework, show: int) -> str:
    """Return an agreement as plain text, with the first `show` disagreements."""
    parts = [
        f"{counted(agreement.passages, 'passage')} of {counted(agreement.documents, 'document')}, labelled by both\n"
        + _only("first", agreement.only_first)
        + _only("second", agreement.only_second),
        "Presence: the passage speaks of the benefit\n" + _task(agreement.presence, framework, "yes"),
        "Claims: the passage claims the benefit\n" + _task(agreement.claims, framework, "yes"),
        "Status, where both see the benefit\n" + _task(agreement.status, framework),
    ]
    if agreement.concepts:
        parts.append("Key concepts, where both see the benefit\n" + _task(agreement.concepts, framework, "yes"))
    parts += [paragraph(NOTE), *_disagreements(agreement.disagreements, framework, show)]
    return "\n".join(parts)


def _only(which: str, ids: Sequence[str]) -> str:
    if not ids:
        return ""
    named = ", ".join(ids[:_IDS_SHOWN]) + (", ..." if len(ids) > _IDS_SHOWN else "")
    return paragraph(f"Left out, as only the {which} file has them: {len(ids)} ({named})")


def _task(task: TaskAgreement, framework: Framework, positive: str | None = None) -> str:
    """Return a table of coefficients, and why one is missing; with counts of the positive label if there is one."""
    heads = ("Benefit", "Cases", *(("A", "B") if positive else ()), "Agreed", "Kappa", "Alpha")
    named = [(framework.benefit(benefit).name, entry) for benefit, entry in task.by_benefit.items()]
    rows = [_row(name, entry, positive) for name, entry in [*named, ("All cases", task.pooled)]]
    called, fewer = over_how_many({head: task.macro[name] for head, name in zip(heads[-3:], COEFFICIENTS, strict=True)})
    means = _coefficients(*(task.macro[name].estimate for name in COEFFICIENTS))
    rows.insert(-1, (called, *[""] * (len(heads) - 4), *means))
    reasons = [f"{name}: no kappa, {entry.undefined}.\n" for name, entry in named if entry.undefined]
    return table(heads, rows) + fewer + "".join(reasons)


def _row(name: str, entry: Coefficients, positive: str | None) -> tuple[str, ...]:
    counts = (str(entry.first[positive]), str(entry.second[positive])) if positive else ()
    return (name, str(entry.units), *counts, *_coefficients(entry.observed, entry.kappa, entry.alpha))


def _coefficients(observed: Estimate, kappa: Estimate, alpha: Estimate) -> tuple[str, str, str]:
    return number(observed.value), interval(kappa), interval(alpha)


def _disagreements(entries: Sequence[Disagreement], framework: Framework, show: int) -> Iterator[str]:
    found = f"{counted(len(entries), 'disagreement')} on presence or status"
    yield f"{found}, the first:\n" if entries[:show] else f"{found}\n"
    for entry in entries[:show]:
        names = [framework.status(status).name if status else "absent" for status in (entry.first, entry.second)]
        benefit = framework.benefit(entry.benefit).name
        yield paragraph(f"{entry.id} {benefit}: {names[0]} / {names[1]}") + paragraph(entry.text, indent=2)
