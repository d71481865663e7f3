"""Put the measured figures into the README: ``make figures``.

Every number between the two marks comes from a file that a script wrote: the metrics of the
shipped model and the results of the benchmarks. A test holds the README to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lhs_nlp.bundle import MANIFEST, METRICS, default_bundle_path
from lhs_nlp.framework import default_framework
from lhs_nlp.wording import within_sentence

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
RESULTS = ROOT / "benchmarks" / "results"
BASELINES = ROOT / "training" / "baselines.json"

_MARKED = re.compile(r"(<!-- figures: begin -->\n).*(<!-- figures: end -->)", re.DOTALL)


def main() -> None:
    """Write the figures into the README."""
    README.write_text(with_figures(README.read_text(encoding="utf-8")), encoding="utf-8")


def with_figures(readme: str) -> str:
    """Return the README with the figures between its marks."""
    bundle = default_bundle_path()
    metrics = json.loads((bundle / METRICS).read_text(encoding="utf-8"))
    data = json.loads((bundle / MANIFEST).read_text(encoding="utf-8"))["training"]["data"]
    others = json.loads(BASELINES.read_text(encoding="utf-8"))
    command_line = json.loads((RESULTS / "command_line.json").read_text(encoding="utf-8"))
    archive = json.loads((RESULTS / "archive_speed.json").read_text(encoding="utf-8"))
    figures = "\n".join(
        [
            accuracy(metrics["dev"]),
            baselines(others, metrics["dev"], data["trained_on"]["passages"]),
            speed(command_line),
            throughput(archive),
            "",
        ]
    )
    return _MARKED.sub(lambda match: f"{match[1]}{figures}{match[2]}", readme)


def accuracy(scores: Mapping[str, Any]) -> str:
    """Return the table of F1 with intervals, and what else was measured on the same passages."""
    passages, documents = scores["passages"], scores["documents"]
    parts = (passages["presence"], passages["claims"], documents["claims"])
    names = default_framework()
    lines = [
        f"On {passages['passages']} real passages of {passages['documents']} documents that the model never saw "
        "(abstracts, grants, reports, trial registrations, patient comments), F1 with 95 % intervals by document:",
        "",
        "| Benefit | passage speaks of it | passage claims it | document claims it |",
        "|---|---|---|---|",
    ]
    for benefit in names.benefit_ids:
        cells = [interval(part["by_benefit"][benefit]["f1"]) for part in parts]
        lines.append(f"| {names.benefit(benefit).name} | {' | '.join(cells)} |")
    lines.append(f"| **Macro** | {' | '.join(interval(part['macro']['f1']) for part in parts)} |")
    status = passages["status"]["overall"]["accuracy"]
    lines += [
        "",
        f"Status is right in {interval(status)} of the passages that speak of a benefit. Expected calibration error: "
        f"presence {two(parts[0]['pooled']['ece'])}, claims {two(parts[1]['pooled']['ece'])}, "
        f"verdicts of documents {two(parts[2]['pooled']['ece'])}. Of the verdicts, "
        f"{percent(documents['band']['review'])} are *needs review*; of the benefits that documents claim, "
        f"{percent(documents['band']['missed'])} are missed outside that band{extremes(documents['band_by_benefit'])}.",
    ]
    return "\n".join(lines) + "\n"


def baselines(others: Mapping[str, Any], scores: Mapping[str, Any], passages: int) -> str:
    """Return the table of simpler models beside this one, which learned from so many passages."""
    model = {
        "presence_macro_f1": scores["passages"]["presence"]["macro"]["f1"],
        "claims_macro_f1": scores["passages"]["claims"]["macro"]["f1"],
        "document_claims_macro_f1": scores["documents"]["claims"]["macro"]["f1"],
    }
    lines = [
        "Beside simpler models, calibrated and measured in the same way (macro-F1):",
        "",
        "| Model | labelled passages | passage speaks of it | passage claims it | document claims it |",
        "|---|---|---|---|---|",
    ]
    for name, row in {**others, "**lhs_nlp**": model | {"passages": passages}}.items():
        lines.append(f"| {name} | {row['passages']:,} | {' | '.join(interval(row[measure]) for measure in model)} |")
    older = any(row["passages"] < passages for row in others.values())
    lines += [
        "",
        "Those that learned from fewer passages were measured before the newest labels, and by other thresholds. "
        * older
        + "Their documents are decided by confidence alone. What one threshold for all benefits costs them says "
        "[decision 19](docs/decisions/0019-one-threshold-of-presence.md).",
    ]
    return "\n".join(lines) + "\n"


def speed(results: Mapping[str, Any]) -> str:
    """Return what the command line costs."""
    help_, tag = results["help"], results["tag"]
    return (
        f"On {results['processors']} processor cores, median of {results['runs']} runs: `lhs-nlp --help` "
        f"{help_['seconds']:.2f} s; `lhs-nlp tag` on a two-page DOCX, cold, {tag['seconds']:.1f} s and "
        f"{tag['peak_megabytes']:.0f} MB.\n"
    )


def throughput(results: Mapping[str, Any]) -> str:
    """Return how fast an archive is tagged, beside a plain loop over the same passages."""
    (run,) = results["runs"]
    beside = "sentence_transformers" if "sentence_transformers" in run else "naive"
    loop = {"sentence_transformers": "loop of sentence-transformers", "naive": "plain loop"}[beside]
    batch, plain = run["batch"], run[beside]
    return (
        f"`lhs-nlp batch` on {run['documents']} real documents with {run['passages']:,} passages, on "
        f"{results['processors']} cores: {batch['documents_per_second']:.1f} documents and "
        f"{batch['passages_per_second']:.0f} passages a second, {batch['peak_megabytes']:.0f} MB at most; "
        f"{plain['ratio']:.1f} times as fast as a {loop} with the same weights, with "
        f"{100 * plain['same_verdicts']:.2f} % of the verdicts the same.\n"
    )


def interval(estimate: Mapping[str, Any]) -> str:
    """Return e.g. ``0.71 (0.66 to 0.75)``; a dash where it is not defined."""
    if estimate["value"] is None:
        return "-"
    between = f" ({estimate['low']:.2f} to {estimate['high']:.2f})" if estimate["low"] is not None else ""
    return f"{estimate['value']:.2f}{between}"


def two(estimate: Mapping[str, Any]) -> str:
    """Return a value with two decimals."""
    return f"{estimate['value']:.2f}"


def extremes(bands: Mapping[str, Any]) -> str:
    """Return of which benefits least and most is missed: a share of all benefits hides that of a rare one."""
    names = default_framework()
    known = [benefit for benefit in names.benefit_ids if bands[benefit]["missed"]["value"] is not None]
    ordered = sorted(known, key=lambda benefit: float(bands[benefit]["missed"]["value"]))
    if len(ordered) < 2:
        return ""
    least, most = (
        f"{percent(bands[at]['missed'])} of {within_sentence(names.benefit(at).name)}"
        for at in (ordered[0], ordered[-1])
    )
    return f", from {least} to {most}"


def percent(estimate: Mapping[str, Any]) -> str:
    """Return a share as a percentage."""
    return f"{100 * estimate['value']:.0f} %"


if __name__ == "__main__":
    main()
