"""Which records to screen next: a linear classifier of what was decided, over words.

The method is that of active learning with the most likely record first ("max"), as ASReview has
made it usual (van de Schoot et al. 2021, doi:10.1038/s42256-020-00287-7): TF-IDF of words and
pairs of words, a linear classifier that weighs the few included records up, refitted after each
decision. Until enough is excluded, some undecided records by chance are presumed to be excluded,
as in Cormack and Grossman 2015 (arXiv:1504.06868): most are, and one decision is too few to learn
from. Where they are at hand, the probabilities of benefits are features beside the words.
The encoder's vectors are not: it has learned to tell benefits, and on reviews of drugs the
ranking was worse with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import ReviewError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Learner = Literal["svm", "logistic_regression", "naive_bayes"]

BENEFITS = 0.2
"""Weight of a benefit's probability; the vector of a record's words has length 1."""

PRESUMED = 50
"""Excluded records, decided or presumed, that the classifier has; at most half of the undecided are presumed."""

FEW = 20
"""Records among which no word is too common."""

INCLUDED_WEIGHT = 10.0
"""All included records together weigh this much more than all excluded ones, in linear classifiers."""


def features_of(texts: Sequence[str], benefits: NDArray[np.floating] | None = None) -> csr_matrix:
    """Return one row of features a record.

    Parameters
    ----------
    texts
        Title, abstract and keywords of each record, [n].
    benefits
        Probability that each record claims each benefit, [n, B].

    Raises
    ------
    ReviewError
        No text has a word.
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    # A word of almost all records tells nothing; of a few records every word may be in all.
    most_common = 0.95 if len(texts) > FEW else 1.0
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=most_common)
    try:
        words = vectorizer.fit_transform(texts)
    except ValueError as error:  # scikit-learn's word for an empty vocabulary
        raise ReviewError("The records have no words to rank them by: add titles or abstracts.") from error
    if benefits is None:
        return words
    return hstack([words, csr_matrix(BENEFITS * np.asarray(benefits, np.float64))]).tocsr()


class Ranking:
    """Scores records by what was decided on some of them.

    Parameters
    ----------
    features
        One row a record, [n, f]; not negative for naive Bayes.
    learner
        The classifier.
    """

    def __init__(self, features: csr_matrix, learner: Learner = "svm") -> None:
        self.features = features
        self.learner = learner

    def scores(self, decided: Sequence[int], included: Sequence[bool]) -> NDArray[np.float64]:
        """Return a score a record, [n]: the higher, the more like the included ones.

        Parameters
        ----------
        decided
            Numbers of the records that were decided, [m].
        included
            Whether each was included, [m].

        Raises
        ------
        ReviewError
            Nothing was included yet.
        """
        rows, labels = self._with_presumed(np.asarray(decided, np.intp), np.asarray(included, bool))
        if labels.all() or not labels.any():
            raise ReviewError("To rank records, at least one must be included and another left; decide on some first.")
        model = _model(self.learner)
        model.fit(self.features[rows], labels, sample_weight=_weights(labels, self.learner))
        if self.learner == "naive_bayes":
            scores: NDArray[np.float64] = model.predict_log_proba(self.features)[:, 1]
        else:
            scores = model.decision_function(self.features)
        return scores

    def _with_presumed(
        self, rows: NDArray[np.intp], labels: NDArray[np.bool_]
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return what is decided, and undecided records that are presumed to be excluded."""
        undecided = np.setdiff1d(np.arange(self.features.shape[0]), rows)
        wanted = min(max(0, PRESUMED - int((~labels).sum())), len(undecided) // 2)
        # The same decisions have the same ranking.
        presumed = np.random.default_rng(len(rows)).choice(undecided, wanted, replace=False)
        return np.concatenate([rows, presumed]), np.concatenate([labels, np.zeros(wanted, bool)])


# The constants are those of ASReview 2's models ELAS u4 and ELAS u3, which were fitted on many reviews.
def _model(learner: Learner) -> Any:  # noqa: ANN401 - scikit-learn has no types
    if learner == "naive_bayes":
        from sklearn.naive_bayes import MultinomialNB

        return MultinomialNB(alpha=3.822)
    if learner == "logistic_regression":
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(solver="liblinear", random_state=0)
    from sklearn.svm import LinearSVC

    return LinearSVC(C=0.11, loss="squared_hinge", random_state=0)


def _weights(labels: NDArray[np.bool_], learner: Learner) -> NDArray[np.float64]:
    """Return weights with mean 1 by which included records count as much as their class is to count."""
    heavier = 1.2 if learner == "naive_bayes" else INCLUDED_WEIGHT
    weights = np.where(labels, 1.0, labels.sum() / (heavier * (~labels).sum()))
    scaled: NDArray[np.float64] = weights * len(labels) / weights.sum()
    return scaled
