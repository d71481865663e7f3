from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.errors import ReviewError
from lhs_nlp.review.screening.ranking import Learner, Ranking, features_of, ranking_of
from tests.review.making import bare
from tests.review.ranked import ranked, texts

LEARNERS: tuple[Learner, ...] = ("svm", "naive_bayes")


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


def test_titles_tell_apart_what_words_do_not_until_many_records_are_included() -> None:
    titles = np.zeros((200, 2), np.float32)
    titles[:100, 0] = titles[100:, 1] = 1
    ranking = ranked([f"word{at % 5} and others" for at in range(200)])
    with_titles = Ranking(ranking.features, titles=titles)
    few = [0, 1, 100, 101], [True, True, False, False]
    scores = with_titles.scores(*few)
    assert all(scores[at] > scores[at + 100] for at in range(5, 100))  # records with the same words
    assert ranking.scores(*few)[5] == pytest.approx(ranking.scores(*few)[105])
    many = [*range(70), *range(100, 170)], [True] * 70 + [False] * 70
    assert np.array_equal(with_titles.scores(*many), ranking.scores(*many))


def test_naive_bayes_has_no_use_for_titles() -> None:
    references = [bare(text) for text in texts(5, 5)]
    titles = -np.ones((10, 2), np.float32)
    assert ranking_of(references, learner="naive_bayes", titles=titles).titles is None


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
