"""Measure how many labelled passages it takes to learn, asked for in random order or by `choose`.

``python -m benchmarks.active_learning`` (extra `train`). Blank heads, which know nothing, learn from the
labels of public passages, revealed as they are asked for; F1 is measured on documents that are held out.
They stand on an encoder that has seen no label (`untaught`: the passages of ``train.jsonl``), or on that of the
bundle, as reviewers have it (`shipped`: the real passages that were held out of its training). Results are written to
``benchmarks/results/active_learning.json``. Each run ends when it has reached the target at two steps in a row.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.shared import SHARED
from lhs_nlp.bundle import load_bundle
from lhs_nlp.calibration import Platt
from lhs_nlp.encoders import OnnxEncoder
from lhs_nlp.evaluate import Gold, read_gold, score_passages
from lhs_nlp.framework import default_framework
from lhs_nlp.heads import Heads
from lhs_nlp.learn import Model, Refit, choose, refit
from lhs_nlp.learn.answering import answer
from lhs_nlp.learn.encoding import Encoded
from lhs_nlp.learn.fitting import Sample, Shift, fit_shift
from lhs_nlp.learn.folds import deal
from lhs_nlp.tagger import load

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results" / "active_learning.json"
BUNDLE = ROOT / "models" / "lhs-benefits-minilm"
FRAMEWORK = default_framework()

STEPS = (50, 100, 200, 300, 400, 600, 800, 1000, 1250, 1500, 2000, 2500, 3000, 3500, 4000, 5000)
FIRST = STEPS[0]
"""Passages of the first step are drawn at random in either order: nothing is known to choose by."""
SHARES = (0.9, 0.95)
"""Of the F1 that all labels bring; a run ends at the last."""
HELD_OUT = 5
"""One of so many documents."""
STRENGTH = 0.1
"""Weak, as blank heads know nothing that is worth to be held to."""
THRESHOLD = 0.35
"""Toward which thresholds are drawn: the best for F1 is half the F1 that is reached (Lipton et al. 2014)."""


@dataclass(frozen=True, slots=True)
class Task:
    """Labelled passages, their vectors, and which rows are held out."""

    gold: Gold
    vectors: NDArray[np.float32]
    held_out: NDArray[np.bool_]

    @property
    def pool(self) -> NDArray[np.int64]:
        """Rows that may be asked for."""
        return np.flatnonzero(~self.held_out)

    def sample(self, rows: NDArray[np.int64]) -> Sample:
        """Return the labels of these rows: they are revealed."""
        return Sample(self.vectors[rows], self.gold.presence[rows], self.gold.status[rows], np.ones(len(rows)))


def main() -> None:
    """Measure and write the results; those of an encoder that is not asked for stay."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--encoder", choices=TASKS, action="append", help="may be given more than once; all, if not")
    parser.add_argument("--work", type=Path, default=ROOT / ".work", help="vectors are kept here")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name in options.encoder or TASKS:
        task = TASKS[name](options.shared, options.work)
        results[name] = measured(task, options.seeds, options.processes)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"), end="")


def measured(task: Task, seeds: int, processes: int) -> dict[str, Any]:
    """Return the curves of both orders, and what they need."""
    full = scored(task, taught(task, task.pool))
    target = SHARES[-1] * full["presence"]
    orders = [(order, seed) for order in ("random", "chosen") for seed in range(seeds)]
    with ProcessPoolExecutor(processes) as pool:
        curves = list(pool.map(partial(curve, task, target), *zip(*orders, strict=True)))
    found = {
        name: summary([points for (order, _), points in zip(orders, curves, strict=True) if order == name], full)
        for name in ("random", "chosen")
    }
    return {
        "passages": {"pool": len(task.pool), "held_out": int(task.held_out.sum())},
        "documents": {"pool": documents(task, task.pool), "held_out": documents(task, np.flatnonzero(task.held_out))},
        "full_labels": full,
        "times_fewer": times_fewer(found),
        **found,
    }


def untaught(shared: Path, work: Path) -> Task:
    """Return the passages of ``train.jsonl``, as the encoder that training starts from sees them."""
    gold = read_gold(shared / "passages" / "train.jsonl", FRAMEWORK)
    vectors = kept(work / "active_learning.npy", encode_untaught, gold)
    return Task(gold, vectors, deal(gold.docs, HELD_OUT) == 0)


def shipped(shared: Path, work: Path) -> Task:
    """Return the passages that were held out of the bundle's training, as its own encoder sees them."""
    from training.split import read_data

    classifier = load(BUNDLE).classifier
    data = read_data(FRAMEWORK, shared, ROOT / "corpora")
    held_out = data.real.where(data.held_out(classifier.bundle.manifest["training"]["recipe"]["seed"]))
    gold = Gold(**{field.name: getattr(held_out, field.name) for field in fields(Gold)})
    vectors = kept(work / f"active_learning-{classifier.bundle.sha256[:12]}.npy", classifier.encoder.encode, gold)
    return Task(gold, vectors, deal(gold.docs, HELD_OUT) == 0)


def kept(path: Path, encode: Callable[[Sequence[str]], NDArray[np.float32]], gold: Gold) -> NDArray[np.float32]:
    """Return the passages' vectors; computed once, which takes minutes."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, encode(gold.texts))
    loaded: NDArray[np.float32] = np.load(path, allow_pickle=False)
    if len(loaded) != len(gold):
        raise SystemExit(f"{path}: holds vectors of other passages; delete it.")
    return loaded


def encode_untaught(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of the encoder that training starts from, exported as the trained one is."""
    from training.base import base_encoder
    from training.export import export_encoder
    from training.finetune import Recipe, read_tokenizer
    from training.network import load_network

    base, most_tokens = base_encoder(), Recipe().most_tokens
    with tempfile.TemporaryDirectory() as folder:
        model, tokenizer = Path(folder) / "encoder.onnx", Path(folder) / "tokenizer.json"
        export_encoder(load_network(base, FRAMEWORK), model)
        read_tokenizer(base, most_tokens).save(str(tokenizer))
        return OnnxEncoder(model, tokenizer, most_tokens).encode(texts)


def blank(width: int) -> Model:
    """Return a model that knows nothing: every probability is one half."""
    bundle = load_bundle(BUNDLE)
    columns = len(FRAMEWORK.benefits)
    biases = {task: np.zeros_like(bias) for task, bias in bundle.heads.biases.items()}
    weights = {task: np.zeros((len(bias), width), np.float32) for task, bias in biases.items()}
    identity = Platt(np.ones(columns), np.zeros(columns))
    calibration = replace(
        bundle.calibration,
        presence=identity,
        claim=identity,
        status_temperature=1.0,
        presence_thresholds=np.full(columns, THRESHOLD),
    )
    return Model(Heads(weights, biases, benefits=columns), calibration)


def taught(task: Task, rows: NDArray[np.int64]) -> Model:
    """Return what a blank model learns from these rows, with calibration and thresholds."""
    found: Refit = refit(
        blank(task.vectors.shape[1]),
        task.sample(rows),
        [task.gold.docs[row] for row in rows],
        FRAMEWORK.claim_indices,
        strengths=(STRENGTH,),
    )
    return found.model


def scored(task: Task, model: Model) -> dict[str, float]:
    """Return the macro-averaged F1 of presence and claims on the documents held out."""
    rows = np.flatnonzero(task.held_out)
    predictions = answer(model, Encoded.whole(task.vectors[rows]), FRAMEWORK).predictions
    scores = score_passages(task.gold.take(rows.tolist()), predictions, FRAMEWORK, replicates=0)
    means = {"presence": scores.presence.macro["f1"], "claims": scores.claims.macro["f1"]}
    return {name: round(mean.estimate.value or 0.0, 4) for name, mean in means.items()}


def curve(task: Task, target: float, order: str, seed: int) -> list[dict[str, float]]:
    """Return F1 after each step of one run."""
    shuffled = np.random.default_rng(seed).permutation(task.pool)
    known, shift = shuffled[:FIRST], None
    points: list[dict[str, float]] = []
    for step in STEPS:
        if order == "random":
            known = shuffled[:step]
        while len(known) < step:
            known, shift = asked(task, known, min(step - len(known), max(25, len(known) // 4)), shift)
        points.append({"labelled": step} | scored(task, taught(task, known)))
        if all(point["presence"] >= target for point in points[-2:]) and len(points) > 1:
            break
    return points


def asked(task: Task, known: NDArray[np.int64], count: int, start: Shift | None) -> tuple[NDArray[np.int64], Shift]:
    """Return the known rows with `count` more that `choose` asks for, and the fit that it chose by."""
    prior, sample = blank(task.vectors.shape[1]), task.sample(known)
    shift = fit_shift(prior, sample, STRENGTH, np.inf, start)
    rest = np.setdiff1d(task.pool, known)
    probabilities = prior.calibration.presence(shift.of(prior)(task.vectors[rest]).presence)
    return np.concatenate([known, rest[choose(probabilities, sample.presence.sum(0), count)]]), shift


def summary(curves: list[list[dict[str, float]]], full: dict[str, float]) -> dict[str, Any]:
    """Return the curves, and for each of `SHARES` how many labels each run and the median run needed."""
    by_seed = {str(share): [round(reached(points, share * full["presence"])) for points in curves] for share in SHARES}
    needed = {share: round(statistics.median(counts)) for share, counts in by_seed.items()}
    return {"needed": needed, "needed_by_seed": by_seed, "curves": curves}


def times_fewer(found: dict[str, Any]) -> dict[str, float]:
    """Return how many times fewer labels the median run needs when they are chosen, for each of `SHARES`."""
    needed = found["chosen"]["needed"]
    return {share: round(count / needed[share], 2) for share, count in found["random"]["needed"].items()}


def reached(points: list[dict[str, float]], target: float) -> float:
    """Return the number of labels at which F1 first reaches the target, interpolated between steps."""
    for before, after in zip([{"labelled": 0.0, "presence": 0.0}, *points], points, strict=False):
        if after["presence"] >= target:
            part = (target - before["presence"]) / (after["presence"] - before["presence"])
            return before["labelled"] + part * (after["labelled"] - before["labelled"])
    raise SystemExit(f"F1 has not reached {target:.3f} with {points[-1]['labelled']} labels.")


def documents(task: Task, rows: NDArray[np.int64]) -> int:
    """Return the number of documents of these rows."""
    return len({task.gold.docs[row] for row in rows})


TASKS = {"untaught": untaught, "shipped": shipped}

if __name__ == "__main__":
    main()
