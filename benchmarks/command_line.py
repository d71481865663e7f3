"""Measure what the command line costs a user: ``make bench-command-line``.

Each command runs as a process of its own, once to warm the disk's cache and then several
times; the medians are written to ``benchmarks/results/command_line.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.shared import machine

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results" / "command_line.json"
COMMAND = Path(sys.executable).parent / "lhs-nlp"
RUNS = 5


def main() -> None:
    """Measure and write the results."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    results = {
        **machine(),
        "runs": RUNS,
        "help": measure("--help"),
        "tag": measure("tag", str(ROOT / "examples" / "proposal.docx")),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"), end="")


def measure(*arguments: str) -> dict[str, float]:
    """Return median wall seconds and peak memory (resident set, MB of 1,000,000 bytes) of a command."""
    run(*arguments)
    seconds, megabytes = zip(*(run(*arguments) for _ in range(RUNS)), strict=True)
    return {
        "seconds": round(statistics.median(seconds), 3),
        "peak_megabytes": round(statistics.median(megabytes), 1),
    }


def run(*arguments: str) -> tuple[float, float]:
    """Run the command once; return its wall seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([COMMAND, *arguments], stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"lhs-nlp {' '.join(arguments)} failed with status {os.waitstatus_to_exitcode(status)}.")
    return seconds, usage.ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    main()
