from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import publications_of
from lhs_nlp.review.searching.hits import search


def test_words_are_found_in_any_form(project: Project) -> None:
    hits = search(project, "waiting clinic", publications_of(project))
    assert [(hit.publication.number, hit.by_words, hit.by_meaning) for hit in hits] == [(4, 1, None)]


def test_publication_is_found_by_what_any_of_its_records_says(project: Project) -> None:
    hits = search(project, "injuries", publications_of(project))
    assert [hit.publication.number for hit in hits] == [1]


def test_both_rankings_are_fused(project: Project) -> None:
    publications = publications_of(project)
    hits = search(project, "handrails", publications, np.array([0.1, 0.2, 0.9]))
    assert [(hit.publication.number, hit.by_words, hit.by_meaning) for hit in hits] == [
        *((2, 1, 2), (4, None, 1), (1, None, 3))
    ]
    assert hits[0].score == pytest.approx(1 / 61 + 1 / 62)


@pytest.mark.parametrize("text", ["", "\"'*()", "NEAR AND OR NOT", "falls) OR *"])
def test_whatever_is_typed_is_taken_for_words(project: Project, text: str) -> None:
    search(project, text, publications_of(project))
