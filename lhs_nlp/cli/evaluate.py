"""`lhs-nlp evaluate`: how well the model, or predictions from elsewhere, fit labelled passages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lhs_nlp.cli.options import FrameworkFile, Model, Output, ResultFormat, TextOrJson, format_of
from lhs_nlp.printing import printable
from lhs_nlp.wording import counted

if TYPE_CHECKING:
    from lhs_nlp.bundle import Bundle
    from lhs_nlp.calibration import DocumentCalibration
    from lhs_nlp.evaluate import DocumentScores, Gold, PassageScores, Predictions
    from lhs_nlp.framework import Framework

SCHEMA = "lhs-nlp/evaluation/1"


class Level(StrEnum):
    """What is scored."""

    PASSAGE = "passage"
    DOCUMENT = "document"


class By(StrEnum):
    """By what scores are broken down."""

    KIND = "kind"


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(help="Labelled passages: JSON lines, or an export of Label Studio or doccano.", metavar="GOLD"),
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions",
            "-p",
            help="Score these JSON lines, as `classify` writes them.",
            show_default="classify the passages now",
            metavar="FILE",
        ),
    ] = None,
    level: Annotated[Level, typer.Option(help="Score passages, or verdicts on whole documents.")] = Level.PASSAGE,
    by: Annotated[By | None, typer.Option(help="Also score each kind of document by itself.")] = None,
    format: ResultFormat = None,
    output: Output = None,
    model: Model = None,
    framework: FrameworkFile = None,
) -> None:
    """Score predictions beside labelled passages, with 95% intervals.

    Each line of GOLD is {"id", "doc", "text", "labels": {benefit: status}}, and may have `kind`
    and `concepts`. A document claims a benefit when one of its passages does.
    """
    from lhs_nlp.cli.output import keep_inputs, opened, write_json
    from lhs_nlp.evaluate import read_gold, rows_by_kind
    from lhs_nlp.framework import framework_in_use

    keep_inputs(output, gold, predictions, framework)
    chosen = format_of(format, output, TextOrJson.TEXT)
    known = framework_in_use(framework)
    labelled = read_gold(gold, known)
    found, bundle, extra = _predictions(labelled, predictions, known, model, level)
    calibration = _of_documents(bundle, known) if bundle and level is Level.DOCUMENT else None
    scores = _scores(labelled, found, known, calibration)
    rows = rows_by_kind(labelled) if by else {}
    kinds = {kind: _scores(labelled.take(at), found.take(at), known, calibration) for kind, at in rows.items()}
    with opened(output, data=chosen is TextOrJson.JSON) as file:
        if chosen is TextOrJson.TEXT:
            file.write(_heading(gold, predictions, bundle, extra) + _to_text(scores, kinds, known))
            return
        report = {
            "schema": SCHEMA,
            "gold": str(gold),
            "predictions": predictions and str(predictions),
            "predictions_not_in_gold": extra,
            "model": bundle and {"id": bundle.id, "sha256": bundle.sha256},
            "framework": {"id": known.id, "version": known.version},
            "level": level.value,
            "scores": scores.to_dict(),
        }
        report |= {"by_kind": {kind: entry.to_dict() for kind, entry in kinds.items()}} if by else {}
        write_json(file, report)


def _predictions(
    gold: Gold, file: Path | None, framework: Framework, model: Path | None, level: Level
) -> tuple[Predictions, Bundle | None, int]:
    """Return predictions of the passages, the model if one is in use, and how many predictions were left out."""
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.evaluate import read_predictions, to_predictions
    from lhs_nlp.tagger import load

    if file is None:
        tagger = load(model, framework)
        return to_predictions(tagger.classify_texts(gold.texts), framework), tagger.classifier.bundle, 0
    found, extra = read_predictions(file, gold.ids, framework)
    return found, load_bundle(model) if level is Level.DOCUMENT else None, extra


def _of_documents(bundle: Bundle, framework: Framework) -> DocumentCalibration:
    """Return what verdicts follow from; raise FrameworkError where they would not hold."""
    from lhs_nlp.errors import FrameworkError

    if not bundle.labels.claims_like(framework):
        raise FrameworkError(
            f"The verdicts of {bundle.id} were fitted for claims that are {' or '.join(bundle.labels.claims or ())}; "
            f"where they are {' or '.join(framework.claim_ids)}, every verdict needs review, and there is nothing to "
            "score. Score passages: --level passage."
        )
    return bundle.calibration.document


def _scores(
    gold: Gold, predictions: Predictions, framework: Framework, calibration: DocumentCalibration | None
) -> PassageScores | DocumentScores:
    """Return the scores of documents if there is a calibration for them, else those of passages."""
    from lhs_nlp.evaluate import document_claims, document_verdicts, score_documents, score_passages

    if calibration is None:
        return score_passages(gold, predictions, framework)
    verdicts = document_verdicts(predictions.claim_probability, predictions.claimed, gold.docs, calibration)
    return score_documents(document_claims(gold, framework), verdicts, framework)


def _heading(gold: Path, predictions: Path | None, bundle: Bundle | None, extra: int) -> str:
    sources = [f"Gold: {gold}"]
    sources += [f"Predictions: {predictions}"] if predictions else []
    sources += [f"Model: {bundle.id}"] if bundle else []
    sources += [f"Left out, as gold does not have their passages: {counted(extra, 'prediction')}"] if extra else []
    return printable("\n".join(sources)) + "\n"


def _to_text(scores: PassageScores | DocumentScores, kinds: dict[str, Any], framework: Framework) -> str:
    from lhs_nlp.evaluate import PassageScores, documents_to_text, kinds_to_text, passages_to_text

    if isinstance(scores, PassageScores):
        whole = passages_to_text(scores, framework)
    else:
        whole = documents_to_text(scores, framework)
    return whole + ("\n" + kinds_to_text(kinds) if kinds else "")
