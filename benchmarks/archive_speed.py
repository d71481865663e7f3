"""Measure how fast an archive is tagged, beside a naive loop over the same documents with the same model.

    python -m benchmarks.archive_speed                       # 1,000 documents, both ways
    python -m benchmarks.archive_speed --counts 100 10000    # is memory flat? `batch` alone, one run a count

The documents are the real files of the shared data, and texts of its unlabelled part, each
written as a file of its own. The naive loop reads one document after the other, and encodes the
passages of each in batches of 32 in the order of the text, as one would at first; it ends at the
same summaries. With ``--sentence-transformers DIR`` the loop is run once more with that library
and a model of the same size, whose verdicts are its own. Each way runs in a process of its
own; memory is what the process and those that it started have at once, sampled. Results are
written to ``benchmarks/results/archive_speed.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.shared import SHARED, machine, need_shared

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results" / "archive_speed.json"
COMMAND = Path(sys.executable).parent / "lhs-nlp"
BATCH = 32
SAMPLED_EVERY = 0.5

Verdicts = dict[str, list[str]]
"""File name to the verdict on each benefit, in the framework's order."""


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[1000], help="numbers of documents")
    parser.add_argument("--workers", type=int, help="processes that read, of `batch`")
    parser.add_argument("--output", type=Path, default=RESULTS)
    parser.add_argument("--sentence-transformers", metavar="DIR", help="a model of that library, for the naive loop")
    parser.add_argument("--naive", nargs=2, type=Path, metavar=("FOLDER", "OUT"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.naive:
        folder, out = arguments.naive
        naive(folder, out, arguments.sentence_transformers)
        return
    need_shared()
    where = machine()
    beside = [None, arguments.sentence_transformers] if arguments.sentence_transformers else [None]
    runs = [
        measure(count, arguments.workers, beside if len(arguments.counts) == 1 else []) for count in arguments.counts
    ]
    results = {**where, "runs": runs}
    arguments.output.parent.mkdir(exist_ok=True)
    arguments.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(arguments.output.read_text(encoding="utf-8"), end="")


def measure(count: int, workers: int | None, beside: Sequence[str | None]) -> dict[str, Any]:
    """Tag so many documents by `batch`, and by the naive loop with each of the encoders."""
    with tempfile.TemporaryDirectory() as name:
        folder, store, out = Path(name, "archive"), Path(name, "results.sqlite"), Path(name, "naive.json")
        write_archive(folder, count)
        command = [str(COMMAND), "batch", str(folder), "--store", str(store)]
        seconds, megabytes = run([*command, *(["--workers", str(workers)] if workers else [])])
        size, verdicts = stored(store)
        result: dict[str, Any] = {**size, "batch": rates(size, seconds, megabytes)}
        for model in beside:
            command = [sys.executable, "-m", "benchmarks.archive_speed", "--naive", str(folder), str(out)]
            naive_seconds, megabytes = run([*command, *(["--sentence-transformers", model] if model else [])])
            others: Verdicts = json.loads(out.read_text(encoding="utf-8"))
            result["sentence_transformers" if model else "naive"] = {
                **rates(size, naive_seconds, megabytes),
                "ratio": round(naive_seconds / seconds, 2),
                "same_verdicts": agreement(verdicts, others),
            }
        return result


def write_archive(folder: Path, count: int) -> None:
    """Fill a folder with real documents: all files, then texts."""
    folder.mkdir()
    files = sorted(path for path in (SHARED / "documents").glob("*/*") if path.is_file())[:count]
    for path in files:
        shutil.copy(path, folder / path.name)
    for number, text in enumerate(islice(texts(), count - len(files))):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def texts() -> Iterator[str]:
    """Yield the unlabelled texts; when more are wanted than there are, again with another last line."""
    for turn in range(1000):
        with gzip.open(SHARED / "unlabelled" / "documents.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                yield f"{text}\n\nThis is copy {turn} of the text above." if turn else text


def run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return wall seconds, and the most memory of it and its processes together, in MB."""
    start, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(SAMPLED_EVERY)
    if process.returncode not in (0, 1):  # 1: some could not be read
        raise SystemExit(f"{' '.join(command)} failed with status {process.returncode}.")
    return time.perf_counter() - start, peak / 1e6


def memory(session: int) -> int:
    """Return the bytes of all processes of a session, pages that they share counted once."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[3]) == session:
                rollup = (status.parent / "smaps_rollup").read_text(encoding="ascii")
                total += 1024 * next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue  # it has just ended
    return total


def stored(store: Path) -> tuple[dict[str, int], Verdicts]:
    """Return what a store holds, and its verdicts."""
    from lhs_nlp.archive import Store

    with Store(store, read_only=True) as opened:
        tagging = opened.tagging()
        passages, distinct = opened.connection.execute(
            "SELECT count(*), count(DISTINCT sha256) FROM passages"
        ).fetchone()
        pages = opened.connection.execute("SELECT coalesce(sum(pages), 0) FROM documents").fetchone()[0]
        size = {"documents": opened.count(tagging), "passages": passages, "distinct_passages": distinct, "pages": pages}
        return size, {
            Path(source.name).name: [benefit.verdict for benefit in result.summary.benefits]
            for result in opened.summaries(tagging)
            for source in result.sources
        }


def rates(size: dict[str, int], seconds: float, megabytes: float) -> dict[str, float]:
    """Return the speed of a run; the time to start and to load the model is part of it."""
    each = {f"{what}_per_second": round(size[what] / seconds, 2) for what in ("documents", "passages", "pages")}
    return {"seconds": round(seconds, 1), **each, "peak_megabytes": round(megabytes, 1)}


def agreement(ours: Verdicts, others: Verdicts) -> float:
    """Return the share of verdicts that are the same both ways."""
    if ours.keys() != others.keys():
        raise SystemExit("The two ways did not read the same documents.")
    pairs = [pair for name in ours for pair in zip(ours[name], others[name], strict=True)]
    return round(sum(one == other for one, other in pairs) / len(pairs), 5)


def naive(folder: Path, out: Path, model: str | None) -> None:
    """Tag a folder document by document, and write the verdicts."""
    from lhs_nlp.bundle import load_bundle
    from lhs_nlp.classifier import BenefitClassifier
    from lhs_nlp.encoders import SentenceTransformerEncoder
    from lhs_nlp.errors import ReadError
    from lhs_nlp.tagger import Tagger

    bundle = load_bundle()
    encoder = SentenceTransformerEncoder(model) if model else NaiveEncoder(bundle.path, bundle.most_tokens)
    tagger = Tagger(BenefitClassifier(bundle, encoder=encoder))
    verdicts: Verdicts = {}
    for path in sorted(folder.iterdir()):
        try:
            verdicts[path.name] = [benefit.verdict for benefit in tagger.tag(path).benefits]
        except ReadError as error:
            print(error, file=sys.stderr)
    out.write_text(json.dumps(verdicts), encoding="utf-8")


class NaiveEncoder:
    """The bundle's encoder as it is first written: batches in the order of the texts, padded to the longest."""

    def __init__(self, bundle: Path, most_tokens: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(bundle / "tokenizer.json"))
        self._tokenizer.enable_truncation(most_tokens)
        self._tokenizer.enable_padding()
        self._session = onnxruntime.InferenceSession(str(bundle / "encoder.onnx"), providers=["CPUExecutionProvider"])

    @property
    def width(self) -> int:
        """Length d of a vector."""
        return int(self._session.get_outputs()[0].shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d]."""
        vectors = [np.empty((0, self.width), np.float32)]
        for start in range(0, len(texts), BATCH):
            encoded = self._tokenizer.encode_batch(list(texts[start : start + BATCH]))
            ids = np.array([each.ids for each in encoded], np.int64)
            mask = np.array([each.attention_mask for each in encoded], np.int64)
            vectors.append(self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0])
        return np.concatenate(vectors)


if __name__ == "__main__":
    main()
