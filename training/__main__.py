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
from training.crossfit import out_of_fold, train_network
from training.data import LabelledPassages, concatenate, read_authored, read_passages
from training.finetune import Recipe
from training.measure import measure, measure_out_of_fold

NAME = "lhs-benefits-minilm-1.0.0"
FOLDS = 3

log = logging.getLogger("training")


def main() -> None:
    """Train, calibrate, export and measure; each stage that is done is kept in the work folder."""
    parser = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with passages/train.jsonl and dev.jsonl")
    parser.add_argument("--corpora", type=Path, default=Path("corpora/authored"), help="folder of authored documents")
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
    """Train on everything, calibrate on what folds did not see, and write the bundle without card."""
    base = base_encoder()
    real = read_passages(shared / "passages" / "train.jsonl", framework)
    authored = read_authored(corpora, "train", framework)
    data = concatenate([real, authored])
    log.info("%d real and %d authored passages", len(real), len(authored))
    network = train_network(base, data, framework, recipe, work / "final.pt")
    logits = out_of_fold(base, data, framework, recipe, FOLDS, work)
    # Calibrated on real passages alone: they are what users have.
    logits = logits.take(slice(len(real)))
    calibration = fit_calibration(logits, real, framework, recipe.seed)
    shutil.rmtree(output, ignore_errors=True)
    write_model(output, base, network, calibration, recipe)
    record: dict[str, Any] = {
        "base": {"requirement": REQUIREMENT, "sha256": SHA256},
        "data": {
            "train.jsonl": _described(shared / "passages" / "train.jsonl", real),
            "authored": {"passages": len(authored), "documents": len(set(authored.docs))},
        },
        "folds": FOLDS,
        "recipe": asdict(recipe),
    }
    metrics = {"out_of_fold": measure_out_of_fold(logits, real, calibration, framework)}
    _write_json(output / METRICS, metrics)
    write_manifest(output, name=NAME, framework=framework, most_tokens=recipe.most_tokens, training=record)


def finish(framework: Framework, shared: Path, corpora: Path, output: Path) -> None:
    """Measure the bundle on data that it never saw; write metrics, card and the manifest anew."""
    tagger = load(output)
    bundle = tagger.classifier.bundle
    metrics = bundle.metrics or {}
    dev = read_passages(shared / "passages" / "dev.jsonl", framework)
    authored = read_authored(corpora, "test", framework)
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


def _described(path: Path, passages: LabelledPassages) -> dict[str, Any]:
    return {"sha256": hash_file(path), "passages": len(passages), "documents": len(set(passages.docs))}


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
