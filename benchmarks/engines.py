"""Show that both engines find the same: ``python -m benchmarks.engines``, with Ray installed.

Real texts and files, with copies, archives and files that cannot be read among them, are tagged with
the shipped model three times at once: by `lhs-nlp batch`; by `--engine ray`; by `--engine ray` killed
(SIGKILL to the program that started the run) when its first results are written, and given again. The
stores are then compared row for row. Rows must be equal but for probabilities, as the same passage is padded
beside others elsewhere: how far these lie apart at most is measured. What was compared is written to
``benchmarks/results/engines.json``; no times, as a cluster of one machine has nothing to win.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.shared import SHARED, need_shared
from tests.archive.rows import rows

RESULTS = Path(__file__).resolve().parent / "results" / "engines.json"
COMMAND = Path(sys.executable).parent / "lhs-nlp"
ROUNDING = 1e-5
"""Probabilities that lie no further apart are the same."""

Rows = Mapping[str, Sequence[tuple[object, ...]]]


def main() -> None:
    """Tag by both engines, compare, write the results; fail when the stores are not the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=200, help="texts beside the real files (default %(default)s)")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    need_shared()
    with tempfile.TemporaryDirectory() as name:
        results = compared(Path(name), options.texts)
    options.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))
    if not all(results[run]["same"] for run in ("ray", "ray_killed")):
        raise SystemExit("The engines do not agree.")


def compared(folder: Path, texts: int) -> dict[str, Any]:
    """Return what the runs found and how far they lie apart."""
    archive, local, ray, killed = (folder / name for name in ("archive", "local", "ray", "killed"))
    write_archive(archive, texts)
    calm = [started(archive, local), started(archive, ray, "--engine", "ray")]
    written = kill_amid(started(archive, killed, "--engine", "ray"), killed)
    for process in (*calm, started(archive, killed, "--engine", "ray")):
        finish(process)
    expected = rows(store_of(local))
    return {
        "versions": {name: version(name) for name in ("lhs-nlp", "ray", "onnxruntime", "pyarrow")},
        "python": sys.version.split()[0],
        "model": expected["models"][0][1],
        "processors": len(os.sched_getaffinity(0)),
        "rows": {table: len(some) for table, some in expected.items()},
        "failures": dict(Counter(str(reason) for _, reason, *_ in expected["failures"])),
        "ray": difference(expected, rows(store_of(ray))),
        "ray_killed": {
            "documents_written_before": written,
            **difference(expected, rows(store_of(killed))),
        },
    }


def write_archive(folder: Path, texts: int) -> None:
    """Fill a folder with real texts and files, copies of some, and some that cannot be read."""
    folder.mkdir()
    files = sorted(path for path in (SHARED / "documents").glob("*/*") if path.is_file())
    for path in files:
        shutil.copy(path, folder / path.name)
    drawn = list(some_texts(texts))
    packed = len(drawn) // 4
    for number, text in enumerate(drawn[packed:]):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(folder / "more.zip", "w") as members:
        for number, text in enumerate(drawn[:packed]):
            members.writestr(f"in/{number:04}.txt", text)
        members.writestr("in/damaged.pdf", b"%PDF-1.7\nnothing of a PDF follows")
    shutil.copy(folder / "0000.txt", folder / "copy.txt")
    for number, path in enumerate(files[:6]):
        data = path.read_bytes()
        (folder / f"cut {number}{path.suffix}").write_bytes(data[: len(data) // 2])
    for name in ("blank.txt", "blank too.txt"):
        (folder / name).write_text(" \n", encoding="utf-8")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "picture.png").write_bytes(b"\x89PNG")


def some_texts(count: int) -> Iterator[str]:
    """Yield so many of the unlabelled texts, from all parts of them."""
    with gzip.open(SHARED / "unlabelled" / "documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        every = max(1, sum(1 for _ in lines) // max(count, 1))
        lines.seek(0)
        kept = (line for number, line in enumerate(lines) if number % every == 0)
        for _, line in zip(range(count), kept, strict=False):
            yield json.loads(line)["text"]


def store_of(run: Path) -> Path:
    """Return where a run keeps its store."""
    return run.with_suffix(".sqlite")


def started(archive: Path, run: Path, *engine: str) -> subprocess.Popen[bytes]:
    """Start a run in a session of its own, so that its processes can be told from others."""
    parquet = ["--parquet", str(run)] if engine else []
    command = [str(COMMAND), "batch", str(archive), "--store", str(store_of(run)), *engine, *parquet]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603


def finish(process: subprocess.Popen[bytes]) -> None:
    """Wait until a run is over."""
    if process.wait() != 1:  # 1: some could not be read
        raise SystemExit(f"{process.args!r} ended with status {process.returncode}, and not with 1.")


def kill_amid(process: subprocess.Popen[bytes], run: Path) -> int:
    """Kill a run once it has written results; return the number of documents that these are of."""
    from pyarrow import parquet

    while not (parts := list((run / "documents").rglob("part-*.parquet"))):
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended before it wrote anything.")
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait_for_session(process.pid)
    parts = list((run / "documents").rglob("part-*.parquet"))
    return sum(parquet.ParquetFile(part).metadata.num_rows for part in parts)


def wait_for_session(leader: int) -> None:
    """Wait until all processes of a session are gone: Ray's end by themselves."""
    while True:
        try:
            os.killpg(leader, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)


def difference(expected: Rows, found: Rows) -> dict[str, Any]:
    """Return whether two stores hold the same, and how far their probabilities lie apart at most."""
    unlike = {}
    furthest = 0.0
    for table, some in expected.items():
        others = found[table]
        pairs = zip(some, others, strict=False)
        apart = [distance(table, one, other) for one, other in pairs]
        furthest = max([furthest, *(each for each in apart if each <= ROUNDING)])
        count = abs(len(some) - len(others)) + sum(each > ROUNDING for each in apart)
        if count:
            unlike[table] = count
    return {"same": not unlike, "rows_unlike": unlike, "probabilities_apart_at_most": float(f"{furthest:.1e}")}


def distance(table: str, one: Sequence[object], other: Sequence[object]) -> float:
    """Return how far the probabilities of two rows lie apart at most; infinity where anything else is unlike."""
    furthest = 0.0
    for column, (left, right) in enumerate(zip(one, other, strict=True)):
        if left == right:
            continue
        numbers = PROBABILITIES.get((table, column))
        if numbers is None:
            return float("inf")
        first, second = numbers(left), numbers(right)
        if first.shape != second.shape:
            return float("inf")
        furthest = max(furthest, float(np.abs(first - second).max()))
    return furthest


def _number(value: Any) -> np.ndarray[Any, Any]:  # noqa: ANN401
    return np.array([value], float)


def _by_status(value: Any) -> np.ndarray[Any, Any]:  # noqa: ANN401
    return np.array([probability for _, probability in sorted(json.loads(value).items())], float)


def _packed(value: Any) -> np.ndarray[Any, Any]:  # noqa: ANN401
    return np.frombuffer(bytes.fromhex(value), "<f4")


PROBABILITIES: dict[tuple[str, int], Callable[[Any], np.ndarray[Any, Any]]] = {
    ("summaries", 5): _packed,
    ("verdicts", 4): _number,
    ("findings", 4): _number,
    ("findings", 7): _by_status,
    ("findings", 8): _number,
}
"""Columns of `rows` that hold probabilities, and how they are read."""


if __name__ == "__main__":
    main()
