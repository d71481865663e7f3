"""``python -m training``: labelled passages in, a model bundle with metrics and card out."""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lhs_nlp.bundle import CARD, MANIFEST, METRICS, load_bundle, write_manifest
from lhs_nlp.errors import BundleError, LhsNlpError
from lhs_nlp.framework import Framework, default_framework
from lhs_nlp.tagger import load
from training.base import base_encoder
from training.build import write_examples, write_model
from training.calibrate import fit_calibration
from training.card import write_card
from training.corpora import read_labelled_files, unlabelled_passages
from training.data import LabelledPassages, check_shared, read_authored, read_passages, to_targets
from training.finetune import Recipe
from training.fitting import score
from training.measure import headline, measure, measure_logits
from training.mistakes import surest_mistakes
from training.plan import Plan, carry_out
from training.records import append_result, headline_on_held_out, record_of
from training.refinement import REFINING
from training.split import read_data, unseen
from training.teacher import TAUGHT

NAME = "lhs-benefits-minilm-1.9.0"
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
    parser.add_argument(
        "--teacher", action="store_true", help="teach the network by a larger one, which takes hours more"
    )
    of_a_bundle = parser.add_mutually_exclusive_group()
    of_a_bundle.add_argument(
        "--begin", type=Path, metavar="BUNDLE", help="learn on from the network of this bundle, slowly, from labels"
    )
    of_a_bundle.add_argument(
        "--only-calibrate", action="store_true", help="calibrate and measure the bundle again; its network stays"
    )
    of_a_bundle.add_argument("--only-evaluate", action="store_true", help="measure the bundle again and write its card")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        _run(options)
    except LhsNlpError as error:
        sys.exit(f"Error: {error}")


def _run(options: argparse.Namespace) -> None:
    framework = default_framework()
    check_shared(options.shared)
    if options.only_calibrate:
        plan = Plan(recipe=Recipe(seed=options.seed), begin=options.output)
    else:
        plan = Plan(
            recipe=Recipe(seed=options.seed),
            begin=options.begin,
            teaching=TAUGHT if options.teacher else (),
            refining=REFINING if options.teacher or options.begin else None,
        )
    if not options.only_evaluate:
        train(framework, options.shared, options.corpora, options.work, options.output, plan)
    finish(framework, options.shared, options.corpora, options.output)


def train(framework: Framework, shared: Path, corpora: Path, work: Path, output: Path, plan: Plan) -> None:
    """Train networks with documents held out, calibrate on what they have not seen, write the bundle of the last.

    Checkpoints lie in a folder of `work` that is named by what is trained on and held out, so that with other labels
    or documents no old run is resumed.
    """
    _check_output(output)
    base, data = base_encoder(), read_data(framework, shared, corpora)
    dev = read_passages(shared / "passages" / "dev.jsonl", framework)
    recipe = plan.recipe
    log.info("%d shared, %d other and %d authored passages", len(data.shared), len(data.standoff), len(data.authored))
    labelled, held = data.trained_on(recipe.seed), data.held_out(recipe.seed)
    held_out, shared_rows = data.real.where(held), int(held[: len(data.shared)].sum())
    origin = record_of(data, labelled, held_out)
    unlabelled = list(unlabelled_passages(corpora / "standoff", shared)) if plan.teaching else []
    networks, stages = carry_out(plan, base, data, unlabelled, framework, work, work / origin["data"]["fingerprint"])
    record = stages | origin
    for name, network in networks.items():
        # Calibrated on real passages alone: they are what users have.
        logits = score(base, network, held_out.texts, recipe)
        calibration = fit_calibration(logits, held_out, framework, recipe.seed)
        on_dev = measure_logits(score(base, network, dev.texts, recipe), dev, calibration, framework)
        on_held_out = headline_on_held_out(logits, held_out, shared_rows, calibration, framework)
        append_result(RESULTS, {"model": NAME, "network": name, "dev": headline(on_dev)} | on_held_out | record)
    # The last network is the one that is used: of several stages, what came of them all.
    with _replacing(output.resolve()) as bundle:
        write_model(bundle, base, network, calibration, recipe)
        write_examples(bundle, base, network, data.authored, framework, recipe)
        _write_json(bundle / METRICS, {"held_out": measure_logits(logits, held_out, calibration, framework)})
        write_manifest(bundle, name=NAME, framework=framework, most_tokens=recipe.most_tokens, training=record)


def finish(framework: Framework, shared: Path, corpora: Path, output: Path) -> None:
    """Measure the bundle on data that it never saw; write metrics, card and the manifest anew.

    Raises BundleError when the bundle does not say what it was trained on.
    """
    tagger = load(output)
    bundle = tagger.classifier.bundle
    if "recipe" not in bundle.manifest["training"]:
        raise BundleError(
            f"{output}: does not say what it was trained on, so that no card can be written. A model that "
            "`lhs-nlp learn` has made is measured by `lhs-nlp evaluate --model`."
        )
    metrics = bundle.metrics or {}
    dev = read_passages(shared / "passages" / "dev.jsonl", framework)
    authored = read_authored(corpora / "authored", "test", framework)
    metrics["dev"] = measure(tagger, dev.texts, dev)
    metrics["dev_by_kind"] = {
        kind: measure(tagger, part.texts, part)
        for kind in sorted(set(dev.kinds))
        for part in [dev.where([each == kind for each in dev.kinds])]
    }
    files = to_targets(read_labelled_files(corpora / "standoff", shared, framework), framework)
    new = _unseen_files(files, bundle.manifest["training"], framework, shared, corpora) if len(files) else files
    for name, passages in (("authored_test", authored), ("files", files), ("files_unseen", new)):
        if len(passages):
            metrics[name] = measure(tagger, passages.texts, passages)
    metrics["mistakes"] = surest_mistakes(tagger, authored)
    card = write_card(bundle, metrics, framework)
    with _replacing(output.resolve()) as measured:
        shutil.copytree(output, measured)
        _write_json(measured / METRICS, metrics)
        (measured / CARD).write_text(card, encoding="utf-8")
        training = bundle.manifest["training"]
        write_manifest(measured, name=bundle.id, framework=framework, most_tokens=bundle.most_tokens, training=training)
    log.info("%s: SHA-256 %s", output, load_bundle(output).sha256)


def _unseen_files(
    files: LabelledPassages, record: Mapping[str, Any], framework: Framework, shared: Path, corpora: Path
) -> LabelledPassages:
    """Return the passages of the files of which the model has seen none, be it under another name."""
    seen = [*read_data(framework, shared, corpora).trained_on(record["recipe"]["seed"]).texts]
    if "teacher" in record:
        seen += [row["text"] for row in unlabelled_passages(corpora / "standoff", shared)]
    return unseen(files, seen)


def _check_output(folder: Path) -> None:
    """Raise BundleError when there is something else than a model where the new one takes the place of the old."""
    if folder.exists() and not (folder / MANIFEST).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BundleError(f"{folder}: holds something else than a model, which would be deleted; name another folder.")


@contextmanager
def _replacing(place: Path) -> Iterator[Path]:
    """Yield a folder beside the old model, which stays in use until the new one is whole and takes its place."""
    partial = place.with_name(f"{place.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    yield partial
    shutil.rmtree(place, ignore_errors=True)
    partial.replace(place)


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
