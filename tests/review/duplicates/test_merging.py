from __future__ import annotations

from lhs_nlp.review.duplicates.merging import merged
from tests.review.making import reference


def test_keyword_is_written_once_when_databases_spell_it_differently() -> None:
    one, other = reference(keywords=("Falls", "wards"), doi="10.1/a"), reference(keywords=("falls", "nursing"))
    assert merged([one, other]).keywords == ("Falls", "wards", "nursing")


def test_single_reference_stays_as_it_is() -> None:
    assert merged([reference(keywords=("falls", "falls"))]) == reference(keywords=("falls", "falls"))
