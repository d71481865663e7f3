from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from lhs_nlp.errors import ReferencesError, ReviewError
from lhs_nlp.review.simulation.replay import simulate, simulate_file, starting_records
from tests.review.ranked import ranked, texts


def test_simulation_finds_everything_and_sooner_than_by_chance() -> None:
    included = np.array([True] * 12 + [False] * 88)
    curve = simulate(ranked(texts(12, 88)), included, starting_records(included, 0))
    assert (curve.records, curve.relevant) == (98, 11)
    assert curve.work_saved() > 0.5


def test_simulation_is_the_same_when_it_is_run_again() -> None:
    included = np.array([True] * 5 + [False] * 25)
    ranking = ranked(texts(5, 25))
    curves = [simulate(ranking, included, starting_records(included, 3)) for _ in range(2)]
    assert curves[0].to_dict() == curves[1].to_dict()


def test_simulation_needs_something_to_find() -> None:
    included = np.array([True, False, False])
    with pytest.raises(ReviewError, match="At least two included records"):
        simulate(ranked(texts(1, 2)), included, starting_records(included, 0))


def test_compressed_table_is_simulated(tmp_path: Path) -> None:
    rows = [f"{text},{'I' if at < 5 else 'E'}" for at, text in enumerate(texts(5, 20))] + ["no label,"]
    with gzip.open(tmp_path / "s.csv.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(["title,decision", *rows]))
    result = simulate_file(tmp_path / "s.csv.gz", "decision", runs=2)
    assert (result.records, result.relevant, result.without_label) == (25, 5, 1)
    assert (result.included_as, result.excluded_as, len(result.curves)) == (("I",), ("E",), 2)
    written = result.to_dict()["runs"][0]
    assert (written["relevant"], written["stop"]["screened"]) == (4, result.stops[0].screened)


def test_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "s.csv.gz").write_bytes(b"not gzip")
    with pytest.raises(ReviewError, match="cannot be unpacked"):
        simulate_file(tmp_path / "s.csv.gz", "decision")
    with pytest.raises(ReferencesError, match="cannot be opened"):
        simulate_file(tmp_path / "none.csv", "decision")
