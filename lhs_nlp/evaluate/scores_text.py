"""Scores for people: tables with precision, recall, F1 and calibration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lhs_nlp.evaluate.bootstrap import Estimate
from lhs_nlp.evaluate.concepts import ConceptScores
from lhs_nlp.evaluate.detection import MEASURES, Counted, Detection, DetectionScores
from lhs_nlp.evaluate.documents import DocumentScores
from lhs_nlp.evaluate.passages import PassageScores
from lhs_nlp.evaluate.statuses import StatusScores
from lhs_nlp.evaluate.tables import NO_INTERVAL, UNDEFINED, interval, number, over_how_many, paragraph, table
from lhs_nlp.framework import Framework
from lhs_nlp.wording import counted

NOTE = (
    "In brackets 95% intervals from resampled documents; those of the other columns are in the JSON form. "
    f"{NO_INTERVAL} "
    "AP: average precision. ECE: expected calibration error in 10 bins of equal mass. "
    "-: not defined, for want of positives in gold or of predictions; means leave it out."
)


def passages_to_text(scores: PassageScores, framework: Framework) -> str:
    """Return the scores of passages as plain text."""
    parts = [
        f"{counted(scores.passages, 'passage')} of {counted(scores.documents, 'document')}\n",
        "Presence: the passage speaks of the benefit\n" + detection_to_text(scores.presence, framework),
        "Claims: the passage claims the benefit\n" + detection_to_text(scores.claims, framework),
        "Status, where gold has the benefit: rows as in gold, columns as predicted\n"
        + _statuses(scores.status, framework),
        _by_benefit(scores.status, scores.concepts, framework),
        paragraph(NOTE),
    ]
    return "\n".join(parts)


def documents_to_text(scores: DocumentScores, framework: Framework) -> str:
    """Return the scores of documents as plain text."""
    names = [benefit.name for benefit in framework.benefits] + ["All benefits"]
    bands = [*scores.band_by_benefit.values(), scores.band]
    rows = [(name, interval(band.review), interval(band.missed)) for name, band in zip(names, bands, strict=True)]
    parts = [
        f"{counted(scores.documents, 'document')}\n",
        'Claims: the verdict is "claimed"\n' + detection_to_text(scores.claims, framework),
        "The band of review: share of verdicts in it, and share of claimed benefits\nmissed below it\n"
        + table(("Benefit", "Needs review", "Missed"), rows),
        paragraph(NOTE),
    ]
    return "\n".join(parts)


def kinds_to_text(scores: Mapping[str, PassageScores] | Mapping[str, DocumentScores]) -> str:
    """Return the main scores of each kind of document as plain text."""
    heads = ("Kind", "Passages", "Documents", "Presence F1", "Claims F1", "Status")
    return (
        "By kind of document (mean F1 over benefits; accuracy of status)\n"
        + table(heads, [(kind, *_kind(entry)) for kind, entry in scores.items()])
        + _over_fewer(scores)
    )


def _over_fewer(scores: Mapping[str, PassageScores] | Mapping[str, DocumentScores]) -> str:
    """Return a line that tells whose means leave benefits out, as they are then means of different things."""
    fewer = [f"{kind} {told}" for kind, entry in scores.items() if (told := _left_out(entry))]
    return paragraph(f"Means that leave benefits out, as gold has none of them: {'; '.join(fewer)}.") if fewer else ""


def _left_out(scores: PassageScores | DocumentScores) -> str:
    """E.g. ``presence over 5, claims over 3``; empty where both means are over all benefits."""
    tasks = {"presence": scores.presence} if isinstance(scores, PassageScores) else {}
    overs = {name: task.macro["f1"].over for name, task in (tasks | {"claims": scores.claims}).items()}
    return ", ".join(f"{name} over {over}" for name, over in overs.items() if over < len(scores.claims.by_benefit))


def _kind(scores: PassageScores | DocumentScores) -> Iterator[str]:
    claims = interval(scores.claims.macro["f1"].estimate)
    if isinstance(scores, DocumentScores):
        yield from (UNDEFINED, str(scores.documents), UNDEFINED, claims, UNDEFINED)
    else:
        presence, status = scores.presence.macro["f1"].estimate, scores.status.overall.accuracy
        yield from (str(scores.passages), str(scores.documents), interval(presence), claims, interval(status))


def detection_to_text(scores: DetectionScores, framework: Framework) -> str:
    """Return the scores of one task as a table: a row a benefit, their mean, and all decisions pooled."""
    heads = ("Benefit", "Gold", "Found", "Prec.", "Rec.", "F1", "AP", "ECE", "Brier")
    rows = [
        (framework.benefit(benefit).name, *_detection(detection)) for benefit, detection in scores.by_benefit.items()
    ]
    means = [scores.macro[name] for name in MEASURES]
    called, fewer = over_how_many(dict(zip(heads[3:], means, strict=True)))
    macro = (called, "", "", *_measures(*(mean.estimate for mean in means)))
    return table(heads, [*rows, macro, ("All decisions", *_detection(scores.pooled))]) + fewer


def _detection(scores: Detection) -> tuple[str, ...]:
    counted = scores.counted
    estimates = (counted.precision, counted.recall, counted.f1, scores.average_precision, scores.ece, scores.brier)
    return (str(counted.support), str(counted.predicted), *_measures(*estimates))


def _measures(
    precision: Estimate, recall: Estimate, f1: Estimate, ranking: Estimate, ece: Estimate, brier: Estimate
) -> tuple[str, ...]:
    counts = (number(precision.value), number(recall.value), interval(f1), number(ranking.value))
    return (*counts, number(ece.value, 3), number(brier.value, 3))


def _statuses(scores: StatusScores, framework: Framework) -> str:
    names = [status.name for status in framework.statuses]
    rows = [
        (framework.status(status).name, str(share.support), interval(share.accuracy), *map(str, row.values()))
        for (status, share), row in zip(scores.by_status.items(), scores.confusion.values(), strict=True)
    ]
    mean = (f"Mean over {scores.macro.over}", "", interval(scores.macro.estimate))
    overall = ("All", str(scores.overall.support), interval(scores.overall.accuracy))
    heads = ("In gold", "Cases", "Accuracy", *names)
    return table(heads, [*rows, mean, overall])


def _by_benefit(status: StatusScores, concepts: ConceptScores | None, framework: Framework) -> str:
    rows = []
    for benefit in framework.benefits:
        share = status.by_benefit[benefit.id]
        found = _concepts(concepts.by_benefit[benefit.id] if concepts else None)
        rows.append((benefit.name, str(share.support), interval(share.accuracy), *found))
    overall = (str(status.overall.support), interval(status.overall.accuracy))
    rows.append(("All benefits", *overall, *_concepts(concepts.overall if concepts else None)))
    heads = ("Benefit", "Cases", "Status", "Concepts", "Prec.", "Rec.", "F1")
    return "Status and key concepts of each benefit, where gold has it\n" + table(heads, rows)


def _concepts(counted: Counted | None) -> tuple[str, ...]:
    if counted is None:
        return (UNDEFINED,) * 4
    rates = (number(counted.precision.value), number(counted.recall.value), interval(counted.f1))
    return (str(counted.support), *rates)
