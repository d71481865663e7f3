"""``python -m training.baselines``: other models on the same split, measured as the model is."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lhs_nlp.errors import LhsNlpError
from lhs_nlp.framework import Framework, default_framework
from training.baselines.logits import Baseline
from training.baselines.registry import Entry, baselines
from training.calibrate import fit_calibration
from training.data import LabelledPassages, check_shared, concatenate, fingerprint, read_passages
from training.finetune import Recipe
from training.measure import headline, measure_logits
from training.split import read_data

RESULTS = Path("training/baselines.json")

log = logging.getLogger("training.baselines")


def main() -> None:
    """Measure each baseline on dev and write its row of the results; the rows of the others stay."""
    framework, seed = default_framework(), Recipe().seed
    entries = baselines(framework, seed)
    parser = argparse.ArgumentParser(prog="python -m training.baselines", description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with passages/ and unlabelled/")
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of authored/ and standoff/")
    parser.add_argument(
        "--only", action="append", choices=entries, help="measure this one; may be given more than once"
    )
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        _run(options, entries, framework, seed)
    except LhsNlpError as error:
        sys.exit(f"Error: {error}")


def _run(options: argparse.Namespace, entries: Mapping[str, Entry], framework: Framework, seed: int) -> None:
    check_shared(options.shared)
    data = read_data(framework, options.shared, options.corpora)
    dev = read_passages(options.shared / "passages" / "dev.jsonl", framework)
    train, held_out = data.trained_on(seed), data.real.where(data.held_out(seed))
    measured_on = fingerprint(concatenate([train, held_out, dev]))
    for name, entry in entries.items():
        if options.only is None or name in options.only:
            start = time.monotonic()
            scores = _measured(entry.baseline, train, held_out, dev, framework, seed)
            rows = _write(RESULTS, entries, {entry.title: scores | {"passages": len(train), "data": measured_on}})
            log.info("%s in %.0f s", entry.title, time.monotonic() - start)
    stale = [title for title, row in rows.items() if row.get("data") != measured_on]
    if stale:
        log.warning("Measured on other data, run again before comparing: %s.", ", ".join(stale))


def _measured(
    baseline: Baseline,
    train: LabelledPassages,
    held_out: LabelledPassages,
    dev: LabelledPassages,
    framework: Framework,
    seed: int,
) -> dict[str, Any]:
    logits = baseline(train, held_out.texts + dev.texts)
    calibration = fit_calibration(logits.take(slice(len(held_out))), held_out, framework, seed)
    of_dev = logits.take(slice(len(held_out), None))
    scores = headline(measure_logits(of_dev, dev, calibration, framework, quoting=False))
    # They know nothing of concepts, so that their score would be that of a guess.
    return scores | {"concepts_micro_f1": None}


def _write(path: Path, entries: Mapping[str, Entry], measured: dict[str, Any]) -> dict[str, Any]:
    """Put the measured rows among those that are there, in the order of the entries; return them all."""
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows |= measured
    ordered = {entry.title: rows[entry.title] for entry in entries.values() if entry.title in rows}
    path.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    return ordered


if __name__ == "__main__":
    main()
