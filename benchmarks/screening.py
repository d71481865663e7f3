"""Measure the ranking of screening beside ASReview's: ``python -m benchmarks.screening --asreview PYTHON``.

Every data set is screened by each method, from the same included and the same excluded record for
each seed, until everything included is found. ASReview (2.x; ``pip install asreview`` into an
environment of its own) ranks with its own code and its default model, ELAS u4, in the process of
PYTHON. Both see titles and abstracts. The measures are computed by one function for all. It also
tells where our stopping criterion would have ended each run. Figures go to
``benchmarks/results/screening.json``, the table to the terminal.
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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.shared import SHARED

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results" / "screening.json"
OURS, PEER = "lhs_nlp", "elas_u4"
MEASURES = ("wss_95", "rrf_10", "atd")


def main() -> None:
    """Measure, write the figures and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, default=SHARED / "references" / "screening", help="folder of *.csv.gz")
    parser.add_argument("--labels", default="label2", help="column of the decisions")
    parser.add_argument("--seeds", type=int, default=20, help="how many starts")
    parser.add_argument("--asreview", type=Path, required=True, help="python of an environment with asreview")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the figures go")
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        print(json.dumps(peer(json.loads(options.peer.read_text(encoding="utf-8")))))
        return
    report = {
        path.name.removesuffix(".csv.gz"): measure(path, options.labels, options.seeds, options.asreview)
        for path in sorted(options.sets.glob("*.csv.gz"))
    }
    figures = {"labels": options.labels, "seeds": options.seeds, "peer": PEER, "sets": report, "mean": means(report)}
    options.output.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(figures)))


def measure(path: Path, column: str, seeds: int, asreview: Path) -> dict[str, Any]:
    """Return the measures of both on one data set: each start's, their mean and standard deviation."""
    import numpy as np

    from lhs_nlp.bundle import general_encoder
    from lhs_nlp.encoders.vectors import directions
    from lhs_nlp.review.screening.ranking import ranking_of, titles_of
    from lhs_nlp.review.screening.stopping import TARGET
    from lhs_nlp.review.simulation.curves import recall_curve
    from lhs_nlp.review.simulation.replay import simulate, starting_records
    from lhs_nlp.review.simulation.screened import read_labels, read_screened
    from lhs_nlp.review.simulation.stops import stop_of

    references = read_screened(path)
    labels = read_labels(references, column)
    chosen = [references[row] for row in labels.rows]
    starts = [starting_records(labels.included, seed) for seed in range(seeds)]
    began = time.perf_counter()
    ranking = ranking_of(chosen, titles=directions(titles_of(chosen), general_encoder().encoder))
    curves = {OURS: [simulate(ranking, labels.included, start) for start in starts]}
    print(f"{path.name}: lhs_nlp took {time.perf_counter() - began:.0f} s", file=sys.stderr)
    texts = [[reference.title or "", reference.abstract or ""] for reference in chosen]
    orders = ask_peer(asreview, {"texts": texts, "labels": labels.included.astype(int).tolist(), "starts": starts})
    curves[PEER] = [recall_curve(labels.included[order].astype(np.int64)) for order in orders]
    found = {name: [curve.to_dict() for curve in each] for name, each in curves.items()}
    stops = [stop_of(curve) for curve in curves[OURS]]
    return {
        "records": len(chosen),
        "included": int(labels.included.sum()),
        **{name: {key: spread([row[key] for row in rows]) for key in MEASURES} for name, rows in found.items()},
        "difference": {
            key: spread([ours[key] - theirs[key] for ours, theirs in zip(found[OURS], found[PEER], strict=True)])
            for key in MEASURES
        },
        "stopping": {
            "recall": spread([stop.recall for stop in stops]),
            "saved": spread([stop.saved for stop in stops]),
            "reached": sum(stop.recall >= TARGET for stop in stops),
        },
    }


def spread(values: list[float]) -> dict[str, Any]:
    """Return mean and standard deviation over the starts, and the value of each."""
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    each = [round(value, 4) for value in values]
    return {"mean": round(statistics.fmean(values), 4), "deviation": round(deviation, 4), "each": each}


def means(report: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return the mean of each measure over the data sets."""
    return {
        name: {key: round(statistics.fmean(each[name][key]["mean"] for each in report.values()), 4) for key in MEASURES}
        for name in (OURS, PEER, "difference")
    }


def table(figures: dict[str, Any]) -> Iterator[str]:
    """Yield the figures in lines: mean and standard deviation over the starts."""
    yield f"{'':20}{'':9}" + "".join(f"{name:>18}" for name in (OURS, PEER, "difference"))
    for set_name, found in figures["sets"].items():
        for key in MEASURES:
            cells = (found[name][key] for name in (OURS, PEER, "difference"))
            shown = "".join(f"{cell['mean']:+10.3f} ({cell['deviation']:.3f})" for cell in cells)
            yield f"{set_name:20}{key:9}{shown}"
    for key in MEASURES:
        cells = (figures["mean"][name][key] for name in (OURS, PEER, "difference"))
        yield f"{'mean':20}{key:9}" + "".join(f"{cell:+10.3f}        " for cell in cells)
    for set_name, found in figures["sets"].items():
        stop = found["stopping"]
        yield (
            f"{set_name:20}stops with a recall of {stop['recall']['mean']:.3f}, 0.95 or more in {stop['reached']} of "
            f"{figures['seeds']}, {stop['saved']['mean']:.0%} of the records not screened"
        )


def ask_peer(python: Path, task: dict[str, Any]) -> list[list[int]]:
    """Run this file by another Python; return the order in which ASReview screens, for each start."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "task.json"
        file.write_text(json.dumps(task), encoding="utf-8")
        asked = str(python.absolute())
        command = [asked, "-m", "benchmarks.screening", "--asreview", asked, "--peer", str(file)]
        # The other Python has ASReview and nothing of ours.
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        # It leaves caches of its own where it runs.
        done = subprocess.run(command, stdout=subprocess.PIPE, cwd=folder, env=environment, check=True)  # noqa: S603
    orders: list[list[int]] = json.loads(done.stdout)
    return orders


def peer(task: dict[str, Any]) -> list[list[int]]:
    """Screen by ASReview's own simulation, with what is known before labelled first."""
    import pandas as pd
    from asreview.learner import ActiveLearningCycle
    from asreview.models.models import get_ai_config
    from asreview.simulation.simulate import Simulate

    table = pd.DataFrame(task["texts"], columns=["title", "abstract"])
    orders: list[list[int]] = []
    for start in task["starts"]:
        cycle = ActiveLearningCycle.from_meta(get_ai_config(PEER)["value"])
        simulation = Simulate(table, task["labels"], cycle, print_progress=False)
        simulation.label(start)
        simulation.review()
        found = [int(record) for record in simulation._results["record_id"]]
        rest = sorted(set(range(len(table))) - set(found))
        orders.append(found[len(start) :] + rest)
    return orders


if __name__ == "__main__":
    main()
