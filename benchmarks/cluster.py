"""Measure where a core's time goes, for the projections in docs/scaling.md.

Real documents go through the steps of the Ray engine one after the other, in this process and on
one thread; what is counted is processor time, so that other programs do not change it. The
results are written to ``benchmarks/results/cluster.json``:

    python -m benchmarks.cluster [--documents 300] [--shared ../shared/data]
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.shared import SHARED
from lhs_nlp.archive import Source, Store
from lhs_nlp.archive.ray_engine import Output, fill_store
from lhs_nlp.archive.ray_engine.rows import row_of
from lhs_nlp.archive.ray_engine.stages import Tagged
from lhs_nlp.archive.store import claims_of
from lhs_nlp.classifier import BenefitClassifier
from lhs_nlp.documents import Document, read, read_text
from lhs_nlp.encoders import Encoder
from lhs_nlp.passages import split_document
from lhs_nlp.summary import summarise
from lhs_nlp.tagger import load

RESULTS = Path(__file__).resolve().parent / "results" / "cluster.json"


class Clock:
    """Adds up processor seconds by step; a step inside of another is taken from it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inner = 0.0

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Count what is done in the context as a step."""
        outer, self._inner = self._inner, 0.0
        start = time.process_time()
        try:
            yield
        finally:
            spent = time.process_time() - start
            self.seconds[step] += spent - self._inner
            self._inner = outer + spent


class TimedEncoder:
    """An encoder whose time is counted as a step of its own."""

    def __init__(self, encoder: Encoder, clock: Clock) -> None:
        self._encoder, self._clock = encoder, clock

    @property
    def width(self) -> int:
        """Length d of a vector."""
        return self._encoder.width

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, float32 [n, d]."""
        with self._clock("encode"):
            return self._encoder.encode(texts)


def main() -> None:
    """Measure both kinds of documents and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300, help="texts to measure (default %(default)s)")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of real documents")
    options = parser.parse_args()
    files = sorted(path for path in (options.shared / "documents").rglob("*") if path.is_file())
    with gzip.open(options.shared / "unlabelled" / "documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, options.documents)]
    results = {"files": measure(files), "texts": measure(texts)}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"), end="")


def measure(inputs: Sequence[Path | str]) -> dict[str, Any]:
    """Return what a document costs on average: processor seconds by step, and bytes in and out."""
    clock, tagger = Clock(), load(threads=1)
    bundle, framework = tagger.classifier.bundle, tagger.framework
    classifier = BenefitClassifier(bundle, framework, TimedEncoder(tagger.classifier.encoder, clock))
    # What is loaded on first use is no document's cost.
    classifier.find(split_document(read_text("Falls on the ward fell by a third.")))
    clock.seconds.clear()
    tagged, passages, pages = [], 0, 0
    for at, given in enumerate(inputs):
        with clock("read"):
            document = _read(given, at)
            parts = split_document(document)
        with clock("classify"):
            findings = classifier.find(parts)
            summary = summarise(document, parts, findings, framework, bundle)
        with clock("write"):
            row = row_of(summary, claims_of(findings, len(framework.benefits)))
        tagged.append(Tagged(Source(document.source), document.sha256, row, len(parts), document.pages or 0))
        passages, pages = passages + len(parts), pages + (document.pages or 0)
    with tempfile.TemporaryDirectory() as folder:
        output = Output(folder, bundle.id, bundle.sha256, framework)
        with clock("write"):
            output.write(tagged, datetime.now(UTC))
        written = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
        with clock("store"), Store(Path(folder) / "results.sqlite") as store:
            fill_store(output, store)
        stored = (Path(folder) / "results.sqlite").stat().st_size
    count = len(inputs)
    return {
        "documents": count,
        "passages_per_document": round(passages / count, 1),
        "pages_per_document": round(pages / count, 1),
        "bytes_read_per_document": round(sum(map(_size, inputs)) / count),
        "bytes_of_parquet_per_document": round(written / count),
        "bytes_of_store_per_document": round(stored / count),
        "processor_seconds_per_document": {step: round(clock.seconds[step] / count, 5) for step in clock.seconds},
    }


def _read(given: Path | str, at: int) -> Document:
    return read(given) if isinstance(given, Path) else read_text(given, name=f"text {at}")


def _size(given: Path | str) -> int:
    return given.stat().st_size if isinstance(given, Path) else len(given.encode())


if __name__ == "__main__":
    main()
