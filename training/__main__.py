"""``python -m training``: labelled passages in, a model bundle with metrics and card out."""

from __future__ import annotations

import argparse
import json
import logging
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lhs_nlp.bundle import CARD, MANIFEST, METRICS, hash_file, load_bundle, write_manifest
from lhs_nlp.framework import Framework, default_framework
from lhs_nlp.tagger import load
from training.base import REQUIREMENT, SHA256, base_encoder
from training.build import write_model
from training.calibrate import fit_calibration
from training.card import write_card
from training.crossfit import average, crossfit, score
from training.data import (
    Folds,
    LabelledPassages,
    concatenate,
    fingerprint,
    read_authored,
    read_passages,
    read_real,
)
from training.finetune import Recipe
from training.measure import headline, measure, measure_logits

NAME = "lhs-benefits-minilm-1.0.0"
FOLDS = Folds(count=6, left_out=2)
RESULTS = Path("training/results.jsonl")

log = logging.getLogger("training")


def main() -> None:
    """Train, calibrate, export and measure; each stage that is done is kept in the work folder."""
    parser = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with passages/train.jsonl and dev.jsonl")
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of authored/ and standoff/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and scores")
    parser.add_argument("--output", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--only-evaluate", action="store_true", help="measure the bundle again and write its card")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    framework = default_framework()
    if not options.only_evaluate:
        train(framework, options.shared, options.corpora, options.work, options.output, Recipe(seed=options.seed))
    finish(framework, options.shared, options.corpora, options.output)


def train(framework: Framework, shared: Path, corpora: Path, work: Path, output: Path, recipe: Recipe) -> None:
    """Train networks with documents left out, calibrate on these, average the networks, and write the bundle.

    Checkpoints lie in a folder of `work` that is named by the data, so that changed labels
    never resume an old run.
    """
    base = base_encoder()
    real = read_real(shared, corpora, framework)
    authored = read_authored(corpora / "authored", "train", framework)
    log.info("%d real and %d authored passages", len(real), len(authored))
    work = work / fingerprint(concatenate([real, authored]))
    # Left out and calibrated on are real passages alone: they are what users have.
    fitted = crossfit(base, real, authored, framework, recipe, FOLDS, work)
    left_out = real.take(fitted.rows)
    calibration = fit_calibration(fitted.logits, left_out, framework, recipe.seed)
    averaged = average(fitted.networks)
    shutil.rmtree(output, ignore_errors=True)
    write_model(output, base, averaged, calibration, recipe)
    record: dict[str, Any] = {
        "base": {"requirement": REQUIREMENT, "sha256": SHA256},
        "data": {
            "real": _described(real),
            "authored": _described(authored),
            "left_out": _described(left_out),
            "sha256": {"train.jsonl": hash_file(shared / "passages" / "train.jsonl")},
        },
        "folds": asdict(FOLDS),
        "recipe": asdict(recipe),
    }
    metrics = {"out_of_fold": measure_logits(fitted.logits, left_out, calibration, framework)}
    _write_json(output / METRICS, metrics)
    write_manifest(output, name=NAME, framework=framework, most_tokens=recipe.most_tokens, training=record)
    dev = read_passages(shared / "passages" / "dev.jsonl", framework)
    named = {f"fold {fold}": network for fold, network in enumerate(fitted.networks)} | {"averaged": averaged}
    for method, network in named.items():
        scores = measure_logits(score(base, network, dev.texts, recipe), dev, calibration, framework)
        append_result(RESULTS, {"model": NAME, "method": method, "dev": headline(scores)} | record)


def finish(framework: Framework, shared: Path, corpora: Path, output: Path) -> None:
    """Measure the bundle on data that it never saw; write metrics, card and the manifest anew."""
    tagger = load(output)
    bundle = tagger.classifier.bundle
    metrics = bundle.metrics or {}
    dev = read_passages(shared / "passages" / "dev.jsonl", framework)
    authored = read_authored(corpora / "authored", "test", framework)
    metrics["dev"] = measure(tagger, dev.texts, dev)
    metrics["dev_by_kind"] = {
        kind: measure(tagger, part.texts, part)
        for kind in sorted(set(dev.kinds))
        for part in [dev.where([each == kind for each in dev.kinds])]
    }
    if len(authored):
        metrics["authored_test"] = measure(tagger, authored.texts, authored)
    _write_json(output / METRICS, metrics)
    (output / CARD).write_text(write_card(bundle, metrics, framework), encoding="utf-8")
    (output / MANIFEST).unlink()
    training = bundle.manifest["training"]
    write_manifest(output, name=bundle.id, framework=framework, most_tokens=bundle.most_tokens, training=training)
    log.info("%s: SHA-256 %s", output, load_bundle(output).sha256)


def _described(passages: LabelledPassages) -> dict[str, int]:
    return {"passages": len(passages), "documents": len(set(passages.docs))}


def append_result(path: Path, result: dict[str, Any]) -> None:
    """Add one experiment to the file of results, a line each, so that none is forgotten."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(result, sort_keys=True) + "\n")


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
