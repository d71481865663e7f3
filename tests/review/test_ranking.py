from __future__ import annotations

import gzip
import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lhs_nlp.errors import ReferencesError, ReviewError
from lhs_nlp.review.curves import recall_curve
from lhs_nlp.review.decisions import decide
from lhs_nlp.review.project import Project
from lhs_nlp.review.queue import queue_of
from lhs_nlp.review.ranking import Learner, Ranking, features_of, ranking_of
from lhs_nlp.review.simulation import read_labels, simulate, simulate_file, starting_records
from tests.review.making import bare, reference

LEARNERS: tuple[Learner, ...] = ("svm", "naive_bayes")


def texts(relevant: int, others: int) -> list[str]:
    """Return texts of which the first ones speak of falls, and the others of something else."""
    chance = random.Random(1)  # noqa: S311
    common = "patients hospital study results care nurses trial year".split()
    about = [("falls fractures gait balance", relevant), ("clinics waiting booking queue", others)]
    return [
        " ".join(chance.sample(words.split(), 3) + chance.choices(common, k=8)) for words, n in about for _ in range(n)
    ]


def ranked(texts: list[str], benefits: NDArray[np.float64] | None = None, learner: Learner = "svm") -> Ranking:
    return ranking_of([bare(text) for text in texts], benefits, learner)


class TestCurve:
    def test_measures_are_those_of_their_definitions(self) -> None:
        labels = np.zeros(100, np.int64)
        labels[[0, 1, 4, 9, 49]] = 1
        curve = recall_curve(labels)
        assert [curve.recall(screened) for screened in (0, 1, 5, 10, 50)] == [0, 0.2, 0.6, 0.8, 1]
        assert curve.screened_for(0.8) == 10
        assert curve.work_saved(0.95) == pytest.approx(1 - 0.5 - 0.05)
        assert curve.work_saved(0.8) == pytest.approx(1 - 0.1 - 0.2)
        assert curve.found_early() == 0.8
        assert curve.time_to_discovery() == pytest.approx((1 + 2 + 5 + 10 + 50) / 5 / 100)

    def test_recall_of_95_percent_of_20_is_19(self) -> None:
        labels = np.ones(20, np.int64)
        assert recall_curve(labels).screened_for(0.95) == 19

    def test_random_order_saves_nothing(self) -> None:
        labels = np.tile([0, 1], 500)
        assert abs(recall_curve(labels).work_saved()) < 0.01

    def test_written_curve_ends_at_all(self) -> None:
        written = recall_curve(np.array([0, 1, 1])).to_dict()
        assert written["recall_by_percent"][0] == 0
        assert written["recall_by_percent"][-1] == 1
        assert len(written["recall_by_percent"]) == 101


@pytest.mark.parametrize("learner", LEARNERS)
def test_what_is_like_the_included_records_comes_first(learner: Learner) -> None:
    scores = ranked(texts(10, 40), learner=learner).scores([0, 1, 20, 21, 22], [True, True, False, False, False])
    assert sum(at < 10 for at in np.argsort(-scores)[:10]) >= 6


def test_benefits_tell_apart_what_words_do_not() -> None:
    claims = np.zeros((40, 6))
    claims[:10, 2] = 1.0
    words = [f"word{at % 5} and others" for at in range(40)]
    scores = ranked(words, claims).scores([0, 1, 20, 21], [True, True, False, False])
    assert all(scores[at] > scores[at + 10] for at in range(2, 10))  # records with the same words


def test_one_included_record_is_enough_to_rank() -> None:
    scores = ranked(texts(10, 200)).scores([0], [True])
    assert sum(at < 10 for at in np.argsort(-scores)[:5]) >= 4


def test_same_decisions_rank_alike() -> None:
    ranking = ranked(texts(10, 200))
    assert np.array_equal(ranking.scores([0, 50], [True, False]), ranking.scores([0, 50], [True, False]))


@pytest.mark.parametrize(("decided", "included"), [([0, 1], [False, False]), ([0, 1, 2, 3], [True] * 4), ([], [])])
def test_ranking_needs_an_included_record_and_others(decided: list[int], included: list[bool]) -> None:
    with pytest.raises(ReviewError, match="at least one must be included"):
        ranked(texts(2, 2)).scores(decided, included)


def test_records_without_words_cannot_be_ranked() -> None:
    with pytest.raises(ReviewError, match="no words"):
        features_of(["", "  "])


class TestSimulation:
    def test_finds_everything_and_sooner_than_by_chance(self) -> None:
        included = np.array([True] * 12 + [False] * 88)
        curve = simulate(ranked(texts(12, 88)), included, starting_records(included, 0))
        assert (curve.records, curve.relevant) == (98, 11)
        assert curve.work_saved() > 0.5

    def test_is_the_same_when_it_is_run_again(self) -> None:
        included = np.array([True] * 5 + [False] * 25)
        ranking = ranked(texts(5, 25))
        curves = [simulate(ranking, included, starting_records(included, 3)) for _ in range(2)]
        assert curves[0].to_dict() == curves[1].to_dict()

    def test_needs_something_to_find(self) -> None:
        included = np.array([True, False, False])
        with pytest.raises(ReviewError, match="At least two included records"):
            simulate(ranked(texts(1, 2)), included, starting_records(included, 0))

    def test_reads_a_compressed_table(self, tmp_path: Path) -> None:
        rows = [f"{text},{'I' if at < 5 else 'E'}" for at, text in enumerate(texts(5, 20))] + ["no label,"]
        with gzip.open(tmp_path / "s.csv.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join(["title,decision", *rows]))
        result = simulate_file(tmp_path / "s.csv.gz", "decision", runs=2)
        assert (result.records, result.relevant, result.without_label) == (25, 5, 1)
        assert (result.included_as, result.excluded_as, len(result.curves)) == (("I",), ("E",), 2)
        written = result.to_dict()["runs"][0]
        assert (written["relevant"], written["stop"]["screened"]) == (4, result.stops[0].screened)

    def test_damaged_file_is_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "s.csv.gz").write_bytes(b"not gzip")
        with pytest.raises(ReviewError, match="cannot be unpacked"):
            simulate_file(tmp_path / "s.csv.gz", "decision")
        with pytest.raises(ReferencesError, match="cannot be opened"):
            simulate_file(tmp_path / "none.csv", "decision")


class TestLabels:
    def test_one_means_included_unless_a_word_says_so(self) -> None:
        numbers = read_labels([reference(fields=(("label", value),)) for value in "1001"], "label")
        assert numbers.included.tolist() == [True, False, False, True]
        mixed = read_labels([reference(fields=(("label", value),)) for value in ("I", "1", "E")], "label")
        assert (mixed.included.tolist(), mixed.excluded_as) == ([True, False, False], ("1", "E"))

    def test_value_that_means_included_can_be_named(self) -> None:
        records = [reference(fields=(("label", value),)) for value in ("a", "b", "")]
        labels = read_labels(records, "label", "b")
        assert (labels.rows, labels.included.tolist()) == ((0, 1), [False, True])

    @pytest.mark.parametrize(
        ("values", "included", "sentence"),
        [(["a", "b"], None, "holds a, b; say which value"), (["1", "1"], None, "say which value"), ([], None, "no")],
    )
    def test_labels_that_do_not_serve_are_a_sentence(
        self, values: list[str], included: str | None, sentence: str
    ) -> None:
        records = [reference(fields=(("label", value),)) for value in values]
        with pytest.raises(ReviewError, match=sentence):
            read_labels(records, "label", included)

    def test_column_that_is_not_there_names_those_that_are(self) -> None:
        with pytest.raises(ReviewError, match="there are TI"):
            read_labels([reference(fields=(("TI", "Falls"),))], "label")


class TestQueue:
    def test_waits_in_the_order_of_the_files_until_there_is_something_to_learn_from(self, project: Project) -> None:
        queue = queue_of(project)
        assert ([each.number for each in queue.waiting], queue.ranked) == ([1, 2, 4], False)
        decide(project, 1, "exclude", "ana")
        queue = queue_of(project)
        assert ([each.number for each in queue.waiting], queue.excluded, queue.ranked) == ([2, 4], 1, False)

    def test_is_ranked_by_what_was_decided_and_conflicts_wait(self, project: Project) -> None:
        decide(project, 4, "include", "ana")
        queue = queue_of(project)
        assert (sorted(each.number for each in queue.waiting), queue.ranked) == ([1, 2], True)
        decide(project, 4, "exclude", "ben")
        queue = queue_of(project)
        assert ([each.number for each in queue.waiting], queue.included, queue.ranked) == ([1, 2, 4], 0, False)
