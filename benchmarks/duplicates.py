"""Measure how well duplicates are found: ``python -m benchmarks.duplicates``.

Reads the judged pairs of ``benchmarks/results/duplicate_pairs.json`` (which records, no text) and
the exports that they are of, finds duplicates in all exports together by each method, and prints
precision and recall. Each pair stands for the pairs of its stratum that were not read. Intervals
are Wilson's at 95%, on the effective number of pairs (Kish): those of the pairs' weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import Any

from benchmarks.shared import SHARED
from lhs_nlp.references import Reference, read_references
from lhs_nlp.review.duplicates.finding import find_duplicates
from lhs_nlp.review.duplicates.traits import normal

RESULTS = Path(__file__).resolve().parent / "results"
PAIRS = RESULTS / "duplicate_pairs.json"
Z = 1.959964

Method = Callable[[Sequence[Reference]], set[tuple[int, int]]]
"""From references to the pairs of their numbers, the smaller first, that a method takes for duplicates."""
Judged = tuple[int, int, dict[str, Any]]
"""Numbers of two references, and what was judged of them."""


def main() -> None:
    """Measure each method and print its figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exports", type=Path, default=SHARED / "references", help="folder of the exports")
    folder = parser.parse_args().exports
    judged = json.loads(PAIRS.read_text(encoding="utf-8"))
    number, references = {}, []
    for path in sorted(folder.glob("*.ris")):
        for position, reference in enumerate(read_references(path).records, start=1):
            number[path.name, position] = len(references)
            references.append(reference)
    pairs = [
        (found(pair["first"], number, references), found(pair["second"], number, references), pair)
        for pair in judged["pairs"]
    ]
    weights = {stratum["name"]: stratum["pairs"] / stratum["read"] for stratum in judged["strata"]}
    methods: dict[str, Method] = {"lhs_nlp": ours, "same_doi_or_title": doi_or_title, "same_doi_or_text": doi_or_text}
    report = {"records": len(references), "pairs_read": len(pairs)}
    print(
        json.dumps(
            report | {name: measure(method, references, pairs, weights) for name, method in methods.items()}, indent=1
        )
    )


def found(record: dict[str, Any], number: dict[tuple[str, int], int], references: Sequence[Reference]) -> int:
    """Return the number of a judged record; stop when the export holds another one in its place."""
    at = number[record["file"], record["record"]]
    if hashlib.sha256(normal(references[at].title).encode()).hexdigest() != record["sha256"]:
        raise SystemExit(f"{record['file']}: record {record['record']} is not the one that was judged.")
    return at


def measure(
    method: Method, references: Sequence[Reference], pairs: Sequence[Judged], weights: dict[str, float]
) -> dict[str, Any]:
    """Return precision and recall of a method over the judged pairs, each with its interval."""
    start = time.perf_counter()
    together = method(references)
    seconds = time.perf_counter() - start
    rows = [(weights[pair["stratum"]], pair["same"], (min(a, b), max(a, b)) in together) for a, b, pair in pairs]
    return {
        "pairs_found": len(together),
        "precision": share([(weight, same) for weight, same, said in rows if said]),
        "recall": share([(weight, said) for weight, same, said in rows if same]),
        "wrong_among_read": sum(same != said for _, same, said in rows),
        "seconds": round(seconds, 2),
    }


def share(rows: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Return the weighted share of what is true, with Wilson's interval on the effective number of rows."""
    total = sum(weight for weight, _ in rows)
    p = sum(weight for weight, true in rows if true) / total
    n = total**2 / sum(weight**2 for weight, _ in rows)
    middle, half = p + Z**2 / (2 * n), Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    low, high = ((middle + sign * half) / (1 + Z**2 / n) for sign in (-1, 1))
    return {
        "value": round(p, 3),
        "low": round(max(low, 0), 3),
        "high": round(min(high, 1), 3),
        "effective_pairs": round(n, 1),
    }


def ours(references: Sequence[Reference]) -> set[tuple[int, int]]:
    """Return the pairs that the library joins."""
    return {pair for group in find_duplicates(references).groups for pair in combinations(group.members, 2)}


def doi_or_title(references: Sequence[Reference]) -> set[tuple[int, int]]:
    """Return the pairs with one DOI or one title, but for accents, capitals and punctuation."""
    return same(references, lambda each: each.doi) | same(references, lambda each: normal(each.title))


def doi_or_text(references: Sequence[Reference]) -> set[tuple[int, int]]:
    """Return the pairs with one DOI or one title and abstract, as ASReview documents its removal of duplicates."""
    return same(references, lambda each: each.doi) | same(
        references, lambda each: normal(f"{each.title or ''} {each.abstract or ''}")
    )


def same(references: Sequence[Reference], key: Callable[[Reference], str | None]) -> set[tuple[int, int]]:
    """Return the pairs with the same key; a reference without one is in none."""
    members: dict[str, list[int]] = {}
    for at, reference in enumerate(references):
        if value := key(reference):
            members.setdefault(value, []).append(at)
    return {pair for group in members.values() for pair in combinations(group, 2)}


if __name__ == "__main__":
    main()
