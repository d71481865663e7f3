"""Measure the ranking of screening beside ASReview's: ``python -m benchmarks.screening --asreview PYTHON``.

Every data set is screened by each method, from the same included and the same excluded record for
each seed, until everything included is found. ASReview (2.x; ``pip install asreview`` into an
environment of its own) ranks with its own code, in the process of PYTHON: ``elas_u4`` is its
default, SVM on words and pairs of words; ``elas_u3`` is naive Bayes on words, its default until
version 2. It sees titles and abstracts, as it does by itself; ours sees keywords too. The measures are computed
by one function for all. Without PYTHON, ASReview is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("LHS_NLP_SHARED") or Path(__file__).resolve().parents[2] / "shared" / "data")
PEERS = ("elas_u4", "elas_u3")
MEASURES = ("wss_95", "rrf_10", "atd")


def main() -> None:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, default=SHARED / "references" / "screening", help="folder of *.csv.gz")
    parser.add_argument("--labels", default="label2", help="column of the decisions")
    parser.add_argument("--seeds", type=int, default=10, help="how many starts")
    parser.add_argument("--asreview", type=Path, help="python of an environment with asreview")
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        print(json.dumps(peer(json.loads(options.peer.read_text(encoding="utf-8")))))
        return
    report = {
        path.name.removesuffix(".csv.gz"): measure(path, options.labels, options.seeds, options.asreview)
        for path in sorted(options.sets.glob("*.csv.gz"))
    }
    print(json.dumps({"labels": options.labels, "seeds": options.seeds, "sets": report}, indent=1))


def measure(path: Path, column: str, seeds: int, asreview: Path | None) -> dict[str, Any]:
    """Return the measures of each method on one data set: mean over seeds, and standard deviation."""
    import numpy as np

    from lhs_nlp.review.columns import words_of
    from lhs_nlp.review.curves import RecallCurve, recall_curve
    from lhs_nlp.review.ranking import Ranking, features_of
    from lhs_nlp.review.simulation import read_labels, read_screened, simulate, starting_records

    references = read_screened(path)
    labels = read_labels(references, column)
    chosen = [references[row] for row in labels.rows]
    starts = [starting_records(labels.included, seed) for seed in range(seeds)]
    began = time.perf_counter()
    ranking = Ranking(features_of([words_of(reference) for reference in chosen]))
    curves: dict[str, list[RecallCurve]] = {
        "lhs_nlp": [simulate(ranking, labels.included, start) for start in starts],
    }
    print(f"{path.name}: lhs_nlp took {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if asreview:
        texts = [[reference.title or "", reference.abstract or ""] for reference in chosen]
        orders = ask_peer(asreview, {"texts": texts, "labels": labels.included.astype(int).tolist(), "starts": starts})
        for name, rows in orders.items():
            curves[name] = [recall_curve(labels.included[order].astype(np.int64)) for order in rows]
    found = {name: [curve.to_dict() for curve in each] for name, each in curves.items()}
    return {"records": len(chosen), "included": int(labels.included.sum())} | {
        name: {key: spread([row[key] for row in rows]) for key in MEASURES} for name, rows in found.items()
    }


def spread(values: list[float]) -> dict[str, float]:
    """Return mean and standard deviation over the starts."""
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    return {"mean": round(statistics.fmean(values), 4), "deviation": round(deviation, 4)}


def ask_peer(python: Path, task: dict[str, Any]) -> dict[str, list[list[int]]]:
    """Run this file by another Python; return the order in which each of ASReview's models screens, for each start."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "task.json"
        file.write_text(json.dumps(task), encoding="utf-8")
        command = [python.absolute(), Path(__file__).resolve(), "--peer", file]
        # It leaves caches of its own where it runs.
        done = subprocess.run(command, stdout=subprocess.PIPE, cwd=folder, check=True)  # noqa: S603
    orders: dict[str, list[list[int]]] = json.loads(done.stdout)
    return orders


def peer(task: dict[str, Any]) -> dict[str, list[list[int]]]:
    """Screen by ASReview's own simulation, with what is known before labelled first."""
    import pandas as pd
    from asreview.learner import ActiveLearningCycle
    from asreview.models.models import get_ai_config
    from asreview.simulation.simulate import Simulate

    table = pd.DataFrame(task["texts"], columns=["title", "abstract"])
    orders: dict[str, list[list[int]]] = {}
    for name in PEERS:
        orders[name] = []
        for start in task["starts"]:
            cycle = ActiveLearningCycle.from_meta(get_ai_config(name)["value"])
            simulation = Simulate(table, task["labels"], cycle, print_progress=False)
            simulation.label(start)
            simulation.review()
            found = [int(record) for record in simulation._results["record_id"]]
            rest = sorted(set(range(len(table))) - set(found))
            orders[name].append(found[len(start) :] + rest)
    return orders


if __name__ == "__main__":
    main()
