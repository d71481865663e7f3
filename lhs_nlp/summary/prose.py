"""One paragraph in plain words, made from verdicts and findings alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lhs_nlp.finding import Finding
from lhs_nlp.framework import Framework, Status
from lhs_nlp.summary.types import BenefitSummary
from lhs_nlp.wording import counted, listed, within_sentence

_CONCEPTS = 3


def describe(
    benefits: Sequence[BenefitSummary],
    findings: Sequence[Finding],
    framework: Framework,
    passages: int,
    *,
    english: bool = True,
    fitted: bool = True,
) -> str:
    """Say in one paragraph what the document claims, may claim, mentions and leaves out.

    Parameters
    ----------
    benefits, findings
        What was found of each benefit, and in which passages: the key concepts of claims are named.
    framework
        What was looked for.
    passages
        How many the document holds.
    english
        Whether it looks like English prose.
    fitted
        Whether the framework counts the same statuses as claims as the model's verdicts.
    """
    untold = _untold(framework, passages, english=english, fitted=fitted)
    if untold:
        return untold
    claimed = [summary for summary in benefits if summary.verdict == "claimed"]
    unsure = [summary for summary in benefits if summary.verdict == "needs_review"]
    rest = [summary for summary in benefits if summary.verdict == "not_claimed"]
    denied = {
        status: [summary for summary in (*unsure, *rest) if summary.statuses[status.id]]
        for status in _of_own_work(framework)
        if not status.claim
    }
    told = {summary.benefit for summaries in denied.values() for summary in summaries}
    mentioned = [summary for summary in rest if sum(summary.statuses.values()) and summary.benefit not in told]
    absent = [summary for summary in rest if not sum(summary.statuses.values())]
    sentences = [_claims(claimed, findings, framework)]
    if unsure:
        sentences.append(f"Whether it claims {_names(unsure, framework, 'or')} needs a reader's decision.")
    for status, summaries in denied.items():
        if summaries:
            sentences.append(f"It reports {_names(summaries, framework, 'and')} as {within_sentence(status.name)}.")
    if mentioned:
        it = "it" if len(mentioned) == 1 else "them"
        sentences.append(f"It speaks of {_names(mentioned, framework, 'and')} without claiming {it}.")
    if absent and len(absent) < len(benefits):
        sentences.append(f"It does not speak of {_names(absent, framework, 'or')}.")
    return " ".join(sentences)


def _untold(framework: Framework, passages: int, *, english: bool, fitted: bool) -> str | None:
    """Say why the model cannot tell what the document claims; None where it can."""
    if not passages:
        return "The document holds no passages, so nothing can be said of its benefits."
    if not english:
        return (
            "The document does not look like English prose, which is all that the model reads: it needs a reader's "
            "decision."
        )
    if not fitted:
        statuses = [within_sentence(status.name) for status in framework.statuses if status.claim]
        return (
            f"A benefit counts as claimed where it is {listed(statuses, 'or')}, for which the model's verdicts were "
            "not fitted: what the document claims needs a reader's decision."
        )
    return None


def _claims(claimed: Sequence[BenefitSummary], findings: Sequence[Finding], framework: Framework) -> str:
    total = len(framework.benefits)
    if not claimed:
        return f"The document clearly claims none of the {total} benefits of the framework."
    parts = [_claim(summary, findings, framework) for summary in claimed]
    return f"The document claims {len(claimed)} of the {total} benefits: {listed(parts, 'and', '; ')}."


def _claim(summary: BenefitSummary, findings: Sequence[Finding], framework: Framework) -> str:
    """E.g. ``quality (2 passages achieved, 1 not achieved, 5 anticipated; health outcomes, timeliness)``."""
    counts = [
        (summary.statuses[status.id], within_sentence(status.name))
        for status in _of_own_work(framework)
        if summary.statuses[status.id]
    ]
    said = ", ".join(
        f"{counted(count, 'passage')} {name}" if at == 0 else f"{count:,} {name}"
        for at, (count, name) in enumerate(counts)
    )
    claims = (finding for finding in findings if finding.benefit == summary.benefit and finding.claimed)
    # Not the summary's, which are of passages that only speak of the benefit, too: those would read as claimed.
    frequent = Counter(concept for finding in claims for concept in finding.concepts).most_common(_CONCEPTS)
    concepts = ", ".join(within_sentence(framework.concept(summary.benefit, concept).name) for concept, _ in frequent)
    details = "; ".join(part for part in (said, concepts) if part)
    return f"{within_sentence(framework.benefit(summary.benefit).name)} ({details})"


def _of_own_work(framework: Framework) -> list[Status]:
    """Return the statuses that tell of the document's own work, claimed or denied, highest rank first."""
    lowest = min(status.rank for status in framework.statuses if status.claim)
    return sorted((status for status in framework.statuses if status.rank >= lowest), key=lambda status: -status.rank)


def _names(summaries: Sequence[BenefitSummary], framework: Framework, link: str) -> str:
    return listed([within_sentence(framework.benefit(summary.benefit).name) for summary in summaries], link)
