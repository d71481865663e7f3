"""Put what was measured into docs/scaling.md: ``python docs/make_scaling.py``.

Between the marks stand projections from ``benchmarks/results/archive_speed.json`` (documents per
second on this many processors) and ``benchmarks/results/cluster.json`` (where a core's time
goes). What was not measured yet is said to be so.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "scaling.md"
RESULTS = ROOT / "benchmarks" / "results"

ARCHIVES = (1_000_000, 10_000_000, 100_000_000)
CLUSTERS = (16, 256, 1024)
DOLLARS_PER_CORE_HOUR = 0.05

_MARKED = re.compile(r"(<!-- figures: begin -->\n).*(<!-- figures: end -->)", re.DOTALL)
_STEPS = {"read": "reading and splitting", "encode": "encoding", "classify": "heads and summary", "write": "writing"}
_KINDS = {"files": "Files", "texts": "Texts"}


def main() -> None:
    """Write the figures into the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--dollars", type=float, default=DOLLARS_PER_CORE_HOUR, help="price of a core-hour (default %(default)s)"
    )
    page = PAGE.read_text(encoding="utf-8")
    figured = with_figures(page, results("archive_speed"), results("cluster"), parser.parse_args().dollars)
    PAGE.write_text(figured, encoding="utf-8")


def with_figures(page: str, speed: Mapping[str, Any] | None, cluster: Mapping[str, Any] | None, dollars: float) -> str:
    """Return the page with the figures between its marks.

    Parameters
    ----------
    page
        The page.
    speed
        What `benchmarks/archive_speed.py` wrote; None when not measured yet.
    cluster
        What `benchmarks/cluster.py` wrote; None when not measured yet.
    dollars
        Price of a core-hour.
    """
    parts = [
        projection(speed, dollars) if speed else "*The throughput of a core is not measured yet.*\n",
        shares(cluster) if cluster else "*Where a core's time goes is not measured yet.*\n",
    ]
    figures = "\n".join(parts)
    return _MARKED.sub(lambda match: f"{match[1]}{figures}{match[2]}", page)


def projection(speed: Mapping[str, Any], dollars: float) -> str:
    """Return the table of hours and costs."""
    run = max(speed["runs"], key=lambda run: run["documents"])
    rate = run["batch"]["documents_per_second"] / speed["processors"]
    lines = [
        f"Measured on one machine with {speed['processors']} cores: {run['documents']:,} documents of "
        f"{run['passages'] / run['documents']:,.0f} passages each at {run['batch']['documents_per_second']:,.1f} "
        f"documents/s, that is {rate:,.2f} documents/s a core. Projected, at {dollars:.2f} dollars a core-hour (put "
        "your own price in):",
        "",
        f"| documents | core-hours | {' | '.join(f'on {cores:,} cores' for cores in CLUSTERS)} | dollars |",
        f"|---:|---:|{'---:|' * len(CLUSTERS)}---:|",
    ]
    for documents in ARCHIVES:
        hours = documents / rate / 3600
        times = " | ".join(duration(hours / cores) for cores in CLUSTERS)
        lines.append(f"| {documents:,} | {hours:,.0f} | {times} | {hours * dollars:,.0f} |")
    return "\n".join(lines) + "\n"


def shares(cluster: Mapping[str, Any]) -> str:
    """Return the table of a core's time, and name what takes most of it."""
    lines = [
        f"| | passages | ms a document | {' | '.join(_STEPS.values())} | kB in | kB of Parquet |",
        f"|---|---:|---:|{'---:|' * len(_STEPS)}---:|---:|",
    ]
    bottlenecks = []
    for kind, name in _KINDS.items():
        row = cluster[kind]
        seconds = {step: row["processor_seconds_per_document"][step] for step in _STEPS}
        total = sum(seconds.values())
        parts = " | ".join(f"{100 * spent / total:.0f} %" for spent in seconds.values())
        most = max(seconds, key=lambda step: seconds[step])
        bottlenecks.append(f"of {name.lower()} it is {_STEPS[most]} ({100 * seconds[most] / total:.0f} %)")
        lines.append(
            f"| {name} | {row['passages_per_document']:,.0f} | {1000 * total:,.0f} | {parts} "
            f"| {row['bytes_read_per_document'] / 1000:,.0f} | {row['bytes_of_parquet_per_document'] / 1000:,.0f} |"
        )
    stored = 1 / cluster["texts"]["processor_seconds_per_document"]["store"]
    return (
        "\n".join(lines)
        + f"\n\n**The bottleneck of a core:** {', '.join(bottlenecks)}. Into a store goes one writer: "
        + f"{stored:,.0f} texts/s, whatever the size of the cluster.\n"
    )


def duration(hours: float) -> str:
    """Return a time in words: minutes, hours or days."""
    if hours < 1:
        return f"{max(1, round(hours * 60))} min"
    return f"{hours:,.0f} h" if hours < 48 else f"{hours / 24:,.0f} days"


def results(name: str) -> dict[str, Any] | None:
    """Return the results of a benchmark; None when it was not run."""
    path = RESULTS / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


if __name__ == "__main__":
    main()
