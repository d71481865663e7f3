from __future__ import annotations

import numpy as np
import pytest

from lhs_nlp.framework import default_framework
from lhs_nlp.review.project import Project
from lhs_nlp.review.project.publications import publications_of
from lhs_nlp.review.project.vectors import vectors_of
from lhs_nlp.review.searching.meaning import likeness_to
from tests.toy import ToyEncoder


def test_vectors_are_made_once(project: Project) -> None:
    encoder = ToyEncoder(default_framework())
    publications = publications_of(project)
    texts = [each.text for each in publications]
    first = vectors_of(project, texts, encoder, "a" * 64)
    assert np.allclose(np.linalg.norm(first, axis=1), 1)
    told: list[tuple[int, int]] = []
    again = vectors_of(project, texts, encoder, "a" * 64, lambda doing, done, of: told.append((done, of)))
    assert told == []
    assert np.array_equal(first, again)
    assert len(encoder.calls) == 1
    likeness = likeness_to(publications[0].text, project, publications, encoder, "a" * 64)
    assert likeness[0] == pytest.approx(1)
    vectors_of(project, texts, encoder, "b" * 64, lambda doing, done, of: told.append((done, of)))
    assert told == [(3, 3)]
    assert len(encoder.calls) == 3
