"""Measure a literature review of 10,000 records: ``python -m benchmarks.large_review``.

The records are made of words drawn from the data sets of screening, so that lengths and vocabulary are
real. They are imported, looked through for duplicates, tagged by the model that comes along, and ranked: a
decision is written, duplicates are looked after, and everything that waits is ranked anew, as the browser's
page does after each decision. Seconds of the clock and of the processor, and the most memory up to the end of each
step, go to ``benchmarks/results/large_review.json``. Tagging takes by far the most time: ``--without-tagging``
leaves it out.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.shared import SHARED, machine, need_shared
from lhs_nlp.references.types import Reference
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.adding import add_file
from lhs_nlp.review.screening.decisions import decide
from lhs_nlp.review.screening.queue import Pile
from lhs_nlp.review.simulation.screened import read_screened
from lhs_nlp.review.tagging.run import tag_project
from lhs_nlp.tagger import load

RESULTS = Path(__file__).parent / "results" / "large_review.json"
DECIDED = (10, 100, 1000, 3000)
INCLUDED = 20
"""One of so many decisions includes."""


def main() -> None:
    """Measure, write the figures and print them."""
    need_shared()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--without-tagging", action="store_true")
    options = parser.parse_args()
    where = machine()
    references = [
        reference
        for path in sorted((SHARED / "references" / "screening").glob("*.csv.gz"))
        for reference in read_screened(path)
    ]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "records.csv"
        write(table, references, options.records)
        figures = where | measure(Path(folder) / "project", table, options.repeats, tagging=not options.without_tagging)
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def write(path: Path, references: list[Reference], records: int) -> None:
    """Write so many records, each with the words of two others mixed."""
    chance = random.Random(0)  # noqa: S311
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("title", "abstract", "keywords"))
        for _ in range(records):
            one, other = chance.sample(references, 2)
            # Titles in no order, or records would be taken for duplicates.
            title = shuffled(chance, f"{one.title} {other.title}".split())
            abstract = mixed(chance, (one.abstract or "").split(), (other.abstract or "").split())
            writer.writerow((title, abstract, "; ".join(one.keywords)))


def shuffled(chance: random.Random, words: list[str]) -> str:
    """Return half of the words in any order."""
    return " ".join(chance.sample(words, max(1, len(words) // 2)))


def mixed(chance: random.Random, one: list[str], other: list[str]) -> str:
    """Return the beginning of one text and the end of the other."""
    cut = chance.randint(0, min(len(one), len(other)))
    return " ".join([*one[:cut], *other[cut:]])


def measure(folder: Path, table: Path, repeats: int, *, tagging: bool) -> dict[str, Any]:
    """Return the seconds of each step, and the most memory so far."""
    steps: dict[str, Any] = {}
    with Project(folder, new=True) as project:
        with timed(steps, "import"):
            add_file(project, table, "ana")
        with timed(steps, "deduplicate"):
            steps["publications"] = project.work_out_duplicates().publications
        if tagging:
            with timed(steps, "tag"):
                steps["tagged"] = tag_project(project, load()).tagged
        with timed(steps, "read"):
            pile = Pile(project)
        numbers = [publication.number for publication in pile.publications]
        done = 0
        for decided in DECIDED:
            for number in numbers[done : decided - repeats]:
                choice(project, number)
            samples: list[dict[str, float]] = []
            for number in numbers[max(done, decided - repeats) : decided]:
                sample: dict[str, float] = {}
                with timed(sample, "s"):
                    choice(project, number)
                    project.work_out_duplicates()
                    pile.queue(project, by="ana")
                samples.append(sample)
            done = decided
            # The first ranking of all makes the features.
            steps[f"decision_after_{decided}"] = middle(samples)
            steps.setdefault("first_decision", samples[0])
    return {"steps": steps}


def choice(project: Project, number: int) -> None:
    """Decide on a record."""
    decide(project, number, "include" if number % INCLUDED == 1 else "exclude", "ana")


def middle(samples: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {key: round(statistics.median(sample[key] for sample in samples), 3) for key in samples[0]}


@contextmanager
def timed(into: dict[str, Any], name: str) -> Iterator[None]:
    """Add the seconds that something takes: of the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    into[f"{name}_clock"] = round(time.perf_counter() - clock, 3)
    into[f"{name}_processor"] = round(time.process_time() - processor, 3)
    into[f"{name}_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
