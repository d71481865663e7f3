"""Which records to screen next: a linear classifier of what was decided, over words.

The method is that of active learning with the most likely record first ("max"), as ASReview has
made it usual (van de Schoot et al. 2021, doi:10.1038/s42256-020-00287-7), refitted after each
decision. The models are ASReview's own, with their constants, which were fitted there on many
reviews: its default, ELAS u4, a support vector machine over TF-IDF of words and pairs of words with
the few included records weighed up, and ELAS u3, naive Bayes over single words. Beside the words
of ELAS u4 stand vectors of the titles, by a general encoder, which count less with each record that
is included: words tell what is relevant only once enough of them were seen. What else was tried, and
why it is not here, is in `docs/decisions`. Where they are at hand, the probabilities of benefits can
be features, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from lhs_nlp.errors import ReviewError
from lhs_nlp.references.types import Reference
from lhs_nlp.review.project.columns import text_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Learner = Literal["svm", "naive_bayes"]

BENEFITS = 0.2
"""Weight of a benefit's probability; the vector of a record's words has length 1."""

PRESUMED = 50
"""Undecided records that are presumed to be excluded while none is; at most half of them."""

FEW = 20
"""Records among which no word is too common."""

TITLES = 0.5
"""Length of a title's vector at first; that of a record's words has length 1."""

HALF_AT, STEEPNESS = 20, 4
"""Included records with which it has half of that length, and how steeply it gets shorter."""

LEAST = 0.01
"""A shorter vector is left out."""

INCLUDED_WEIGHT: dict[Learner, float] = {"svm": 9.8, "naive_bayes": 1.2}
"""All included records together weigh this much more than all excluded ones."""


class Ranking:
    """Scores records by what was decided on some of them.

    Parameters
    ----------
    features
        One row a record, [n, f]; not negative for naive Bayes.
    learner
        The classifier.
    titles
        Vector of length 1 of each record's title, float32 [n, d]; for the support vector machine alone.
    """

    def __init__(
        self, features: csr_matrix, learner: Learner = "svm", titles: NDArray[np.float32] | None = None
    ) -> None:
        self.features = features
        self.learner = learner
        self.titles = titles

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
        model, features = _model(self.learner), self._features_after(int(labels.sum()))
        model.fit(features[rows], labels, sample_weight=_weights(labels, INCLUDED_WEIGHT[self.learner]))
        if self.learner == "naive_bayes":
            scores: NDArray[np.float64] = model.predict_log_proba(features)[:, 1]
        else:
            scores = model.decision_function(features)
        return scores

    def _features_after(self, included: int) -> csr_matrix:
        """Return the features to use when so many records are included."""
        from scipy.sparse import csr_matrix, hstack

        length = TITLES / (1 + (included / HALF_AT) ** STEEPNESS)
        if self.titles is None or length < LEAST:
            return self.features
        return hstack([self.features, csr_matrix(length * self.titles.astype(np.float64))]).tocsr()

    def _with_presumed(
        self, rows: NDArray[np.intp], labels: NDArray[np.bool_]
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return what is decided, and while nothing is excluded, undecided records presumed to be.

        Most are, as in Cormack and Grossman 2015 (arXiv:1504.06868).
        """
        if not labels.all():
            return rows, labels
        undecided = np.setdiff1d(np.arange(self.features.shape[0]), rows)
        # The same decisions have the same ranking.
        chance = np.random.default_rng(len(rows))
        presumed = chance.choice(undecided, min(PRESUMED, len(undecided) // 2), replace=False)
        return np.concatenate([rows, presumed]), np.concatenate([labels, np.zeros(len(presumed), bool)])


def ranking_of(
    references: Sequence[Reference],
    benefits: NDArray[np.floating] | None = None,
    learner: Learner = "svm",
    titles: NDArray[np.float32] | None = None,
) -> Ranking:
    """Return what ranks references.

    Parameters
    ----------
    references
        What is ranked, by title and abstract.
    benefits
        Probability that each claims each benefit, [n, B].
    learner
        The classifier.
    titles
        Vector of length 1 of each title, float32 [n, d], as `directions` of `titles_of` gives it; naive Bayes has no
        use for them. None ranks by words alone, as ASReview does.

    Raises
    ------
    ReviewError
        None of them has a word.
    """
    features = features_of([text_of(reference) for reference in references], learner, benefits)
    return Ranking(features, learner, titles if learner == "svm" else None)


def titles_of(references: Iterable[Reference]) -> list[str]:
    """Return the title of each reference, "" where it has none."""
    return [reference.title or "" for reference in references]


def features_of(
    texts: Sequence[str], learner: Learner = "svm", benefits: NDArray[np.floating] | None = None
) -> csr_matrix:
    """Return one row of features a record.

    Parameters
    ----------
    texts
        Title and abstract of each record, [n].
    learner
        For which the features are.
    benefits
        Probability that each record claims each benefit, [n, B].

    Raises
    ------
    ReviewError
        No text has a word.
    """
    from scipy.sparse import csr_matrix, hstack

    try:
        words = _vectorizer(learner, len(texts)).fit_transform(texts)
    except ValueError as error:  # scikit-learn's word for an empty vocabulary
        raise ReviewError("The records have no words to rank them by: add titles or abstracts.") from error
    if benefits is None:
        return words
    return hstack([words, csr_matrix(BENEFITS * np.asarray(benefits, np.float64))]).tocsr()


def _vectorizer(learner: Learner, records: int) -> Any:  # noqa: ANN401 - scikit-learn has no types
    from sklearn.feature_extraction.text import TfidfVectorizer

    if learner == "naive_bayes":
        return TfidfVectorizer(stop_words="english")
    # A word of almost all records tells nothing; of a few records every word may be in all.
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95 if records > FEW else 1.0)


def _model(learner: Learner) -> Any:  # noqa: ANN401 - scikit-learn has no types
    if learner == "naive_bayes":
        from sklearn.naive_bayes import MultinomialNB

        return MultinomialNB(alpha=3.822)
    from sklearn.svm import LinearSVC

    return LinearSVC(C=0.11, loss="squared_hinge", random_state=0)


def _weights(labels: NDArray[np.bool_], heavier: float) -> NDArray[np.float64]:
    """Return weights with mean 1 by which all included records weigh so much more than all excluded ones."""
    weights = np.where(labels, 1.0, labels.sum() / (heavier * (~labels).sum()))
    scaled: NDArray[np.float64] = weights * len(labels) / weights.sum()
    return scaled
